// Writes the rows that the SQLite sink writes, as fast as C can: `bare DATABASE EVENTS [outcomes]`.
//
// The same tables, statements, settings and transactions of 256 events. Prints the seconds that
// making and writing the rows took. The database must be one that the sink made and that has no
// rows, so that the tables are the same.

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *const states[] = {
    "routing/agent/available", "routing/agent/busy", "routing/agent/connected",
    "routing/agent/disconnected", "routing/agent/wrapping"};
static const char type[] = "routing/agent/state";
static const char attributes[] = "{\"queue\":\"support\",\"priority\":5}";

static sqlite3 *db;

static void check(int code) {
  if (code == SQLITE_OK || code == SQLITE_DONE) return;
  fprintf(stderr, "SQLite error %d: %s\n", code, sqlite3_errmsg(db));
  exit(1);
}

static void run(const char *sql) { check(sqlite3_exec(db, sql, NULL, NULL, NULL)); }

static sqlite3_stmt *prepared(const char *sql) {
  sqlite3_stmt *statement;
  check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
  return statement;
}

static void text(sqlite3_stmt *statement, int position, const char *bytes, int count) {
  check(sqlite3_bind_text(statement, position, bytes, count, SQLITE_STATIC));
}

static void number(sqlite3_stmt *statement, int position, int64_t value) {
  check(sqlite3_bind_int64(statement, position, value));
}

// The output function of SplitMix64.
static uint64_t mixed(uint64_t value) {
  uint64_t bits = value + 0x9E3779B97F4A7C15;
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
  return bits ^ bits >> 31;
}

static void write_id(char *to, uint64_t purpose, uint64_t number) {
  uint64_t low = mixed(purpose << 40 | number), high = mixed(low);
  for (int index = 0; index < 32; index++) {
    if (index == 8 || index == 12 || index == 16 || index == 20) *to++ = '-';
    uint64_t half = index < 16 ? high : low;
    *to++ = "0123456789abcdef"[half >> (60 - 4 * (index & 15)) & 15];
  }
}

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
  if (count < 3) {
    fprintf(stderr, "usage: bare DATABASE EVENTS [outcomes]\n");
    return 64;
  }
  int64_t events = atoll(arguments[2]);
  int has_outcomes = count > 3 && strcmp(arguments[3], "outcomes") == 0;
  check(sqlite3_open_v2(arguments[1], &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; "
      "PRAGMA wal_autocheckpoint = 16000;");

  double start = seconds();
  run("INSERT INTO runs (run_id, started_at) VALUES ('bare', '2026-01-31T09:30:00.000000000Z')");
  int64_t row = sqlite3_last_insert_rowid(db);
  sqlite3_stmt *begin = prepared("BEGIN IMMEDIATE TRANSACTION");
  sqlite3_stmt *commit = prepared("COMMIT TRANSACTION");
  sqlite3_stmt *event = prepared(
      "INSERT INTO events (run, sequence_id, timestamp_ns, malformed_timestamp, interaction_id, "
      "agent_id, state, event_type, attributes, validated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  sqlite3_stmt *injection = prepared(
      "INSERT INTO injections (event, kind, status, attempts, queue_ns, rate_limit_ns, "
      "backoff_ns, service_ns, wire_ns, code, reason) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  char sequence[36], interaction[36], agent[36];
  for (int64_t index = 0; index < events; index++) {
    if (index % 256 == 0) {
      check(sqlite3_step(begin));
      sqlite3_reset(begin);
    }
    if (index % 4 == 0) write_id(interaction, 1, index);
    write_id(sequence, 3, index);
    write_id(agent, 2, index % 500);
    const char *state = states[index % 5];
    number(event, 1, row);
    text(event, 2, sequence, 36);
    number(event, 3, 1769851800000000000 + index * 1000000);
    check(sqlite3_bind_null(event, 4));
    text(event, 5, interaction, 36);
    text(event, 6, agent, 36);
    text(event, 7, state, strlen(state));
    text(event, 8, type, sizeof type - 1);
    text(event, 9, attributes, sizeof attributes - 1);
    number(event, 10, 0);
    check(sqlite3_step(event));
    sqlite3_reset(event);
    if (has_outcomes) {
      number(injection, 1, sqlite3_last_insert_rowid(db));
      text(injection, 2, "accepted", 8);
      number(injection, 3, 202);
      number(injection, 4, 1);
      number(injection, 5, 1000);
      number(injection, 6, 0);
      number(injection, 7, 0);
      number(injection, 8, 2000000 + index);
      number(injection, 9, 2000000 + index);
      check(sqlite3_bind_null(injection, 10));
      check(sqlite3_bind_null(injection, 11));
      check(sqlite3_step(injection));
      sqlite3_reset(injection);
    }
    if (index % 256 == 255 || index == events - 1) {
      check(sqlite3_step(commit));
      sqlite3_reset(commit);
    }
  }
  sqlite3_finalize(begin);
  sqlite3_finalize(commit);
  sqlite3_finalize(event);
  sqlite3_finalize(injection);
  check(sqlite3_close(db));
  printf("%f\n", seconds() - start);
}
