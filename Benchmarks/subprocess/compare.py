#!/usr/bin/env python3
"""Compares the subprocess sink with a bare loop in C that feeds the same program.

    python3 Benchmarks/subprocess/compare.py [--events 1000000] [--rounds 5]

Builds both, runs them in turn, and prints the medians of seconds, CPU seconds and peak memory of
each with the program that it feeds.
"""

import argparse
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from measuring import built_in_c, built_in_swift, measured, show_medians  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    child = os.path.join(HERE, "child.py")
    with tempfile.TemporaryDirectory() as folder:
        bare = built_in_c(os.path.join(HERE, "bare.c"), os.path.join(folder, "bare"))
        sink = built_in_swift(HERE, "sink")
        for size, length in [(1000, 94), (1000, 300), (100, 94)]:
            figures = {"C": [], "sink": []}
            for _ in range(arguments.rounds):
                for which, program in [("C", bare), ("sink", sink)]:
                    numbers = [arguments.events, size, length, 4]
                    figures[which].append(measured([program, child, *map(str, numbers)]))
            print(
                f"{arguments.events} events of {length} bytes in batches of {size}, 4 under way, "
                f"median of {arguments.rounds}"
            )
            show_medians(figures, arguments.events, "events")


if __name__ == "__main__":
    main()
