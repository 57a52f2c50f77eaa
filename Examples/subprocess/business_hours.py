#!/usr/bin/env python3
"""A validator in another language: turns away events outside business hours.

    business_hours.py FIRST LAST     hours of the day, UTC: 8 17 accepts 08:00 to 17:59

Speaks version 1 of the protocol in docs/subprocess-stages.md.
"""
import json
import sys


def say(message):
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main(first, last):
    lines = sys.stdin.buffer
    hello = json.loads(lines.readline())
    if hello["patchbay"] != 1 or hello["role"] != "validator":
        sys.exit(f"business_hours.py is a validator for version 1 of the protocol, not {hello}")
    say({"patchbay": 1})
    for head in lines:
        batch = json.loads(head)
        rejected = []
        for index in range(batch["count"]):
            time = json.loads(lines.readline()).get("timestamp", "")
            if time[11:13].isdigit() and not first <= int(time[11:13]) <= last:
                reason = f"happened at {time[11:16]} UTC, outside {first:02}:00 to {last:02}:59"
                rejected.append({"index": index, "code": "hours.closed", "reason": reason})
        say({"ack": batch["batch"], "rejected": rejected})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(int(sys.argv[1]), int(sys.argv[2]))
