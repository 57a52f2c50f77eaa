// zlib as Swift can call it: what it has as macros alone, plus its own headers.
#ifndef CZLIB_H
#define CZLIB_H

#include <zlib.h>

/// Makes ready to unpack what is in gzip's form (RFC 1952), not in zlib's own.
int czlib_begin_gzip(z_stream *stream);

#endif
