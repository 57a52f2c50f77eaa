"""Runs one side of a comparison and measures it: wall time, processor time of it and its children, and
peak memory."""

import os
import signal
import subprocess
import sys
import time


class Side:
    """A program that is given the same work as others."""

    def __init__(self, name, command, says=None, done=None, environment=None):
        """`says` is the command as the page shows it. `done` tells, for a program that goes on for ever,
        whether the work is done; it is ended then."""
        self.name = name
        self.command = command
        self.says = says or " ".join(os.path.basename(command[0]) if i == 0 else word for i, word in enumerate(command))
        self.done = done
        self.environment = environment or {}

    def run(self, folder):
        """Does the work once: (seconds, CPU seconds, peak MiB)."""
        start = time.monotonic()
        with open(os.path.join(folder, "output"), "wb") as output:
            process = subprocess.Popen(
                self.command,
                cwd=folder,
                stdout=output,
                stderr=subprocess.PIPE if self.done is None else subprocess.DEVNULL,
                env={**os.environ, **self.environment},
            )
            if self.done is not None:
                while not self.done(folder):
                    if process.poll() is not None:
                        sys.exit(f"{self.says} ended before the work was done")
                    time.sleep(0.005)
                seconds = time.monotonic() - start
                process.send_signal(signal.SIGTERM)
            errors = process.stderr.read() if process.stderr else b""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = status
        if self.done is None:
            seconds = time.monotonic() - start
            if status:
                sys.exit(f"{self.says} failed: {errors.decode()}")
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
