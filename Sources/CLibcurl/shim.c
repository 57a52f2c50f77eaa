#include "CLibcurl.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

// Parentheses keep curl's type-checking macros away: here the option is never a constant.

CURLcode clibcurl_set_long(CURL *handle, CURLoption option, long value) {
  return (curl_easy_setopt)(handle, option, value);
}

CURLcode clibcurl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return (curl_easy_setopt)(handle, option, value);
}

CURLcode clibcurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return (curl_easy_setopt)(handle, option, value);
}

CURLcode clibcurl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return (curl_easy_setopt)(handle, option, value);
}

CURLcode clibcurl_set_body(CURL *handle, const void *bytes, size_t count) {
  // The size comes first: without it libcurl would copy up to the first zero byte.
  CURLcode result =
      (curl_easy_setopt)(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (result != CURLE_OK) {
    return result;
  }
  return (curl_easy_setopt)(handle, CURLOPT_COPYPOSTFIELDS, count == 0 ? "" : bytes);
}

CURLcode clibcurl_set_header_callback(CURL *handle, curl_write_callback callback, void *context) {
  CURLcode result = (curl_easy_setopt)(handle, CURLOPT_HEADERFUNCTION, callback);
  if (result != CURLE_OK) {
    return result;
  }
  return (curl_easy_setopt)(handle, CURLOPT_HEADERDATA, context);
}

CURLcode clibcurl_set_write_callback(CURL *handle, curl_write_callback callback, void *context) {
  CURLcode result = (curl_easy_setopt)(handle, CURLOPT_WRITEFUNCTION, callback);
  if (result != CURLE_OK) {
    return result;
  }
  return (curl_easy_setopt)(handle, CURLOPT_WRITEDATA, context);
}

CURLcode clibcurl_set_progress_callback(
    CURL *handle, curl_xferinfo_callback callback, void *context) {
  CURLcode result = (curl_easy_setopt)(handle, CURLOPT_XFERINFOFUNCTION, callback);
  if (result != CURLE_OK) {
    return result;
  }
  result = (curl_easy_setopt)(handle, CURLOPT_XFERINFODATA, context);
  if (result != CURLE_OK) {
    return result;
  }
  return (curl_easy_setopt)(handle, CURLOPT_NOPROGRESS, 0L);
}

CURLcode clibcurl_set_prereq_callback(
    CURL *handle, curl_prereq_callback callback, void *context) {
  CURLcode result = (curl_easy_setopt)(handle, CURLOPT_PREREQFUNCTION, callback);
  if (result != CURLE_OK) {
    return result;
  }
  return (curl_easy_setopt)(handle, CURLOPT_PREREQDATA, context);
}

CURLcode clibcurl_set_debug_callback(
    CURL *handle, curl_debug_callback callback, void *context) {
  CURLcode result = (curl_easy_setopt)(handle, CURLOPT_DEBUGFUNCTION, callback);
  if (result != CURLE_OK) {
    return result;
  }
  result = (curl_easy_setopt)(handle, CURLOPT_DEBUGDATA, context);
  if (result != CURLE_OK) {
    return result;
  }
  return (curl_easy_setopt)(handle, CURLOPT_VERBOSE, 1L);
}

CURLcode clibcurl_allow_http_only(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
  return (curl_easy_setopt)(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
  return (curl_easy_setopt)(
      handle, CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
}

static curl_socket_t open_socket(
    void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)context;
  (void)purpose;
#ifdef SOCK_CLOEXEC
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
#else
  curl_socket_t created = socket(address->family, address->socktype, address->protocol);
  if (created >= 0 && fcntl(created, F_SETFD, FD_CLOEXEC) != 0) {
    close(created);
    return CURL_SOCKET_BAD;
  }
  return created;
#endif
}

CURLcode clibcurl_close_sockets_on_exec(CURL *handle) {
  return (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
}

CURLcode clibcurl_abandon_lookups(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
  return (curl_easy_setopt)(handle, CURLOPT_QUICK_EXIT, 1L);
#else
  (void)handle;
  return CURLE_OK;
#endif
}

CURLcode clibcurl_get_long(CURL *handle, CURLINFO info, long *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

CURLcode clibcurl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
  return (curl_easy_getinfo)(handle, info, value);
}

CURLcode clibcurl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return (curl_easy_getinfo)(handle, info, value);
}

CURLcode clibcurl_get_socket(CURL *handle, curl_socket_t *socket) {
  return (curl_easy_getinfo)(handle, CURLINFO_ACTIVESOCKET, socket);
}

CURLMcode clibcurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return (curl_multi_setopt)(multi, option, value);
}
