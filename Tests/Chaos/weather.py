#!/usr/bin/env python3
"""Runs under a clock that is stepped by hours, a slow disk, and a disk that fails once; some are killed, too.
Gone on with in good weather, no event is lost, none is there twice, every log is valid, and no time is longer
than the run was."""

import collections
import os
import shutil
import signal
import sys
import time

from kills import SANDBOX, SECRET, Kills, check, complete
from support import program
from support.configurations import write
from support.program import Program
from support.resumed import newest, records, verify
from support.sandbox import Sandboxes
from support.trials import Trials
from support.weather import build, variables

KINDS = ["clock", "slow", "failing", "all"]


class Weather:
    """What the weather is, and whether the run is killed in it."""

    def __init__(self, draw, number):
        self.kind = KINDS[number % len(KINDS)]
        self.moment = draw.choice([None, draw.uniform(0.1, 1.0)])
        self.seed = draw.getrandbits(48)
        self.parts = {}
        if self.kind in ("clock", "all"):
            self.parts["step"] = draw.choice([7, 50, 200])
        if self.kind in ("slow", "all"):
            self.parts["slow"] = draw.choice([2_000, 40_000])
        if self.kind in ("failing", "all"):
            self.parts["fail"] = draw.choice([draw.randint(1, 60), draw.randint(60, 2_000)])

    def __str__(self):
        return f"{self.kind} {self.parts}, killed at {self.moment}"


def trial(number, sandboxes, library, met):
    def body(folder, draw):
        kills = Kills(draw, number)
        weather = Weather(draw, number)
        kills.agents, kills.moments = draw.choice([2, 10]), []
        with sandboxes.lend() as sandbox:
            write(folder, kills.configuration(sandbox.url))
            began = time.monotonic()
            faults = run_in(weather, folder, library, met)
            if not is_done(folder):
                code, said = complete_anew(folder, met)
                if code != 0:
                    faults.append(f"exit code {code} in good weather: {said[-600:]}")
            if not faults:
                faults += check(kills, folder, sandbox, met)
                faults += check_times(folder, time.monotonic() - began)
            return [f"({weather}; {kills}) {fault}" for fault in faults]
    return f"weather-{number}", body


def run_in(weather, folder, library, met):
    """Runs it in that weather: to its end, to its failure, or until it is killed."""
    with Program(
            ["run"], folder, {**SECRET, **variables(library, weather.seed, **weather.parts)}) as process:
        code = process.wait(weather.moment or program.LONGEST)
        if code is None and weather.moment is None:
            return [f"it hangs: {process.said()[-400:]}"]
        if code is None:
            process.send(signal.SIGKILL)
            process.wait()
            met[f"{weather.kind}: killed"] += 1
        else:
            met[f"{weather.kind}: exit {code}"] += 1
        said = process.said()
    faults = []
    if code not in (None, 0) and not (
            "fail" in weather.parts and code in (1, 66, 75) and "Input/output error" in said):
        faults.append(f"exit code {code}: {said[-500:]}")
    run = newest(folder)
    if run and os.path.exists(os.path.join(run, "audit", "checkpoint")):
        verdict, lines = verify(run)
        if verdict not in (0, 75):
            faults.append(f"`audit verify` says {verdict}: {lines[-500:]}")
    return faults


def is_done(folder):
    run = newest(folder)
    return run and os.path.exists(os.path.join(run, "report.json")) and not os.path.exists(
        os.path.join(run, "journal"))


def complete_anew(folder, met):
    """Goes on with the run, or begins it anew if it failed before its journal was there."""
    run = newest(folder)
    if run and not os.path.exists(os.path.join(run, "journal")):
        met["never began"] += 1
        shutil.rmtree(run)
    return complete(folder, met)


def check_times(folder, seconds):
    """Latencies are measured by a clock that nobody steps, and what is logged never goes back."""
    faults = []
    events, _ = records(newest(folder))
    for name in ("latency_ms", "wire_ms", "queue_ms", "rate_limit_ms", "backoff_ms"):
        times = [event[name] for event in events if name in event]
        if times and not 0 <= min(times) <= max(times) <= seconds * 1_000:
            faults.append(f"{name} from {min(times)} to {max(times)} in a run of {seconds:.1f} s")
    return faults


def main():
    trials = Trials(__doc__, count=100, short=4)
    met = collections.Counter()
    library = build(trials.kept)
    with Sandboxes(trials.options.jobs, SANDBOX) as sandboxes:
        try:
            trials.run([trial(number, sandboxes, library, met) for number in range(trials.count)])
        finally:
            print("weather met:", ", ".join(f"{met[what]} {what}" for what in sorted(met)))


if __name__ == "__main__":
    sys.exit(main())
