// What the subprocess sink is measured against: writes the same lines to the same program, with as
// many batches under way, and does nothing else. `bare CHILD EVENTS BATCH BYTES WINDOW` prints the
// seconds.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void send_all(int file, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(file, bytes, count);
    if (written <= 0) { perror("write"); exit(1); }
    bytes += written;
    count -= written;
  }
}

int main(int argc, char **argv) {
  if (argc != 6) { fputs("usage: bare CHILD EVENTS BATCH BYTES WINDOW\n", stderr); return 64; }
  long events = atol(argv[2]), size = atol(argv[3]), bytes = atol(argv[4]), window = atol(argv[5]);
  double start = now();
  int in[2], out[2];
  if (pipe(in) || pipe(out)) { perror("pipe"); return 1; }
  if (fork() == 0) {
    dup2(in[0], 0); dup2(out[1], 1);
    close(in[1]); close(out[0]);
    execlp("python3", "python3", argv[1], NULL);
    _exit(127);
  }
  close(in[0]); close(out[1]);
  FILE *answers = fdopen(out[0], "r");
  char line[256];
  char *batch = malloc(size * (bytes + 1) + 64);
  send_all(in[1], "{\"patchbay\":1,\"role\":\"sink\"}\n", 29);
  if (!fgets(line, sizeof line, answers)) return 1;
  long sent = 0, answered = 0, total = events / size;
  while (answered < total) {
    while (sent < total && sent - answered < window) {
      size_t length = sprintf(batch, "{\"batch\":%ld,\"count\":%ld}\n", ++sent, size);
      for (long number = 0; number < size; number++) {
        char *begin = batch + length;
        int head = sprintf(begin,
          "{\"sequence_id\":\"e-%ld\",\"agent_id\":\"a-17\",\"state\":\"busy\","
          "\"event_type\":\"state\",\"f\":\"", 10000000 + number);
        long fill = bytes - head - 3;
        memset(begin + head, 'x', fill > 0 ? fill : 0);
        memcpy(begin + head + (fill > 0 ? fill : 0), "\"}\n", 3);
        length += head + (fill > 0 ? fill : 0) + 3;
      }
      send_all(in[1], batch, length);
    }
    if (!fgets(line, sizeof line, answers)) return 1;
    answered++;
  }
  close(in[1]);
  printf("%f\n", now() - start);
  wait(NULL);
  return 0;
}
