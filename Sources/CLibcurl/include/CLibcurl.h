// libcurl as Swift can call it: its own headers, plus typed functions for the variadic ones
// (`curl_easy_setopt`, `curl_easy_getinfo`, `curl_multi_setopt`), which Swift can't import.
#ifndef CLIBCURL_H
#define CLIBCURL_H

#include <curl/curl.h>

// The pre-request callback, which HTTPTransport relies on, came with 7.80.
#if LIBCURL_VERSION_NUM < 0x075000
#error "libcurl 7.80 or newer is needed"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/// `curl_easy_setopt` for options that take a `long`.
CURLcode clibcurl_set_long(CURL *handle, CURLoption option, long value);

/// `curl_easy_setopt` for options that take a `curl_off_t` (their names end in `_LARGE`).
CURLcode clibcurl_set_offset(CURL *handle, CURLoption option, curl_off_t value);

/// `curl_easy_setopt` for options that take a NUL-terminated string, which libcurl copies.
CURLcode clibcurl_set_string(CURL *handle, CURLoption option, const char *value);

/// `curl_easy_setopt` for options that take any other object pointer, which libcurl keeps.
CURLcode clibcurl_set_pointer(CURL *handle, CURLoption option, void *value);

/// Sends `count` bytes as the request's body. libcurl copies them.
CURLcode clibcurl_set_body(CURL *handle, const void *bytes, size_t count);

/// Sets who receives the response's header lines, one call a line, and with which context.
CURLcode clibcurl_set_header_callback(CURL *handle, curl_write_callback callback, void *context);

/// Sets who receives the response's body, one call a piece, and with which context.
CURLcode clibcurl_set_write_callback(CURL *handle, curl_write_callback callback, void *context);

/// Sets who is told of progress, and with which context, and switches progress on.
CURLcode clibcurl_set_progress_callback(
    CURL *handle, curl_xferinfo_callback callback, void *context);

/// Sets `CURLOPT_DEBUGFUNCTION` and its data, and makes libcurl call it.
CURLcode clibcurl_set_debug_callback(
    CURL *handle, curl_debug_callback callback, void *context);

/// Sets who is asked before each time a request is written, and with which context.
CURLcode clibcurl_set_prereq_callback(
    CURL *handle, curl_prereq_callback callback, void *context);

/// Restricts the handle to the schemes `http` and `https`.
CURLcode clibcurl_allow_http_only(CURL *handle);

/// Keeps the handle's sockets from programs that the process starts meanwhile.
///
/// A child that inherits a connection keeps it open after this process has closed it.
CURLcode clibcurl_close_sockets_on_exec(CURL *handle);

/// Doesn't wait for a name lookup that a transfer no longer needs; the lookup's thread frees
/// what it holds when it ends. Does nothing where libcurl is older than 7.87.
CURLcode clibcurl_abandon_lookups(CURL *handle);

/// `curl_easy_getinfo` for values that are a `long`.
CURLcode clibcurl_get_long(CURL *handle, CURLINFO info, long *value);

/// `curl_easy_getinfo` for values that are a `curl_off_t` (their names end in `_T`).
CURLcode clibcurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value);

/// `curl_easy_getinfo` for values that are a pointer.
CURLcode clibcurl_get_pointer(CURL *handle, CURLINFO info, void **value);

/// The socket of the connection that a handle with CURLOPT_CONNECT_ONLY has made.
CURLcode clibcurl_get_socket(CURL *handle, curl_socket_t *socket);

/// `curl_multi_setopt` for options that take a `long`.
CURLMcode clibcurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

#ifdef __cplusplus
}
#endif

#endif
