"""A sink's program that says what it was given, on standard error and in its answers."""
import json
import os
import sys

print("given", os.environ["API_KEY"], "\x1b[31m", sys.argv, file=sys.stderr, flush=True)
sys.stdin.readline()
print('{"patchbay":1}', flush=True)
while head := sys.stdin.readline():
    batch = json.loads(head)
    for _ in range(batch["count"]):
        sys.stdin.readline()
    reason = "because " + os.environ["API_KEY"] + "\nSimulation complete."
    print(json.dumps({
        "ack": batch["batch"],
        "rejected": [{"index": 0, "code": "x", "reason": reason}]}), flush=True)
