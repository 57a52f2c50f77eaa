"""A program for the tests of the subprocess source, which does one thing in its own way.

    source.py MODE FOLDER

Writes what it is told to FOLDER/told, the ids of the events that it knows to be delivered to
FOLDER/acknowledged, and a line to FOLDER/starts at each start. Sinks of the tests write the ids of
what they take to FOLDER/taken: whatever is said to be delivered must stand there once for each sink,
or FOLDER/faults says so.
"""
import json
import os
import signal
import subprocess
import sys
import time

mode, folder = sys.argv[1], sys.argv[2]
lines = sys.stdin.buffer
BATCHES, SIZE, SINKS = 20, 5, 2


def say(*texts):
    sys.stdout.write("".join(text + "\n" for text in texts))
    sys.stdout.flush()


def note(name, texts):
    with open(f"{folder}/{name}", "a", encoding="utf-8") as file:
        file.write("".join(text + "\n" for text in texts))
        file.flush()


def noted(name):
    try:
        with open(f"{folder}/{name}", encoding="utf-8") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []


def event(name):
    return json.dumps({"sequence_id": name, "timestamp": "2026-01-31T09:30:00Z", "state": "busy"})


def send(number, names):
    under_way[number] = names
    say(json.dumps({"batch": number, "count": len(names)}), *map(event, names))


def hear():
    """Takes one notice; False at the end of the input."""
    line = lines.readline()
    if not line:
        return False
    note("told", [line.decode().strip()])
    told = json.loads(line)
    if "settled" in told:
        names = under_way.pop(told["settled"], None)
        if names is None:
            note("faults", [f"was told twice of batch {told['settled']}"])
            return True
        bad = {index for key in ("rejected", "failed", "abandoned") for index in told.get(key, [])}
        good = [name for index, name in enumerate(names) if index not in bad]
        taken = noted("taken")
        for name in good:
            if taken.count(name) < SINKS:
                note("faults", [f"{name} is told to be delivered, and isn't"])
        note("acknowledged", good)
    return True


def hang():
    """Does nothing more, like whatever it has started; tells that by the pipe, if there is one."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for own_session in (False, True):
        subprocess.Popen(
            ["sh", "-c", "trap '' TERM; sleep 600"], start_new_session=own_session,
            close_fds=False)
    os.write(life, b"x")
    time.sleep(600)


note("starts", [str(os.getpid())])
first = len(noted("starts")) == 1
life = None
if os.path.exists(f"{folder}/life"):
    life = os.open(f"{folder}/life", os.O_WRONLY)
    os.set_inheritable(life, True)
under_way = {}

if mode == "never-greets":
    hang()
hello = lines.readline().decode().strip()
note("hello", [hello])
if mode == "says-too-early":
    say(event("early"))
say('{"patchbay":1}')

names = [f"e-{number}" for number in range(BATCHES * SIZE)]
batches = [names[start : start + SIZE] for start in range(0, len(names), SIZE)]

if mode in ("good", "ends"):
    for number, batch in enumerate(batches):
        send(number, batch)
    if mode == "ends":
        say('{"end":true}')
        while hear():
            pass
    while under_way and hear():
        pass
elif mode == "one-by-one":
    for number, batch in enumerate(batches):
        send(number, batch)
        hear()
elif mode == "loose":
    say(*map(event, names))
elif mode == "exits-early":
    for number, batch in enumerate(batches[:3]):
        send(number, batch)
elif mode == "closes-input":
    os.close(0)
    for number, batch in enumerate(batches):
        send(number, batch)
elif mode == "resends":
    # Dies three times: after some answers, in a batch, and in a line.
    known = set(noted("acknowledged"))
    left = [batch for batch in batches if not known.issuperset(batch)]
    start = len(noted("starts"))
    for number, batch in enumerate(left):
        if number == 4 and start == 2:
            say('{"batch":4,"count":5}', event(batch[0]))
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 6 and start == 3:
            sys.stdout.write('{"sequence_id":"half')
            sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        send(number, batch)
        if start == 1 and number == 9 or start in (2, 3) and number == 3:
            for _ in range(3):
                hear()
            if start == 1:
                os.kill(os.getpid(), signal.SIGKILL)
    while under_way and hear():
        pass
elif mode == "bad-lines":
    under_way[7] = ["a", "b", "c"]
    say("{'no': json}", '{"batch":7,"count":3}', event("a"), '{"state":5}', event("c"))
    say("", "[]", event("x" * 100), event("last"))
    hear()
elif mode == "until-stopped":
    send(0, names[:SIZE])
    while hear():
        pass
elif mode == "crashes-when-stopped":
    send(0, names[:SIZE])
    while '{"stop":true}' not in noted("told"):
        hear()
    sys.exit("I don't stop")
elif mode == "floods":
    for number in range(1_000):
        send(number, [f"e-{number}"])
    while under_way and hear():
        pass
elif mode == "deaf":
    for number in range(20_000):
        say(json.dumps({"batch": number, "count": 1}), event(f"e-{number}"))
    time.sleep(600)
elif mode == "hangs":
    send(0, names[:SIZE])
    hear()
    hang()
elif mode == "always-killed":
    send(0, names[:SIZE])
    os.kill(os.getpid(), signal.SIGKILL)
elif mode == "ends-badly":
    say('{"end":true}')
    while hear():
        pass
    sys.exit(4)
elif mode == "head-without-count":
    say('{"batch":1}', event("a"))
    time.sleep(600)
elif mode == "head-with-more":
    say('{"batch":1,"count":1,"of":2}', event("a"))
    time.sleep(600)
elif mode == "same-number":
    say('{"batch":1,"count":1}', event("a"), '{"batch":1,"count":1}', event("b"))
    time.sleep(600)
elif mode == "more-after-end":
    say('{"end":true}', event("a"))
    time.sleep(600)
elif mode == "ends-in-a-batch":
    say('{"batch":1,"count":3}', event("a"))
elif mode == "ends-in-a-line":
    sys.stdout.write('{"sequence_id":"half"}')
elif mode == "closes-output":
    os.close(1)
    time.sleep(600)
