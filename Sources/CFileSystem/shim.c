#define _GNU_SOURCE

#include "CFileSystem.h"

#include <unistd.h>

int patchbay_sync_file_system(int descriptor) {
#ifdef __linux__
  return syncfs(descriptor);
#else
  sync();
  return fsync(descriptor);
#endif
}
