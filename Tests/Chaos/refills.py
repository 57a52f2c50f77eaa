#!/usr/bin/env python3
"""Lets the disk fill up under a run with a journal, gives the room back, and goes on with it."""

import collections
import os
import shutil
import subprocess
import sys

from kills import SANDBOX, SECRET, Kills, check
from support import program
from support.configurations import write
from support.disks import DISK, KIBI, can_mount, small_disk
from support.resumed import newest, resume, verify
from support.sandbox import Sandboxes
from support.trials import Trials


def trial(number, sandboxes, met):
    def body(folder, draw):
        kills = Kills(draw, number)
        kills.agents, kills.interactions, kills.moments = draw.choice([10, 40]), 5, []
        pages = draw.randint(1, 120)
        runs = os.path.join(folder, "runs")
        ballast = os.path.join(runs, "ballast")
        with sandboxes.lend() as sandbox:
            write(folder, kills.configuration(sandbox.url))
            with small_disk(runs):
                with open(ballast, "wb") as file:
                    file.write(bytes(DISK - pages * 4 * KIBI))
                code, said = program.run(["run"], folder, SECRET)
                faults = judge_full(code, said, newest(folder), met)
                os.unlink(ballast)
                # With a checkpoint for each record it needs more than there was before.
                subprocess.run(
                    ["mount", "-o", f"remount,size={64 * DISK}", runs], check=True)
                faults += go_on(kills, folder, sandbox, met)
                if faults:
                    shutil.copytree(runs, os.path.join(folder, "kept"))
        return [f"({kills}, {pages} pages) {fault}" for fault in faults]
    return f"refill-{number}", body


def judge_full(code, said, run, met):
    """It fails by name, and the log is valid as far as it goes."""
    met[f"exit {code}"] += 1
    if code == 0:
        return []
    faults = []
    if code not in (1, 75) or "No space left on device" not in said:
        faults.append(f"exit code {code} on a full disk: {said[-500:]}")
    if run and os.path.exists(os.path.join(run, "audit", "checkpoint")):
        verdict, lines = verify(run)
        if verdict not in (0, 75):
            faults.append(f"on a full disk `audit verify` says {verdict}: {lines[-500:]}")
    return faults


def go_on(kills, folder, sandbox, met):
    run = newest(folder)
    if run is None or not os.path.exists(os.path.join(run, "journal")):
        if run and os.path.exists(os.path.join(run, "report.json")):
            return check(kills, folder, sandbox, met)
        met["never began"] += 1
        if run:
            shutil.rmtree(run)
        run = None
    code, said = program.run(resume(run, folder), folder, SECRET)
    if code == 66 and "no journal" not in said:
        # Its first bytes had no room either: nothing had happened yet.
        met["never began"] += 1
        shutil.rmtree(run)
        code, said = program.run(["run"], folder, SECRET)
    if code != 0:
        return [f"exit code {code} with room again: {said[-600:]}"]
    return check(kills, folder, sandbox, met)


def main():
    trials = Trials(__doc__, count=40, short=4)
    if not can_mount():
        print("not root: no small disks are mounted, nothing is tried")
        return
    met = collections.Counter()
    with Sandboxes(trials.options.jobs, SANDBOX) as sandboxes:
        try:
            trials.run([trial(number, sandboxes, met) for number in range(trials.count)])
        finally:
            print("disks met:", ", ".join(f"{met[what]} {what}" for what in sorted(met)))


if __name__ == "__main__":
    sys.exit(main())
