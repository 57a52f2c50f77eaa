#!/usr/bin/env python3
"""Lets the disk fill up under a run, and in half of the trials gives the room back meanwhile."""

import collections
import os
import subprocess
import sys

from support.configurations import write
from support.disks import can_mount, run_limited, run_on_small_disk, small_disk
from support.leavings import Leavings
from support.program import read
from support.tight import existing_trials
from support.trials import Trials


class Full:
    """One disk that is full at some point of a run."""

    def __init__(self, draw, number):
        self.kind = "tmpfs" if number % 2 and can_mount() else "limit"
        returns = number // 2 % 2 == 1
        self.is_fast = not returns and draw.random() < 0.5
        # A run that is over in a moment, or one of about a second and a half.
        self.agents = draw.choice([2, 10, 40, 100])
        self.interactions = draw.choice([1, 4]) if self.is_fast else 3
        events = self.agents * self.interactions * 5
        # Somewhere in the audit, the lines, or the report, which comes last.
        self.room = draw.choice([draw.uniform(0, 0.1), *2 * [draw.uniform(0.1, 1)]]) * events * 330
        self.room = int(max(self.room, 1))
        moment = draw.uniform(0.2, 1.6)
        self.returns_at = moment if returns else None
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
        when = f"more after {self.returns_at:.2f} s" if self.returns_at else "for good"
        return f"{self.kind}, {room}, {when}, {self.agents} x {self.interactions}"


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
        write(folder, full.configuration())
        runs = os.path.join(folder, "runs")
        if full.kind == "limit":
            code = run_limited(folder, full.room, full.returns_at)
            faults = check(full, folder, code, met)
        else:
            with small_disk(runs):
                code = run_on_small_disk(folder, runs, full.room, full.returns_at)
                faults = check(full, folder, code, met)
                if faults:
                    subprocess.run(["cp", "-r", runs, os.path.join(folder, "kept")], check=False)
        return [f"({full}) {fault}" for fault in faults]
    return f"full-{number}", body


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
