#!/usr/bin/env python3
"""Stops runs at random moments: afterwards every effect has its record, and all sums agree."""

import collections
import os
import sys

from support.accounts import compare
from support.configurations import write
from support.leavings import Leavings
from support.program import Program
from support.sandbox import Sandboxes
from support.stop import Stop
from support.trials import Trials

# One request in five meets a fault.
FAULTS = {
    name: 0.02 for name in (
        "rate_limited", "server_error", "unavailable", "gateway_timeout", "dropped_before",
        "dropped", "malformed", "slow", "token_expired", "token_revoked")}
SANDBOX = {
    "rate_limit": "off", "journal": 1_000_000,
    "faults": {
        **FAULTS, "slow_body": "700ms", "retry_after": "1s",
        "latency": {"exponential": {"mean": "8ms"}}}}


def check(stop, code, folder, sandbox, met):
    """All that has to hold after a stop; `met` counts what the stops met with."""
    leavings = Leavings.of_newest(os.path.join(folder, "runs"))
    faults = leavings.faults
    effects = sandbox.settled_effects()
    note(leavings, effects, code, met)
    if leavings.folder is None:
        # It hadn't begun yet, not even to listen to signals.
        if effects.sequences or effects.event_ids:
            faults.append("there are effects and no folder of the run")
        if code not in (130, 1, -stop.signals[0]):
            faults.append(f"exit code {code} without a folder")
        return faults
    if leavings.report is None:
        if stop.way not in ("two", "three"):
            faults.append(f"exit code {code} without a report")
        elif code != 130:
            faults.append(f"exit code {code}, expected 130")
    else:
        leavings.check_sums()
        expected = leavings.expected_code()
        if code != expected or leavings.report["exit_code"] != expected:
            faults.append(
                f"exit code {code}, expected {expected}; failures:"
                f" {leavings.report['failures']}")
    before = len(faults)
    compare(leavings, effects)
    if stop.way == "three":
        # A third signal ends it at once: what is under way then can't be told.
        met["beyond telling after a third signal"] += len(faults) - before
        del faults[before:]
    return faults


def note(leavings, effects, code, met):
    """Shows that the moments are spread, and that there was something to lose."""
    report = leavings.report
    met[f"exit {code}"] += 1
    met["effects"] += len(effects.sequences) + len(effects.event_ids)
    met["before its folder was made"] += leavings.folder is None
    met["without a report"] += leavings.folder is not None and report is None
    if report:
        met["before the first event"] += report["events"]["emitted"] == 0
        met["with events abandoned"] += report["events"]["abandoned"] > 0
        met["with unknown fates"] += report["injection"]["unknown"] > 0
        met["completed first"] += report["run"]["ending"] == "completed"


def main():
    trials = Trials(__doc__, count=300, short=8)
    met = collections.Counter()

    def trial(number):
        def body(folder, draw):
            stop = Stop(draw, number)
            with sandboxes.lend() as sandbox:
                write(folder, stop.configuration(sandbox.url))
                with Program(["run"], folder, {"CLIENT_SECRET": "sandbox"}) as program:
                    code, late = stop.apply(program)
                faults = check(stop, code, folder, sandbox, met)
                return [f"({stop}) {fault}" for fault in ([late] if late else []) + faults]
        return f"stop-{number}", body

    with Sandboxes(trials.options.jobs, SANDBOX) as sandboxes:
        try:
            trials.run([trial(number) for number in range(trials.count)])
        finally:
            print("stops met:", ", ".join(f"{met[what]} {what}" for what in sorted(met)))


if __name__ == "__main__":
    sys.exit(main())
