#!/usr/bin/env python3
"""A sink in another language: appends events to a CSV file.

    csv_sink.py FILE

Speaks version 1 of the protocol in docs/subprocess-stages.md: a greeting, then for each batch a
line with its number and how many events follow. It answers when the events are on the disk.
"""
import csv
import json
import os
import sys

COLUMNS = ["sequence_id", "timestamp", "agent_id", "interaction_id", "state", "event_type"]


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(path):
    lines = sys.stdin.buffer
    hello = json.loads(lines.readline())
    if hello["patchbay"] != 1 or hello["role"] != "sink":
        sys.exit(f"csv_sink.py is a sink for version 1 of the protocol, not {hello}")
    with open(path, "a", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        if file.tell() == 0:
            table.writerow(COLUMNS)
        say({"patchbay": 1})
        for head in lines:
            batch = json.loads(head)
            for _ in range(batch["count"]):
                event = json.loads(lines.readline())
                table.writerow([event.get(column, "") for column in COLUMNS])
            file.flush()
            if os.path.isfile(path):  # /dev/null has no disk
                os.fsync(file.fileno())
            say({"ack": batch["batch"]})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
