"""Runs trials, several at a time, and tells what went wrong and how to see it again."""

import argparse
import concurrent.futures
import os
import random
import shutil
import sys
import tempfile
import time
import traceback

from support import program


class Trials:
    """The trials of one script; each is a function of a folder and a source of random draws.

    A trial gives its faults as sentences. Its draws depend on the seed and its name alone, so that
    `--only NAME --seed N` draws the same again; what else the machine does meanwhile isn't drawn.
    """

    def __init__(self, what, count=0, short=0):
        """`count` and `short` say how many random trials there are, and in the short form."""
        parser = argparse.ArgumentParser(description=what)
        if count:
            parser.add_argument(
                "--count", type=int, help=f"how many trials; {count}, or {short} if short")
        parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
        parser.add_argument("--short", action="store_true", help="a choice, for every day; how soon runs end isn't measured")
        parser.add_argument("--only", help="the one trial of this name")
        parser.add_argument("--jobs", type=int, default=3, help="how many at a time")
        self.options = parser.parse_args()
        self.is_short = self.options.short
        program.times_ends = not self.is_short
        self.count = getattr(self.options, "count", None) or (short if self.is_short else count)
        self.kept = tempfile.mkdtemp(prefix="patchbay-chaos-")
        self.passed = self.failed = 0

    def run(self, cases):
        """Runs (name, function) pairs and ends the process: 1 if there was a fault, else 0."""
        program.binary()
        script = os.path.relpath(sys.argv[0])
        started = time.monotonic()
        print(f"{script}: seed {self.options.seed}", flush=True)
        cases = [case for case in cases if self.options.only in (None, case[0])]
        with concurrent.futures.ThreadPoolExecutor(self.options.jobs) as pool:
            for name, faults, folder in pool.map(self.attempt, cases):
                self.tell(script, name, faults, folder)
        if not self.failed:
            shutil.rmtree(self.kept, ignore_errors=True)
        took = time.monotonic() - started
        print(f"{script}: {self.passed} passed, {self.failed} failed in {took:.0f} s")
        sys.exit(1 if self.failed or not self.passed else 0)

    def attempt(self, case):
        name, body = case
        folder = program.fresh(os.path.join(self.kept, name))
        try:
            faults = body(folder, random.Random(f"{self.options.seed}/{name}"))
        except Exception:
            faults = ["the trial itself failed: " + traceback.format_exc().replace("\n", " | ")]
        return name, faults, folder

    def tell(self, script, name, faults, folder):
        if not faults:
            self.passed += 1
            shutil.rmtree(folder, ignore_errors=True)
            return
        self.failed += 1
        for fault in faults:
            print(f"FAULT {name}: {' '.join(fault.split())}", flush=True)
        count = f" --count {self.count}" if self.count else ""
        print(
            f"  again: {script} --seed {self.options.seed} --only {name}{count};"
            f" files in {folder}", flush=True)
