"""Paths that lead to no regular file: devices, pipes, sockets, folders."""

import os
import socket

from support.configurations import audit, pipeline, write
from support.program import Program


def special_trial(make):
    """Devices, pipes, sockets and folders are refused, at once."""
    def body(folder, _):
        path = make(folder)
        with Program(["run", write(folder, pipeline(sinks={"audit": audit(path)}))], folder) as run:
            code, late = run.ends_by(2, run.started)
            said = run.said()
        faults = [late] if late else []
        if code != 1 or os.path.basename(path) not in said:
            faults.append(f"exit code {code}, expected a refusal by name: {said[-300:]}")
        return faults
    return body


def fifo(folder):
    os.mkfifo(os.path.join(folder, "pipe"))
    return "pipe"


def unix_socket(folder):
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.open(folder, os.O_RDONLY)
        listener.bind(f"/proc/self/fd/{here}/socket")
        os.close(here)
    return "socket"


def link_to_device(folder):
    os.symlink("/dev/null", os.path.join(folder, "link"))
    return "link"


SPECIAL = {
    "null": lambda _: "/dev/null", "full": lambda _: "/dev/full", "pipe": fifo,
    "socket": unix_socket, "folder": lambda folder: (os.mkdir(folder + "/sub"), "sub")[1],
    "link-to-device": link_to_device, "stdin": lambda _: "/dev/stdin"}


def special_trials():
    """(name, function) pairs."""
    for name, make in SPECIAL.items():
        yield f"special-{name}", special_trial(make)
