#!/usr/bin/env python3
"""Stops runs at random moments: afterwards every effect has its record, and all sums agree."""

import collections
import json
import os
import queue
import re
import shutil
import signal
import sys
import tempfile
import time

from support.leavings import Leavings
from support.program import Program
from support.sandbox import Sandbox, event_id
from support.trials import Trials

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
WAYS = ["signal", "deadline", "signal", "two", "three", "deadline-and-signal"]

# What a stage behind the injector still held.
LATER = re.compile(r"(correlators|sinks)\.")

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


class Stop:
    """One stop of one run: how and when, drawn at random."""

    def __init__(self, draw, number):
        self.way = WAYS[number % len(WAYS)]
        self.injector = ["genesys-events", "genesys-workspace"][(number + number // len(WAYS)) % 2]
        self.signals = [draw.choice(SIGNALS) for _ in range(3)]
        self.drain = draw.choice([0.2, 0.5, 1.0, 2.0])
        # While it opens, while it runs, while it drains or finishes by itself.
        phase = draw.choice(["opening", "running", "ending"])
        self.is_endless = phase != "ending"
        self.moment = draw.uniform(0.03, 0.25) if phase == "opening" else draw.uniform(0.2, 1.6)
        self.deadline = max(0.02, self.moment - 0.05) if "deadline" in self.way else None
        self.pauses = [draw.uniform(0, self.drain), draw.uniform(0, 0.4)]
        self.attempts = draw.choice([1, 2, 4])
        self.base = draw.choice(["20ms", "200ms", "2s"])
        self.size = draw.choice([1, 7, 100])
        self.agents = draw.choice([4, 16, 60])
        self.dwell = draw.choice(["2ms", "10ms", "40ms"])
        self.has_threshold = draw.random() < 0.3

    def configuration(self, url):
        is_events = self.injector == "genesys-events"
        machine = "genesys-cloud" if is_events else "agent-desktop"
        run = {"seed": 7, "drain": f"{round(self.drain * 1000)}ms"}
        if self.deadline:
            run["deadline"] = f"{round(self.deadline * 1000)}ms"
        return {
            "name": "stops", "run": run,
            "connections": {"genesys": {
                "type": "genesys-cloud", "region": url, "timeout": "1s",
                "client_id": "sandbox", "client_secret": "${CLIENT_SECRET}",
                "retry": {"base": "50ms"}}},
            "sources": {"desk": {
                "type": "scenario", "agents": self.agents, "dwell": self.dwell,
                "interactions_per_agent": 100_000 if self.is_endless else 3,
                "machine": machine}},
            "validators": {"schema": {
                "type": "interaction-event", "inputs": ["desk"], "machine": machine}},
            "injectors": {"inject": {
                "type": self.injector, "inputs": ["schema"], "connection": "genesys",
                "events_per_request": self.size,
                "retry": {"attempts": self.attempts, "base": self.base}}},
            "correlators": {"states": {
                "type": "state-machine", "inputs": ["inject", "inject.failed"],
                "machine": machine}},
            "sinks": {
                "audit": {"type": "audit-json", "inputs": ["states", "schema.rejected"]},
                "copy": {"type": "jsonl", "inputs": ["states", "schema.rejected"]}},
            "thresholds": (
                {"injection.success_rate": ">= 0.9999"} if self.has_threshold else {})}

    def limit(self):
        """In seconds from the last signal, or from the deadline."""
        return {"two": 1.2, "three": 0.3}.get(self.way, self.drain + 2)

    def apply(self, program):
        """Stops the program; gives its code, and what took too long."""
        if self.way == "deadline":
            since = program.started + self.deadline + 0.1
            return program.ends_by(self.limit(), since)
        self.sleep_until(program, program.started + self.moment)
        since = program.send(self.signals[0])
        for pause in self.pauses[: {"two": 1, "three": 2}.get(self.way, 0)]:
            self.sleep_until(program, since + pause)
            since = program.send(self.signals[1])
        return program.ends_by(self.limit(), since)

    @staticmethod
    def sleep_until(program, moment):
        while program.process.poll() is None and time.monotonic() < moment:
            time.sleep(min(0.005, max(0, moment - time.monotonic())))

    def __str__(self):
        return f"{self.way}, {self.injector}, at {self.moment:.3f} s, drain {self.drain} s"


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


def compare(leavings, effects):
    """Every effect has its record, every accepted record its effect."""
    outcomes = {record["sequence_id"]: record for record in leavings.audit or []}
    lines = {json.loads(line)["sequence_id"]: line for line in leavings.lines or []}
    steps = {}
    for sequence, line in lines.items():
        for step in range(4):
            steps[event_id(line, step)] = sequence
    strays = [id for id in effects.event_ids if id not in steps]
    if strays:
        leavings.faults.append(
            f"{len(strays)} effects of the injection API without a line, such as {strays[0]}")
    happened = effects.sequences | {steps[id] for id in effects.event_ids if id in steps}
    for sequence in sorted(happened):
        record = outcomes.get(sequence)
        if record is None:
            leavings.faults.append(f"an effect without a record: {sequence}")
        elif record["outcome"] not in ("accepted", "unknown") and not is_partial(record):
            leavings.faults.append(
                f"an effect of an event that the audit calls {record['outcome']}: {sequence},"
                f" {record['reason']}")
    for sequence, record in outcomes.items():
        # What isn't sent, since the platform has no words for it, has no latency.
        was_sent = record["outcome"] == "accepted" and record["latency_ms"] is not None
        if was_sent and sequence in lines and sequence not in happened:
            leavings.faults.append(f"accepted without an effect: {sequence}")
    if leavings.report and not any(LATER.match(line) for line in leavings.report["leftovers"]):
        compare_records(leavings, outcomes, lines)


def compare_records(leavings, outcomes, lines):
    """Where nothing was left behind the injector, both files hold all that it judged."""
    if set(outcomes) != set(lines):
        leavings.faults.append(
            f"the audit and the lines differ in {len(set(outcomes) ^ set(lines))} records")
    for outcome in ("accepted", "failed", "unknown"):
        said = leavings.report["injection"][outcome]
        found = sum(record["outcome"] == outcome for record in outcomes.values())
        if said != found:
            leavings.faults.append(f"{said} {outcome} in the report, {found} in the audit")


def is_partial(record):
    """Whether the record says that a part of the event took effect."""
    return "platform events accepted, then" in (record["reason"] or "")


def main():
    trials = Trials(__doc__, count=300, short=8)
    folder = tempfile.mkdtemp(prefix="patchbay-sandboxes-")
    sandboxes = queue.Queue()
    met = collections.Counter()
    opened = [
        Sandbox(os.path.join(folder, str(job)), SANDBOX) for job in range(trials.options.jobs)]
    for sandbox in opened:
        sandboxes.put(sandbox)

    def trial(number):
        def body(folder, draw):
            stop = Stop(draw, number)
            sandbox = sandboxes.get()
            try:
                sandbox.ask("/sandbox/state", "DELETE")
                with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
                    json.dump(stop.configuration(sandbox.url), file, indent=1)
                with Program(["run"], folder, {"CLIENT_SECRET": "sandbox"}) as program:
                    code, late = stop.apply(program)
                faults = check(stop, code, folder, sandbox, met)
                return [f"({stop}) {fault}" for fault in ([late] if late else []) + faults]
            finally:
                sandboxes.put(sandbox)
        return f"stop-{number}", body

    try:
        trials.run([trial(number) for number in range(trials.count)])
    finally:
        for sandbox in opened:
            sandbox.__exit__()
        shutil.rmtree(folder, ignore_errors=True)
        print("stops met:", ", ".join(f"{met[what]} {what}" for what in sorted(met)))


if __name__ == "__main__":
    sys.exit(main())
