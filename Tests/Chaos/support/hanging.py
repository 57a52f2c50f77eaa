"""Runs that something outside keeps from going on, and the ways to end them."""

import contextlib
import os
import signal
import time

from support import children
from support.configurations import audit, desk, pipeline, write
from support.program import Program
from support.servers import Stubborn

DRAIN = 0.5
DEADLINE = 0.6
WAYS = ["deadline", "one", "two", "three"]


def configuration(way, sources=None, sinks=None, **sections):
    run = {"clock": "real", "drain": f"{round(DRAIN * 1000)}ms"}
    if way == "deadline":
        run["deadline"] = f"{round(DEADLINE * 1000)}ms"
    name = next(iter(sources or {"desk": None}))
    return pipeline(
        sources=sources, run=run, **sections,
        sinks=sinks or {"audit": audit(inputs=[name, name + ".rejected"])})


def stop(program, way, moment):
    """Ends it in a way; gives the code, and what took too long."""
    if way == "deadline":
        return program.ends_by(DRAIN + 2, program.started + DEADLINE + 0.1)
    program.wait(moment)
    since = program.send(signal.SIGTERM)
    for _ in range({"one": 0, "two": 1, "three": 2}[way]):
        program.wait(0.15)
        since = program.send(signal.SIGINT)
    return program.ends_by({"one": DRAIN + 2, "two": 1.2, "three": 0.3}[way], since)


def hanging_trial(way, prepare):
    """`prepare` gives a configuration and streams, and what is to be closed, for a folder."""
    def body(folder, draw):
        with contextlib.ExitStack() as stack:
            made, streams, pids = prepare(folder, way, stack)
            program = stack.enter_context(
                Program(["run", write(folder, made)], folder, **streams))
            code, late = stop(program, way, draw.uniform(0.4, 0.8))
            faults = [late] if late else []
            if code not in ({"deadline": (0, 1, 75)}.get(way, (130,))):
                faults.append(f"exit code {code}: {program.said()[-300:]}")
            time.sleep(0.05)
            left = children.survivors(pids) if pids else []
            for pid in left:
                os.kill(int(pid), signal.SIGKILL)
            if left:
                faults.append(f"{len(left)} processes that it started are left")
        return faults
    return body


def file_source(source, is_held):
    """A source that reads a FIFO which nobody opens, or which somebody holds and leaves empty."""
    def prepare(folder, way, stack):
        path = os.path.join(folder, "pipe")
        os.mkfifo(path)
        if is_held:
            stack.callback(os.close, os.open(path, os.O_RDWR))
        return configuration(way, {"file": {"type": source, "path": "pipe"}}), {}, None
    return prepare


def never_fed(stack):
    """A standard input that stays open and empty."""
    reader, writer = os.pipe()
    stack.callback(os.close, reader)
    stack.callback(os.close, writer)
    return {"stdin": reader}


def standard_input(source):
    def prepare(folder, way, stack):
        options = {"type": source}
        if source != "stdin":
            options["path"] = "/dev/stdin"
        return configuration(way, {"file": options}), never_fed(stack), None
    return prepare


def unread_output(folder, way, stack):
    """Standard output is a pipe that nobody reads; it is full soon."""
    reader, writer = os.pipe()
    stack.callback(os.close, reader)
    stack.callback(os.close, writer)
    made = configuration(
        way, {"desk": desk(200, 1000, "1ms")},
        {"console": {"type": "stdout", "inputs": ["desk"], "format": "json"}})
    return made, {"stdout": writer}, None


def unread_errors(folder, way, stack):
    """Standard error is full from the start."""
    reader, writer = os.pipe()
    stack.callback(os.close, reader)
    stack.callback(os.close, writer)
    os.set_blocking(writer, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(writer, bytes(4096))
    os.set_blocking(writer, True)
    return configuration(way, {"desk": desk(5, 100_000, "5ms")}), {"stderr": writer}, None


def login(how):
    """The login is put off for a day, or never answered."""
    def prepare(folder, way, stack):
        server = stack.enter_context(Stubborn(how))
        return configuration(
            way, connections={"genesys": {
                "type": "genesys-cloud", "region": server.url, "client_id": "a",
                "client_secret": "b"}},
            injectors={"inject": {
                "type": "genesys-workspace", "inputs": ["desk"], "connection": "genesys"}},
            sinks={"audit": audit(inputs=["inject", "inject.failed"])}), {}, None
    return prepare


def request(how):
    """Events are sent to whoever puts them off for a day, or never answers."""
    def prepare(folder, way, stack):
        server = stack.enter_context(Stubborn(how))
        return configuration(
            way, {"desk": desk(5, 1000, "5ms")},
            injectors={"inject": {"type": "http", "inputs": ["desk"], "url": server.url + "/x"}},
            sinks={"audit": audit(inputs=["inject", "inject.failed"])}), {}, None
    return prepare


def child(role, how):
    """A program as a stage, that hangs."""
    def prepare(folder, way, stack):
        command, pids = children.command(folder, how)
        stage = {"type": "subprocess", "inputs": ["desk"], "command": command}
        sources = {"desk": desk(20, 1000, "5ms")}
        if role == "sink":
            return configuration(way, sources, {"child": stage}), {}, pids
        return configuration(
            way, sources, {"audit": audit(inputs=["child", "child.rejected"])},
            validators={"child": stage}), {}, pids
    return prepare


HANGING = {
    **{f"{source}-{kind}": file_source(source, kind == "held")
       for source in ("jsonl", "call-log") for kind in ("unopened", "held")},
    **{f"stdin-{source}": standard_input(source) for source in ("jsonl", "call-log", "stdin")},
    "stdout-unread": unread_output, "stderr-unread": unread_errors,
    **{f"login-{how}": login(how) for how in ("day", "never")},
    **{f"request-{how}": request(how) for how in ("day", "never")},
    **{f"{role}-{how}": child(role, how)
       for role in ("sink", "validator")
       for how in ("silent", "silent-deaf", "unread", "unread-deaf-family", "mute", "mute-stays",
                   "mute-stays-deaf-family")},
}
SHORT = [
    "jsonl-unopened-deadline", "stdin-call-log-one", "stdout-unread-two", "login-day-one",
    "login-never-deadline", "request-never-two", "sink-unread-deaf-family-two",
    "validator-silent-three"]


def hanging_trials(is_short):
    """(name, function) pairs."""
    for name, prepare in HANGING.items():
        for way in WAYS:
            if not is_short or f"{name}-{way}" in SHORT:
                yield f"{name}-{way}", hanging_trial(way, prepare)
