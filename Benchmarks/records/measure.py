#!/usr/bin/env python3
"""How fast records are told: a table of a million services as events in a file, beside Python that only parses it.

Usage: measure.py PATCHBAY [ROUNDS]
"""

import csv
import datetime
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROWS = 1_000_000


def write_table(path):
    """Two thousand agents; calls begin in order, a second or less apart."""
    chance = random.Random(17)
    start = datetime.datetime(2026, 1, 5, 9)
    with open(path, "w", encoding="utf-8") as file:
        file.write("agent,call,start,end\n")
        for number in range(ROWS):
            start += datetime.timedelta(seconds=chance.choice((0, 0, 1)))
            end = start + datetime.timedelta(seconds=chance.randrange(10, 600))
            agent = chance.randrange(2_000)
            file.write(f"Agent {agent},c{number},{start:%Y-%m-%d %H:%M:%S},{end:%Y-%m-%d %H:%M:%S}\n")


def parsed_by_python(path):
    """Rows by csv, times by datetime: as much as a script does before it tells anything."""
    count = 0
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start = datetime.datetime.fromisoformat(row["start"])
            count += datetime.datetime.fromisoformat(row["end"]) >= start
    return count


def configuration(path):
    return {
        "name": "records", "run": {"clock": "virtual"},
        "sources": {
            "log": {"type": "records", "path": path, "pace": "as-fast-as-possible", "time_zone": "UTC"}},
        "sinks": {"events": {"type": "jsonl", "inputs": ["log"]}}}


def measured(command, folder):
    """Seconds, processor seconds, and the peak of resident memory in MiB."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    folder = tempfile.mkdtemp(prefix="patchbay-bench-")
    table = os.path.join(folder, "calls.csv")
    try:
        write_table(table)
        with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
            json.dump(configuration(table), file)
        python = [sys.executable, os.path.abspath(__file__), "--parse", table]
        figures = {"patchbay": [], "python": []}
        for _ in range(rounds):
            # Emptying the last run's folder is no part of it.
            shutil.rmtree(os.path.join(folder, "runs"), ignore_errors=True)
            figures["patchbay"].append(measured([program, "run"], folder))
            figures["python"].append(measured(python, folder))
        print(f"{ROWS:,} rows, medians of {rounds} runs in turn")
        for name, what in (("patchbay", "five events each, into a file"), ("python", "rows and times, nothing else")):
            seconds, cpu, peak = (statistics.median(column) for column in zip(*figures[name]))
            print(f"  {name:9} {ROWS / seconds:9,.0f} rows/s  CPU {cpu:5.2f} s  peak {peak:5.1f} MiB  ({what})")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--parse":
        if parsed_by_python(sys.argv[2]) != ROWS:
            sys.exit("rows are missing")
    else:
        main()
