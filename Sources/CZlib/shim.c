#include "CZlib.h"

int czlib_begin_gzip(z_stream *stream) {
  // 16 stands for gzip's form, MAX_WBITS for every window that there is.
  return inflateInit2(stream, MAX_WBITS + 16);
}
