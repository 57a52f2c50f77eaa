"""Disks that fill up under a run: a limit on the size of files, or a small file system."""

import contextlib
import os
import resource
import subprocess
import time

from support.program import Program

KIBI = 1024
DISK = 4 * KIBI * KIBI


def can_mount():
    return os.geteuid() == 0


@contextlib.contextmanager
def small_disk(path):
    """A file system of its own, gone afterwards."""
    os.makedirs(path)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK},mode=0700", "tmpfs", path], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def run_limited(folder, room, returns_at=None):
    """No file may grow beyond a limit, which is lifted after some seconds."""
    # Pipes have no such limit, and room for all that it prints.
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with Program(["run"], folder, file_limit=room, **streams) as program:
        if returns_at and not wait(program, returns_at):
            hard = resource.prlimit(program.pid, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(program.pid, resource.RLIMIT_FSIZE, (hard, hard))
        code = program.wait()
    for path, stream in ((program.output, program.process.stdout),
                         (program.errors, program.process.stderr)):
        with open(path, "wb") as file, stream:
            file.write(stream.read())
    return code


def run_on_small_disk(folder, runs, room, returns_at=None):
    """A ballast leaves room for whole pages only, and is removed after some seconds."""
    pages = room // (4 * KIBI) + 1
    ballast = os.path.join(runs, "ballast")
    with open(ballast, "wb") as file:
        file.write(bytes(DISK - pages * 4 * KIBI))
    with Program(["run"], folder) as program:
        if returns_at and not wait(program, returns_at):
            os.unlink(ballast)
        code = program.wait()
    with contextlib.suppress(FileNotFoundError):
        os.unlink(ballast)
    return code


def wait(program, seconds):
    """Whether it ended in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and program.process.poll() is None:
        time.sleep(0.01)
    return program.process.poll() is not None
