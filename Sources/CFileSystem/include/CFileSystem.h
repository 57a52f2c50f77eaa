// Calls of Linux that Swift's Glibc module leaves out; elsewhere they do what comes nearest.

#pragma once

// Waits until the file system of a descriptor is on the disk; 0, or -1 with errno.
int patchbay_sync_file_system(int descriptor);

// Lets the system begin to write a file out to the disk, and waits for nothing; elsewhere nothing happens.
void patchbay_start_writing_out(int descriptor);
