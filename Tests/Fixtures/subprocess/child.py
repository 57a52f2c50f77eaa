"""A program for the tests of the subprocess stages, which does one thing wrong.

    child.py MODE FOLDER

Writes the ids of the events of a batch to FOLDER/answered, for good, before it answers the batch,
and a line to FOLDER/starts at each start. What it does wrong it mostly does at its first start.
"""
import json
import os
import signal
import subprocess
import sys
import time

mode, folder = sys.argv[1], sys.argv[2]
lines = sys.stdin.buffer


def say(message):
    sys.stdout.write(message if isinstance(message, str) else json.dumps(message) + "\n")
    sys.stdout.flush()


def note(name, texts):
    with open(f"{folder}/{name}", "a", encoding="utf-8") as file:
        file.write("".join(text + "\n" for text in texts))
        file.flush()
        os.fsync(file.fileno())


def starts():
    with open(f"{folder}/starts", encoding="utf-8") as file:
        return len(file.readlines())


def hang():
    """Does nothing more, like whatever it has started; tells that by the pipe, if there is one."""
    if not os.path.exists(f"{folder}/life"):
        time.sleep(600)
    life = os.open(f"{folder}/life", os.O_WRONLY)
    os.set_inheritable(life, True)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for own_session in (False, True):
        subprocess.Popen(
            ["sh", "-c", "trap '' TERM; sleep 600"], start_new_session=own_session,
            close_fds=False)
    os.write(life, b"x")
    time.sleep(600)


note("starts", [str(os.getpid())])
first = starts() == 1

if mode == "exits-at-once":
    sys.exit(3)
if mode == "complains":
    sys.exit("there is no configuration\n")
if mode == "never-greets":
    hang()
hello = json.loads(lines.readline())
note("hello", [json.dumps(hello)])
if mode == "speaks-version-2":
    say({"patchbay": 2})
elif mode == "no-greeting":
    say({"ack": 1})
else:
    say({"patchbay": 1})
if mode == "exits-after-greeting":
    sys.exit(0)
if mode == "ignores-terminate":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if mode == "floods":
    for number in range(20_000):
        sys.stderr.write(f"line {number} \x1b[31m of a flood\n")
    sys.stderr.flush()
if mode == "shows-environment":
    note("environment", [f"{name}={value}" for name, value in sorted(os.environ.items())])

taken = 0
for head in lines:
    batch = json.loads(head)
    events = [json.loads(lines.readline()) for _ in range(batch["count"])]
    taken += 1
    number, count = batch["batch"], batch["count"]
    ids = [event["sequence_id"] for event in events]
    answer = {"ack": number}
    if first and taken == 3:
        if mode == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if mode in ("hangs", "ignores-terminate"):
            hang()
        if mode == "garbage":
            say("Traceback (most recent call last): \x1b[31m\n")
            time.sleep(600)
        if mode == "closes-output":
            os.close(1)
            time.sleep(600)
        if mode == "half-a-line":
            say('{"ac')
            os.kill(os.getpid(), signal.SIGKILL)
        if mode == "exits":
            sys.exit(0)
        if mode == "answers-strangers":
            answer = {"ack": 99}
        if mode == "names-strangers":
            answer = {"ack": number, "rejected": [{"index": count, "reason": "it is bad"}]}
        if mode == "misspells":
            answer = {"ack": number, "regected": []}
        if mode == "huge-line":
            say("x" * 9_000_000 + "\n")
    if mode == "always-killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if mode == "killed-for-good" and taken == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if mode == "fails-once" and first and taken == 3:
        answer["error"] = "the disk is full"
        first, ids = False, []
    if mode == "always-fails":
        answer["error"] = "the disk is full"
        ids = []
    if mode == "takes-half" and count > 1:
        answer["undelivered"] = list(range(count // 2, count))
        answer["reason"] = "only so many fit"
        ids = ids[: count // 2]
    if mode == "refuses":
        bad = [index for index in range(count) if ids[index].endswith("7")]
        answer["rejected"] = [
            {"index": index, "code": "seven", "reason": f"{ids[index]} ends in 7"} for index in bad
        ]
        ids = [ids[index] for index in range(count) if index not in bad]
    note("answered", ids)
    say(answer)
    if mode == "answers-twice" and first and taken == 3:
        say(answer)
if mode == "never-ends":
    hang()
if mode == "ends-badly":
    sys.exit(4)
