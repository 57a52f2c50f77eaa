"""The program under test: started, signalled, timed, and killed in any case."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time

from support.pulse import Pulse

# No trial may take longer, whatever hangs.
LONGEST = 60.0


def binary():
    """The program's path, from PATCHBAY_BINARY; without it there is nothing to try."""
    path = os.environ.get("PATCHBAY_BINARY", "")
    if not (path and os.access(path, os.X_OK)):
        sys.exit("PATCHBAY_BINARY doesn't name the program; run make chaos")
    return os.path.abspath(path)


def environment(changes=None):
    """The variables of this process without those that configurations may refer to."""
    foreign = ("GENESYS_", "TEST_", "QA_", "http_proxy", "HTTP_PROXY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, **(changes or {})}

# Whether an end that comes late is a fault, or only one that doesn't come. The short form shares the
# machine with other tests.
times_ends = True


class Program:
    """One process of the program, in a session of its own; `with` kills what is left of it."""

    def __init__(self, arguments, folder, variables=None, file_limit=None, **streams):
        os.makedirs(folder, exist_ok=True)
        self.folder = folder
        label = streams.get("label", "")
        self.output = os.path.join(folder, label + "out")
        self.errors = os.path.join(folder, label + "err")
        self.opened = []
        self.files = {
            "stdin": streams.get("stdin", subprocess.DEVNULL),
            "stdout": streams["stdout"] if "stdout" in streams else self.open(self.output),
            "stderr": streams["stderr"] if "stderr" in streams else self.open(self.errors),
        }
        before = streams.get("before")

        def prepare():
            # Whoever starts the trials may ignore them, and that is passed on.
            for number in (signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            if file_limit is not None:
                hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_limit, hard))
            if before:
                before()

        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [binary(), *arguments], cwd=folder, env=environment(variables),
            start_new_session=True, preexec_fn=prepare, **self.files)
        self.pid = self.process.pid

    def open(self, path):
        self.opened.append(open(path, "wb"))
        return self.opened[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # Its children are in its session's group.
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait()
        for file in self.opened:
            file.close()

    def wait(self, seconds=LONGEST):
        """The exit code, negative for a signal; None if it still runs after so long."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def send(self, number):
        """Sends a signal and says when, in seconds of the monotonic clock."""
        if self.process.poll() is None:
            os.kill(self.pid, number)
        return time.monotonic()

    def ends_by(self, limit, since):
        """Waits for the end; gives the code and, if it came late, what to say of that.

        `limit` is in seconds from `since`. A machine that is starved of processors is forgiven what
        it kept this process itself waiting; where `times_ends` is off, only what hangs is late.
        """
        patience = 8 if times_ends else 60
        with Pulse() as pulse:
            code = self.wait(max(0.01, since + limit + patience - time.monotonic()))
            took = time.monotonic() - since
        if code is None:
            return None, f"still runs {took:.1f} s after, at most {limit:.2f} s are allowed"
        if times_ends and took > limit + pulse.forgiven:
            return code, (
                f"ended {took:.2f} s after, at most {limit:.2f} s are allowed"
                f" (the machine lost {pulse.forgiven:.2f} s)")
        return code, None

    def said(self):
        """All that it printed, to both streams."""
        return read(self.output) + read(self.errors)


def run(arguments, folder, variables=None, seconds=LONGEST, **others):
    """Runs it to its end; gives the code (None if it was killed) and what it printed."""
    with Program(arguments, folder, variables, **others) as program:
        code = program.wait(seconds)
        return code, program.said()


def read(path):
    """A file as text; empty if it isn't there."""
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def fresh(path):
    """An empty folder in place of what was there."""
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path
