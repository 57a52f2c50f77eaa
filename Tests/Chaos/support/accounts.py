"""What the sandbox says that happened, against what the run wrote down."""

import json
import re

from support.sandbox import event_id

# What a stage behind the injector still held.
LATER = re.compile(r"(correlators|sinks)\.")


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
