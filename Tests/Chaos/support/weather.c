/* Stands between the program and the C library, by LD_PRELOAD: a real-time clock that is stepped, and a disk
 * that is slow or that fails. What happens is drawn from WEATHER_SEED; times since the start of the process
 * decide when the clock is stepped.
 *
 * WEATHER_STEP   the clock is stepped each so many milliseconds, to anywhere within two hours of the true time
 * WEATHER_SLOW   writing to a file and waiting for the disk take up to so many microseconds more, one time in four
 * WEATHER_FAIL   after so many calls that write to files or wait for the disk, one of them fails with EIO
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static uint64_t seed;
static int64_t step_ms, slow_us, fail_after;
static struct timespec started;
static _Atomic uint64_t calls;
static int (*real_clock)(clockid_t, struct timespec *);

static int64_t number(const char *name) {
  const char *text = getenv(name);
  return text ? atoll(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
  seed = (uint64_t)number("WEATHER_SEED");
  step_ms = number("WEATHER_STEP");
  slow_us = number("WEATHER_SLOW");
  fail_after = number("WEATHER_FAIL");
  real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  real_clock(CLOCK_MONOTONIC, &started);
}

/* SplitMix64 of the seed and a number. */
static uint64_t draw(uint64_t of) {
  uint64_t z = seed + (of + 1) * 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

/* By how many seconds the clock is wrong now. */
static int64_t offset(void) {
  if (!step_ms) return 0;
  struct timespec now;
  real_clock(CLOCK_MONOTONIC, &now);
  int64_t ms = (now.tv_sec - started.tv_sec) * 1000 + (now.tv_nsec - started.tv_nsec) / 1000000;
  uint64_t step = (uint64_t)(ms / step_ms);
  return step ? (int64_t)(draw(step) % 14400) - 7200 : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (!real_clock) real_clock = dlsym(RTLD_NEXT, "clock_gettime");
  int result = real_clock(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += offset();
  return result;
}

int gettimeofday(struct timeval *time, void *zone) {
  (void)zone;
  struct timespec now;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t time(time_t *place) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (place) *place = now.tv_sec;
  return now.tv_sec;
}

/* Whether a call on a file is to fail; waits first where the disk is slow. */
static int fails(int file) {
  if (!slow_us && !fail_after) return 0;
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  uint64_t call = atomic_fetch_add(&calls, 1);
  uint64_t number = draw(call);
  if (slow_us && number % 4 == 0) usleep((useconds_t)(number / 4 % (uint64_t)slow_us));
  if (fail_after && call + 1 == (uint64_t)fail_after) {
    errno = EIO;
    return 1;
  }
  return 0;
}

#define PASS(type, name, parameters, arguments)                              \
  type name parameters {                                                     \
    static type(*real) parameters;                                           \
    if (!real) real = dlsym(RTLD_NEXT, #name);                               \
    return fails(file) ? -1 : real arguments;                                \
  }

PASS(ssize_t, write, (int file, const void *bytes, size_t count), (file, bytes, count))
PASS(ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t place), (file, bytes, count, place))
PASS(ssize_t, pwrite64, (int file, const void *bytes, size_t count, off64_t place), (file, bytes, count, place))
PASS(ssize_t, writev, (int file, const struct iovec *parts, int count), (file, parts, count))
PASS(int, fsync, (int file), (file))
PASS(int, fdatasync, (int file), (file))
PASS(int, ftruncate, (int file, off_t length), (file, length))
PASS(int, ftruncate64, (int file, off64_t length), (file, length))
