"""A sandbox in a process of its own, asked by its control API."""

import contextlib
import hashlib
import json
import os
import queue
import shutil
import tempfile
import time
import urllib.request

from support.program import Program


class Sandbox:
    """Serves while the `with` block runs."""

    def __init__(self, folder, options):
        self.program = Program(
            ["sandbox", "--listen", "127.0.0.1:0", "--options", json.dumps(options)], folder)
        self.url = self.wait_for_url()

    def wait_for_url(self):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with open(self.program.output, encoding="utf-8") as file:
                line = file.readline()
            if line.endswith("\n"):
                return line.strip()
            if self.program.process.poll() is not None:
                break
            time.sleep(0.01)
        self.__exit__()
        raise RuntimeError("the sandbox didn't start: " + self.program.said())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.__exit__()

    def ask(self, path, method="GET", body=None):
        """The answer to a request, as JSON; None if it has no body."""
        request = urllib.request.Request(
            self.url + path, method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def settled_effects(self):
        """What took effect, once nothing more does: counts by sequence id, and ids of events.

        A request that was under way when its client ended is still dealt with.
        """
        before = None
        for _ in range(50):
            state = self.ask("/sandbox/state?events=true")
            journal = self.ask("/sandbox/journal?limit=100000")["entries"]
            now = (state["effects"], state["deliveries"], len(journal))
            if now == before:
                return Effects(state, journal)
            before = now
            time.sleep(0.04)
        raise RuntimeError("the sandbox doesn't come to rest")


class Sandboxes:
    """A sandbox for each job, lent out one at a time; they serve while the `with` block runs."""

    def __init__(self, jobs, options):
        self.jobs, self.options = jobs, options

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="patchbay-sandboxes-")
        self.all = [
            Sandbox(os.path.join(self.folder, str(job)), self.options) for job in range(self.jobs)]
        self.free = queue.Queue()
        for sandbox in self.all:
            self.free.put(sandbox)
        return self

    def __exit__(self, *_):
        for sandbox in self.all:
            sandbox.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def lend(self):
        """A sandbox in which nothing has happened yet."""
        sandbox = self.free.get()
        try:
            sandbox.ask("/sandbox/state", "DELETE")
            yield sandbox
        finally:
            self.free.put(sandbox)


class Effects:
    """What the sandbox's state and journal say that happened."""

    def __init__(self, state, journal):
        # The workspace endpoint counts by sequence id, the injection API by its own event ids.
        self.sequences = {
            name for name, event in state["events"].items() if event["effects"] > 0}
        self.event_ids = {
            event["eventId"] for entry in journal for event in entry.get("events", [])
            if event["result"] == "accepted"}


def event_id(line, step):
    """The id under which an event's step is sent to the injection API: a function of the event.

    `line` is the event as the sink `jsonl` writes it, with its outcome.
    """
    event = line[: line.index(b',"outcome":')] + b"}" if b',"outcome":' in line else line
    digest = bytearray(hashlib.sha256(b"%d\0" % step + event).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x40
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])
