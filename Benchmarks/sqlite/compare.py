#!/usr/bin/env python3
"""Compares the SQLite sink with a bare loop in C that writes the same rows.

    python3 Benchmarks/sqlite/compare.py [--rows 1000000] [--rounds 3] [--folder PLACE]

Builds both, runs them in turn, and prints the medians of seconds, CPU seconds and peak memory.
"""

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from measuring import built_in_c, built_in_swift, measured, show_medians  # noqa: E402


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
        bare = built_in_c(os.path.join(HERE, "bare.c"), os.path.join(folder, "bare"), "-lsqlite3")
        sink = arguments.sink or built_in_swift(HERE, "sink")
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
            show_medians(figures, arguments.rows, "rows")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
