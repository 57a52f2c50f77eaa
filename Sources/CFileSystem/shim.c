#define _GNU_SOURCE

#include "CFileSystem.h"

#include <fcntl.h>
#include <unistd.h>

int patchbay_sync_file_system(int descriptor) {
#ifdef __linux__
  return syncfs(descriptor);
#else
  sync();
  return fsync(descriptor);
#endif
}

void patchbay_start_writing_out(int descriptor) {
#ifdef __linux__
  sync_file_range(descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
  (void)descriptor;
#endif
}
