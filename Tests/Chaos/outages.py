#!/usr/bin/env python3
"""A sink with a spool whose target comes and goes, in runs that are killed and gone on with: in the end the
target has every event, and no run waited for it."""

import collections
import glob
import json
import os
import signal

from support import program
from support.configurations import write
from support.program import Program
from support.resumed import records, verify
from support.trials import Trials

FAR = os.path.join(os.path.dirname(os.path.abspath(__file__)), "support", "far.py")
MODES = ["live", "dead", "mute", "choosy"]
# What may be under way when a run is killed: a window of batches.
UNDER_WAY = 4 * 256


class Outages:
    """What is run, what becomes of each run, and how its target fares meanwhile."""

    def __init__(self, draw):
        self.agents = draw.choice([5, 40])
        self.dwell = draw.choice(["1ms", "5ms"])
        self.runs = [
            {
                "end": draw.choice(["by itself", "by itself", "killed", "stopped"]),
                "moment": draw.uniform(0.05, 0.8),
                "modes": [draw.choice(MODES) for _ in range(draw.choice([1, 3]))],
            } for _ in range(draw.choice([2, 4]))]

    def configuration(self, folder, patience="300ms"):
        far = ["python3", FAR, os.path.join(folder, "mode"), os.path.join(folder, "far")]
        buffer = {"spool": {"bytes": "64MiB", "age": "1d"}}
        return {
            "name": "outages", "run": {"seed": 7, "journal": True, "drain": patience},
            "sources": {"desk": {
                "type": "scenario", "agents": self.agents, "dwell": self.dwell,
                "interactions_per_agent": 3}},
            "validators": {"schema": {"type": "interaction-event", "inputs": ["desk"]}},
            "sinks": {
                "audit": {
                    "type": "audit-log", "inputs": ["schema", "schema.rejected"],
                    "seal_time": "20ms"},
                "far": {
                    "type": "subprocess", "inputs": ["schema", "schema.rejected"],
                    "command": far, "grace": "100ms", "restarts": 3,
                    "buffer": buffer}}}


def set_mode(folder, mode):
    draft = os.path.join(folder, "mode.new")
    with open(draft, "w", encoding="utf-8") as file:
        file.write(mode)
    os.rename(draft, os.path.join(folder, "mode"))


def run(step, arguments, folder):
    """Runs it as one step of the trial says; gives its exit code, or None if it was killed."""
    with Program(arguments, folder) as process:
        if step is None:
            return process.wait(program.LONGEST), process.said()
        pause = step["moment"] / len(step["modes"])
        for mode in step["modes"]:
            set_mode(folder, mode)
            code = process.wait(pause)
            if code is not None:
                return code, process.said()
        if step["end"] == "killed":
            process.send(signal.SIGKILL)
            process.wait(program.LONGEST)
            return None, process.said()
        if step["end"] == "stopped":
            process.send(signal.SIGTERM)
        return process.wait(program.LONGEST), process.said()


def trial(folder, draw):
    outages = Outages(draw)
    write(folder, outages.configuration(folder))
    faults = []
    # Whatever ends the trying with a batch under way: a kill, or a program that took too long.
    breaks = 0
    for step in outages.runs:
        known = set(glob.glob(os.path.join(folder, "runs", "*-*-*")))
        code, said = run(step, ["run"], folder)
        made = set(glob.glob(os.path.join(folder, "runs", "*-*-*"))) - known
        if code in (None, -signal.SIGTERM):
            # A signal before it had got so far as to heed one is a kill.
            breaks += 1
        elif code == 1 and "did not end within" in said:
            # A busy machine gave the program no tenth of a second to end in; that is told, and no event's loss.
            pass
        elif code not in (0, 130) and not (code in (1, 75) and step["end"] == "stopped"):
            faults.append(f"a run that was to end {step['end']} exited with {code}: {said[-400:]}")
        for path in made:
            if os.path.exists(os.path.join(path, "journal")):
                code, said = run(None, ["run", "--resume", path], folder)
                if code != 0:
                    faults.append(f"going on exited with {code}: {said[-400:]}")
    set_mode(folder, "live")
    # As long as a busy machine may need to start the program.
    write(folder, outages.configuration(folder, patience="30s"))
    code, said = run(None, ["queue", "drain"], folder)
    if code != 0:
        faults.append(f"queue drain exited with {code}: {said[-400:]}")
    return faults + check(folder, breaks + left_behind(folder))


def left_behind(folder):
    """In how many runs the sink was given up."""
    count = 0
    for path in glob.glob(os.path.join(folder, "runs", "*", "report.json")):
        with open(path, encoding="utf-8") as file:
            spools = [stage.get("spool") for stage in json.load(file)["stages"]]
        count += any(spool and spool["waiting"] for spool in spools)
    return count


def check(folder, breaks):
    faults = []
    expected = collections.Counter()
    for path in glob.glob(os.path.join(folder, "runs", "*-*-*")):
        if not os.path.exists(os.path.join(path, "audit", "audit.ndjson")):
            continue
        code, lines = verify(path)
        if code != 0:
            faults.append(f"audit verify exited with {code}: {lines[-300:]}")
        events, _ = records(path)
        expected.update(event["sequence_id"] for event in events)
    doubled = [name for name, count in expected.items() if count > 1]
    if doubled:
        faults.append(f"{len(doubled)} events have more than one record ({doubled[:3]})")
    got = collections.Counter(open(os.path.join(folder, "far"), encoding="utf-8").read().split())
    missing = [name for name in expected if name not in got]
    strange = [name for name in got if name not in expected]
    twice = sum(count - 1 for count in got.values())
    if missing:
        faults.append(f"{len(missing)} of {len(expected)} events never came to the target ({missing[:3]})")
    if strange:
        faults.append(f"{len(strange)} events at the target have no record ({strange[:3]})")
    if twice > breaks * UNDER_WAY:
        faults.append(f"{twice} events came to the target twice, and it was broken off {breaks} times")
    left = glob.glob(os.path.join(folder, "runs", "spool", "outages", "far", "*"))
    if left:
        faults.append(f"the spool isn't empty: {left[:3]}")
    return faults


def main():
    trials = Trials(__doc__, count=60, short=3)
    trials.run([(f"outage-{number}", trial) for number in range(trials.count)])


if __name__ == "__main__":
    main()
