"""Runs that are killed and gone on with, and what must hold of them at the end."""

import glob
import json
import os

from support import program


def newest(folder):
    """The folder of the only run; None before it was made."""
    folders = glob.glob(os.path.join(folder, "runs", "*-*-*"))
    return folders[0] if folders else None


def verify(run):
    """What `audit verify` says of a run's log: its code, and its lines."""
    return program.run(["audit", "verify", run], os.path.dirname(run), seconds=30)


def resume(run, folder):
    return ["run", "--resume", run] if run else ["run"]


def records(run):
    """The audit's records of events, and those about the log itself."""
    events, marks = [], []
    with open(os.path.join(run, "audit", "audit.ndjson"), encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            (events if record["type"] == "event" else marks).append(record)
    return events, marks


def check_once(name, ids, count):
    """Every one of so many numbered events is there, once."""
    numbers = sorted(int(id.split("-")[1]) for id in ids)
    if numbers == list(range(count)):
        return []
    missing = sorted(set(range(count)) - set(numbers))
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    return [f"{name}: of {count} events {len(missing)} are missing ({missing[:3]}),"
            f" {len(twice)} are there twice ({twice[:3]})"]
