#!/usr/bin/env python3
"""Kills runs at random moments and goes on with each: no event lost, none twice, every log valid."""

import collections
import json
import os
import shutil
import signal
import sys

from support import program
from support.configurations import write
from support.leavings import Leavings
from support.program import Program
from support.resumed import check_once, newest, records, resume, verify
from support.sandbox import Sandboxes, event_id
from support.trials import Trials

SANDBOX = {
    "rate_limit": "off", "journal": 1_000_000,
    "faults": {"dropped": 0.01, "unavailable": 0.01, "latency": {"exponential": {"mean": "4ms"}}}}
STEPS = 6
SECRET = {"CLIENT_SECRET": "sandbox"}


class Kills:
    """What is run, and when it is killed."""

    def __init__(self, draw, number):
        self.injector = ["genesys-workspace", "genesys-events"][number % 2]
        self.agents = draw.choice([2, 10, 40])
        self.interactions = draw.choice([2, 5])
        self.dwell = draw.choice(["1ms", "10ms", "30ms"])
        self.size = draw.choice([1, 20])
        self.seal_records = draw.choice([1, 50, 10_000])
        self.moments = [draw.uniform(0.02, 1.0) for _ in range(draw.choice([1, 1, 2, 4]))]

    def configuration(self, url):
        is_events = self.injector == "genesys-events"
        machine = "genesys-cloud" if is_events else "agent-desktop"
        return {
            "name": "kills", "run": {"seed": 7, "journal": True},
            "connections": {"genesys": {
                "type": "genesys-cloud", "region": url, "timeout": "1s",
                "client_id": "sandbox", "client_secret": "${CLIENT_SECRET}"}},
            "sources": {"desk": {
                "type": "scenario", "agents": self.agents, "dwell": self.dwell,
                "interactions_per_agent": self.interactions, "machine": machine}},
            "validators": {"schema": {
                "type": "interaction-event", "inputs": ["desk"], "machine": machine}},
            "injectors": {"inject": {
                "type": self.injector, "inputs": ["schema"], "connection": "genesys",
                "events_per_request": self.size,
                "retry": {"attempts": 6, "base": "20ms"}}},
            "correlators": {"states": {
                "type": "state-machine", "inputs": ["inject", "inject.failed"],
                "machine": machine}},
            "sinks": {
                "audit": {
                    "type": "audit-log", "inputs": ["states", "schema.rejected"],
                    "seal_records": self.seal_records, "seal_time": "20ms"},
                "copy": {"type": "jsonl", "inputs": ["states", "schema.rejected"]}}}

    def __str__(self):
        moments = ", ".join(f"{moment:.3f}" for moment in self.moments)
        return f"{self.injector}, {self.agents} x {self.interactions}, killed at {moments} s"


def run_killed(kills, folder, met):
    """Runs it, killed at each of its moments; gives faults, and whether it had ended before the last."""
    faults = []
    for moment in kills.moments:
        run = newest(folder)
        with Program(resume(run, folder), folder, SECRET) as process:
            code = process.wait(moment)
            if code == 66 and has_nothing_to_go_on_with(run, process.said(), met):
                if not os.path.exists(run):
                    continue
                return [], True
            if code is not None:
                met["ended first"] += 1
                return ([] if code == 0 else [f"exit code {code}: {process.said()[-400:]}"]), True
            process.send(signal.SIGKILL)
            process.wait()
        met["kills"] += 1
        run = newest(folder)
        if run is None or not os.path.exists(os.path.join(run, "audit", "checkpoint")):
            met["kills before a log"] += 1
            continue
        code, said = verify(run)
        # One that was killed behind its last record is closed.
        if code not in (75, 0):
            faults.append(f"after a kill `audit verify` says {code}: {said[-600:]}")
    return faults, False


def has_nothing_to_go_on_with(run, said, met):
    """Whether it was killed behind its last word, or before its first: then the folder is removed."""
    if "no journal" not in said:
        return False
    met["kills without a journal"] += 1
    if not os.path.exists(os.path.join(run, "report.json")):
        shutil.rmtree(run)
    return True


def check(kills, folder, sandbox, met):
    run = newest(folder)
    faults = []
    code, said = verify(run)
    if code != 0:
        faults.append(f"at the end `audit verify` says {code}: {said[-600:]}")
    if os.path.exists(os.path.join(run, "journal")):
        faults.append("the journal is still there")
    events, marks = records(run)
    met["log.recover"] += sum(mark["type"] == "log.recover" for mark in marks)
    leavings = Leavings(run)
    count = leavings.report["events"]["emitted"]
    met["events"] += count
    if kills.injector == "genesys-workspace" and count != kills.agents * kills.interactions * STEPS:
        faults.append(f"{count} emitted")
    faults += check_once("audit", [record["sequence_id"] for record in events], count)
    lines = {json.loads(line)["sequence_id"]: line for line in leavings.lines}
    faults += check_once(
        "copy", [json.loads(line)["sequence_id"] for line in leavings.lines], count)
    accepted = {record["sequence_id"] for record in events if record["outcome"] == "accepted"}
    if leavings.report["injection"]["accepted"] != len(accepted):
        faults.append("report and audit count other events as accepted")
    return faults + leavings.faults + check_effects(kills, sandbox, accepted, lines)


def check_effects(kills, sandbox, accepted, lines):
    """What was accepted took effect, once; nothing else did."""
    effects = sandbox.settled_effects()
    state = sandbox.ask("/sandbox/state?events=true")
    twice = [name for name, event in state["events"].items() if event["effects"] > 1]
    faults = [f"{len(twice)} effects doubled, such as {twice[0]}"] if twice else []
    if kills.injector == "genesys-workspace":
        if effects.sequences != accepted:
            faults.append(
                f"{len(effects.sequences - accepted)} effects without a record,"
                f" {len(accepted - effects.sequences)} records without an effect")
        return faults
    steps = {event_id(line, step) for line in lines.values() for step in range(4)}
    strays = effects.event_ids - steps
    if strays:
        faults.append(f"{len(strays)} effects without a line, such as {min(strays)}")
    return faults


def trial(number, sandboxes, met):
    def body(folder, draw):
        kills = Kills(draw, number)
        with sandboxes.lend() as sandbox:
            write(folder, kills.configuration(sandbox.url))
            faults, has_ended = run_killed(kills, folder, met)
            code, said = (0, "") if has_ended else complete(folder, met)
            if code == 0:
                faults += check(kills, folder, sandbox, met)
            else:
                faults.append(f"exit code {code} at the end: {said[-600:]}")
            return [f"({kills}) {fault}" for fault in faults]
    return f"kill-{number}", body


def complete(folder, met):
    """Goes on with the run to its end, or begins it anew if nothing of it had begun."""
    run = newest(folder)
    code, said = program.run(resume(run, folder), folder, SECRET)
    if code == 66 and has_nothing_to_go_on_with(run, said, met):
        if os.path.exists(run):
            return 0, said
        code, said = program.run(["run"], folder, SECRET)
    return code, said


def main():
    trials = Trials(__doc__, count=200, short=6)
    met = collections.Counter()
    with Sandboxes(trials.options.jobs, SANDBOX) as sandboxes:
        try:
            trials.run([trial(number, sandboxes, met) for number in range(trials.count)])
        finally:
            print("kills met:", ", ".join(f"{met[what]} {what}" for what in sorted(met)))


if __name__ == "__main__":
    sys.exit(main())
