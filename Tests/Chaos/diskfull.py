#!/usr/bin/env python3
"""Lets the disk fill up under a run, and in half of the trials gives the room back meanwhile."""

import argparse
import collections
import contextlib
import json
import os
import resource
import subprocess
import sys
import time

from support.audits import COMPACT, OWN, expect, put, whole
from support.configurations import audit, pipeline, write
from support.leavings import Leavings
from support.program import Program, read
from support.trials import Trials

KIBI = 1024


def can_mount():
    return os.geteuid() == 0


class Full:
    """One disk that is full at some point of a run."""

    def __init__(self, draw, number):
        self.kind = "tmpfs" if number % 2 and can_mount() else "limit"
        self.returns = number // 2 % 2 == 1
        self.is_fast = not self.returns and draw.random() < 0.5
        # A run that is over in a moment, or one of about a second and a half.
        self.agents = draw.choice([2, 10, 40, 100])
        self.interactions = draw.choice([1, 4]) if self.is_fast else 3
        events = self.agents * self.interactions * 5
        # Somewhere in the audit, the lines, or the report, which comes last.
        self.room = draw.choice([draw.uniform(0, 0.1), *2 * [draw.uniform(0.1, 1)]]) * events * 330
        self.room = int(max(self.room, 1))
        self.return_at = draw.uniform(0.2, 1.6)
        self.has_both = draw.random() < 0.7

    def configuration(self):
        sinks = {"copy": {"type": "jsonl", "inputs": ["desk"]}}
        if self.has_both:
            sinks["audit"] = {"type": "audit-json", "inputs": ["desk"]}
        return {
            "name": "full",
            "run": {"seed": 3, "clock": "virtual" if self.is_fast else "real", "directory": "runs"},
            "sources": {"desk": {
                "type": "scenario", "agents": self.agents, "dwell": "90ms",
                "interactions_per_agent": self.interactions}},
            "sinks": sinks}

    def __str__(self):
        room = f"room for {self.room} bytes"
        when = f"more after {self.return_at:.2f} s" if self.returns else "for good"
        return f"{self.kind}, {room}, {when}, {self.agents} x {self.interactions}"


@contextlib.contextmanager
def small_disk(path, size):
    """A file system of its own, gone afterwards."""
    os.makedirs(path)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", path], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def run_limited(full, folder):
    """No file may grow beyond a limit, which is lifted later."""
    # Pipes have no such limit, and room for all that it prints.
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with Program(["run"], folder, file_limit=full.room, **streams) as program:
        if full.returns and not wait(program, full.return_at):
            hard = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (hard, hard))
        code = program.wait()
    for path, stream in ((program.output, program.process.stdout),
                         (program.errors, program.process.stderr)):
        with open(path, "wb") as file, stream:
            file.write(stream.read())
    return code


def run_on_small_disk(full, folder, runs):
    """A ballast leaves room for whole pages only, and is removed later."""
    pages = full.room // (4 * KIBI) + 1
    ballast = os.path.join(runs, "ballast")
    with open(ballast, "wb") as file:
        file.write(bytes(4 * KIBI * KIBI - pages * 4 * KIBI))
    with Program(["run"], folder) as program:
        if full.returns and not wait(program, full.return_at):
            os.unlink(ballast)
        code = program.wait()
    with contextlib.suppress(FileNotFoundError):
        os.unlink(ballast)
    return code


def wait(program, seconds):
    """Whether it ended in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and program.process.poll() is None:
        time.sleep(0.01)
    return program.process.poll() is not None


def check(full, folder, code, met):
    leavings = Leavings.of_newest(os.path.join(folder, "runs"))
    faults = leavings.faults
    note(leavings, code, met)
    said = read(os.path.join(folder, "out")) + read(os.path.join(folder, "err"))
    if leavings.folder is None:
        if code != 1 or "can't" not in said:
            faults.append(f"exit code {code} without a folder, said: {said[-300:]}")
        return faults
    if leavings.report is None:
        # Its name is told, or that of the list of audits, without which nothing begins.
        if code != 1 or "report.json" not in said:
            faults.append(f"exit code {code}, no report, and nothing says why: {said[-300:]}")
        return faults + check_summary(full, leavings, said)
    check_report(full, leavings, code)
    return faults


def note(leavings, code, met):
    """Shows that the disk was full in all the places."""
    met[f"exit {code}"] += 1
    met["without a report"] += leavings.report is None
    for records in (leavings.audit, leavings.lines):
        # Events come in the order of their numbers.
        numbers = [int(leavings.sequence(record).split("-")[1]) for record in records or []]
        met["files that go on behind a gap"] += numbers != list(range(len(numbers)))
        met["empty files"] += records is not None and not records
        met["records"] += len(numbers)


def check_report(full, leavings, code):
    faults, report = leavings.faults, leavings.report
    opened = not any("can't make" in line for line in report["failures"])
    for name, records in (("audit", leavings.audit), ("copy", leavings.lines)):
        if name == "audit" and not full.has_both:
            continue
        leavings.check_records(name, records)
        stage = leavings.stage(name)
        lost = stage["received"] - stage["written"]
        if lost != stage["undelivered"] and opened:
            faults.append(
                f"{name} received {stage['received']}, wrote {stage['written']} and says that"
                f" {stage['undelivered']} are undelivered")
        file = {"audit": "workspace_sim_audit_", "copy": "events.jsonl"}[name]
        if lost and not any(file in line for line in report["failures"]):
            faults.append(f"{lost} events lost and no failure names {file}: {report['failures']}")
    events = report["events"]
    parts = [events[part] for part in ("delivered", "rejected", "failed", "abandoned")]
    if events["emitted"] != sum(parts) or not events["balanced"]:
        faults.append(f"emitted isn't the sum of the rest: {events}")
    if code != leavings.expected_code() or report["exit_code"] != code:
        faults.append(f"exit code {code}, expected {leavings.expected_code()}")
    lost = any(
        stage["received"] > stage.get("written", 0) for stage in report["stages"]
        if stage["role"] == "sink")
    if lost != bool(report["failures"]):
        faults.append(f"events lost: {lost}, failures: {report['failures']}")


def check_summary(full, leavings, said):
    """Without a report the summary says how many records there are."""
    faults = []
    names = {"copy": leavings.lines, **({"audit": leavings.audit} if full.has_both else {})}
    for name, records in names.items():
        line = next((line for line in said.splitlines() if line.strip().startswith(f"{name}.")), "")
        if f": {len(records or [])} written" not in line and (records or "written" in line):
            faults.append(f"the summary says {line.strip()!r}, the file has {len(records or [])}")
    return faults


def trial(number, met):
    def body(folder, draw):
        full = Full(draw, number)
        with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
            json.dump(full.configuration(), file, indent=1)
        runs = os.path.join(folder, "runs")
        if full.kind == "limit":
            code = run_limited(full, folder)
            faults = check(full, folder, code, met)
        else:
            with small_disk(runs, 4 * KIBI * KIBI):
                code = run_on_small_disk(full, folder, runs)
                faults = check(full, folder, code, met)
                if faults:
                    subprocess.run(["cp", "-r", runs, os.path.join(folder, "kept")], check=False)
        return [f"({full}) {fault}" for fault in faults]
    return f"full-{number}", body


def existing_trial(layout, more):
    """An audit that is whole, in some layout, and can't grow by more than a few bytes."""
    def body(folder, _):
        path = put(folder, LAYOUTS[layout])
        write(folder, pipeline(sinks={"audit": audit("audit.json")}))
        full = argparse.Namespace(room=len(LAYOUTS[layout]) + more, returns=False)
        code = run_limited(full, folder)
        said = read(os.path.join(folder, "out")) + read(os.path.join(folder, "err"))
        faults = expect(path, OWN, max(0, records(path) - len(OWN)))
        if code != 1 or "audit.json" not in said:
            faults.append(f"exit code {code}, said {said[-300:]}")
        return faults
    return body


def records(path):
    try:
        return len(json.loads(read(path)))
    except ValueError:
        return 0


def existing_trials(is_short):
    for layout in LAYOUTS:
        for more in range(-2, 5, 3 if is_short else 1):
            yield f"existing-{layout}-{more}", existing_trial(layout, more)


LAYOUTS = {"compact": COMPACT, "blanks": COMPACT + b"\n" * 9, "own": whole(2)}


def main():
    trials = Trials(__doc__, count=50, short=4)
    if not can_mount():
        print("not root: no small disks are mounted, limits alone are tried")
    met = collections.Counter()
    try:
        trials.run([trial(number, met) for number in range(trials.count)]
                   + list(existing_trials(trials.is_short)))
    finally:
        print("disks met:", ", ".join(f"{met[what]} {what}" for what in sorted(met)))


if __name__ == "__main__":
    sys.exit(main())
