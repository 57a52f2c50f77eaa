"""Audits that are there already, on a disk without room for a record more."""

import json
import os

from support.audits import COMPACT, OWN, expect, put, whole
from support.configurations import audit, pipeline, write
from support.disks import run_limited
from support.program import read

LAYOUTS = {"compact": COMPACT, "blanks": COMPACT + b"\n" * 9, "own": whole(2)}


def existing_trial(layout, more):
    """An audit that is whole, in some layout, and can't grow by more than a few bytes."""
    def body(folder, _):
        path = put(folder, LAYOUTS[layout])
        write(folder, pipeline(sinks={"audit": audit("audit.json")}))
        code = run_limited(folder, len(LAYOUTS[layout]) + more)
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
    """(name, function) pairs."""
    for layout in LAYOUTS:
        for more in range(-3, 5, 3 if is_short else 1):
            yield f"existing-{layout}-{more}", existing_trial(layout, more)
