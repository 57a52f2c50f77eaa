#!/usr/bin/env python3
"""A source in another language: reads a file of JSON lines, and remembers how far it was delivered.

    bookmark_source.py FILE BOOKMARK     the next run goes on where all before has been delivered

Speaks version 1 of the protocol in docs/subprocess-stages.md: a greeting, then it sends numbered
batches and is told what became of each. The bookmark is moved behind a batch when it and all before
it are done; a batch that failed is sent again by the next run.
"""
import json
import os
import sys

SIZE = 100  # events of a batch
MOST = 4  # batches that it has under way


def say(*lines):
    sys.stdout.buffer.write(b"".join(line + b"\n" for line in lines))
    sys.stdout.buffer.flush()


class Bookmark:
    def __init__(self, path):
        self.path = path
        try:
            with open(path, encoding="ascii") as file:
                self.position = int(file.read() or 0)
        except FileNotFoundError:
            self.position = 0

    def move(self, position):
        self.position = position
        if os.path.exists(self.path) and not os.path.isfile(self.path):  # /dev/null
            return
        with open(self.path + ".new", "w", encoding="ascii") as file:
            file.write(str(position))
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.path + ".new", self.path)


class Sender:
    """Sends batches, and moves the bookmark as they are done."""

    def __init__(self, bookmark, notices):
        self.bookmark, self.notices = bookmark, notices
        self.ends = {}  # where each batch ends that isn't behind the bookmark, by its number
        self.done = set()
        self.last = 0
        self.is_stopped = self.has_failed = False

    def under_way(self):
        return len(self.ends) - len(self.done)

    def send(self, lines, end):
        self.last += 1
        self.ends[self.last] = end
        say(json.dumps({"batch": self.last, "count": len(lines)}).encode(), *lines)

    def hear(self):
        """Takes one notice; False when no more will come."""
        line = self.notices.readline()
        if not line:
            return False
        notice = json.loads(line)
        if "stop" in notice:
            self.is_stopped = True
        elif "failed" in notice or "abandoned" in notice:
            self.has_failed = self.is_stopped = True
        else:
            self.done.add(notice["settled"])
            while self.ends and min(self.ends) in self.done:
                first = min(self.ends)
                self.done.remove(first)
                self.bookmark.move(self.ends.pop(first))
        return not self.has_failed


def main(path, bookmark):
    hello = json.loads(sys.stdin.buffer.readline())
    if hello["patchbay"] != 1 or hello["role"] != "source":
        sys.exit(f"bookmark_source.py is a source for version 1 of the protocol, not {hello}")
    say(b'{"patchbay":1}')
    sender = Sender(Bookmark(bookmark), sys.stdin.buffer)
    with open(path, "rb") as file:
        file.seek(sender.bookmark.position)
        while not sender.is_stopped:
            if sender.under_way() == MOST:
                sender.hear()
                continue
            lines = [line for _, line in zip(range(SIZE), iter(file.readline, b""))]
            if not lines:
                break
            # A blank line counts for nothing, so it can't stand for an event.
            lines = [line.rstrip(b"\r\n") for line in lines if line.strip()]
            if lines:
                sender.send(lines, file.tell())
    while sender.under_way() and sender.hear():
        pass
    if sender.has_failed:
        print(f"{path} comes again from byte {sender.bookmark.position} on", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
