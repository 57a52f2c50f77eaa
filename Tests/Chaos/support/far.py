"""A sink's program whose target comes and goes: live, dead, mute or choosy, as a file says."""

import json
import os
import sys
import time


def mode(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return "dead"


def main(state, out):
    read = sys.stdin.readline
    json.loads(read())
    if mode(state) == "dead":
        sys.exit("nobody there")
    say({"patchbay": 1})
    with open(out, "a", encoding="utf-8") as file:
        while head := read():
            head = json.loads(head)
            ids = [json.loads(read())["sequence_id"] for _ in range(head["count"])]
            current = mode(state)
            if current == "dead":
                sys.exit("gone")
            if current == "mute":
                while mode(state) == "mute":
                    time.sleep(0.02)
                sys.exit("woken")
            left = [index for index in range(len(ids)) if index % 3 == 1] if current == "choosy" else []
            for index, name in enumerate(ids):
                if index not in left:
                    file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
            answer = {"ack": head["batch"]}
            if left:
                answer.update(undelivered=left, reason="not those")
            say(answer)


def say(answer):
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
