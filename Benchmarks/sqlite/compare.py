#!/usr/bin/env python3
"""Compares the SQLite sink with a bare loop in C that writes the same rows.

    python3 Benchmarks/sqlite/compare.py [--rows 1000000] [--rounds 3] [--folder PLACE]

Builds both, runs them in turn, and prints the medians of seconds, CPU seconds and peak memory.
"""

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))


def build(folder, program):
    bare = os.path.join(folder, "bare")
    source = os.path.join(HERE, "bare.c")
    subprocess.run(["cc", "-O2", "-Wall", "-o", bare, source, "-lsqlite3"], check=True)
    if program:
        return bare, program
    swift = ["swift", "build", "-c", "release", "--package-path", HERE]
    subprocess.run(swift + ["--product", "sink"], check=True, stdout=sys.stderr)
    path = subprocess.run(swift + ["--show-bin-path"], check=True, capture_output=True, text=True)
    return bare, os.path.join(path.stdout.strip(), "sink")


def measured(command):
    """Runs a command; its own seconds, CPU seconds and peak memory in MiB."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed: {output}")
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return float(output.split()[0]), usage.ru_utime + usage.ru_stime, peak


def rows(path):
    """What a database holds, without what differs from run to run."""
    database = sqlite3.connect(path)
    tables = ["events", "injections", "mismatches"]
    counts = [database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    last = database.execute("SELECT * FROM events ORDER BY id DESC LIMIT 3").fetchall()
    last += database.execute("SELECT * FROM injections ORDER BY event DESC LIMIT 3").fetchall()
    schema = database.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
    database.close()
    return counts, last, schema


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where the databases are made; by default a new folder")
    parser.add_argument("--sink", help="a sink program that is built already")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="sqlite-benchmark-", dir=arguments.folder)
    try:
        bare, sink = build(folder, arguments.sink)
        empty = os.path.join(folder, "empty.sqlite")
        measured([sink, empty, "0"])
        database = sqlite3.connect(empty)
        database.execute("DELETE FROM runs")
        database.commit()
        database.close()
        kinds = [
            ("events", arguments.rows, []),
            ("events and injections", arguments.rows // 2, ["outcomes"]),
        ]
        for name, events, flags in kinds:
            figures = {"C": [], "sink": []}
            for number in range(arguments.rounds):
                found = {}
                for which, program in [("C", bare), ("sink", sink)]:
                    path = os.path.join(folder, f"{which}.sqlite")
                    shutil.copy(empty, path)
                    figures[which].append(measured([program, path, str(events), *flags]))
                    found[which] = rows(path)
                    os.remove(path)
                if found["C"] != found["sink"]:
                    sys.exit(f"the rows differ: {found}")
            print(f"{arguments.rows} rows of {name}, median of {arguments.rounds}")
            medians = {}
            for which, values in figures.items():
                seconds, cpu, peak = (statistics.median(column) for column in zip(*values))
                medians[which] = seconds
                print(
                    f"  {which:4}  {seconds:6.2f} s  {arguments.rows / seconds:8.0f} rows/s"
                    f"  CPU {cpu:6.2f} s  peak {peak:6.1f} MiB"
                )
            print(f"  speed of the sink: {medians['C'] / medians['sink']:.2f} of C")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
