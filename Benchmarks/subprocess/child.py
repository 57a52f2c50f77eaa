"""Parses every event and answers every batch, as a sink would that then does nothing with them."""
import json
import sys

lines = sys.stdin.buffer
lines.readline()
say, flush = sys.stdout.write, sys.stdout.flush
say('{"patchbay":1}\n')
flush()
for head in lines:
    batch = json.loads(head)
    for _ in range(batch["count"]):
        json.loads(lines.readline())
    say('{"ack":%d}\n' % batch["batch"])
    flush()
