// A call of Linux that Swift's Glibc module leaves out; elsewhere it does what comes nearest.

#pragma once

// Waits until the file system of a descriptor is on the disk; 0, or -1 with errno.
int patchbay_sync_file_system(int descriptor);
