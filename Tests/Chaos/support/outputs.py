"""Commands whose standard output is full, closed, not read, or read by somebody who has gone."""

import contextlib
import json
import os
import signal

from support.configurations import audit, desk, pipeline, write
from support.program import Program

COMMANDS = {
    "run": ["run"], "run-json": ["run", "json.json"], "plan": ["plan"],
    "plan-json": ["plan", "--format", "json"], "graph": ["graph"], "schema": ["schema"],
    "stages": ["stages"], "stages-one": ["stages", "scenario"],
    "stages-markdown": ["stages", "--format", "markdown"], "metrics": ["metrics"],
    "validate": ["validate"], "validate-json": ["validate", "--format", "json"],
    "explain": ["explain", "PB0205"], "explain-all": ["explain", "--format", "markdown"],
    "test": ["test", "tests.json"], "help": ["--help"], "version": ["--version"],
    "doctor": ["doctor"], "completion": ["--generate-completion-script", "bash"],
    "sandbox": ["sandbox"]}
SHORT = ["run", "run-json", "schema", "validate", "test"]


def prepare(folder):
    write(folder, pipeline(sinks={"audit": audit()}, run={"drain": "500ms"}))
    write(folder, pipeline(
        sources={"desk": desk(50, 10)}, run={"drain": "500ms"}, sinks={
            "audit": audit(), "console": {
                "type": "stdout", "inputs": ["desk"], "format": "json"}}), "json.json")
    with open(os.path.join(folder, "tests.json"), "w", encoding="utf-8") as file:
        json.dump({"config": "config.json", "tests": [
            {"name": "it runs", "expect": {"failures": []}}]}, file)


def refused_trial(arguments, how):
    """What can't be printed is told on standard error, and the command fails; at once."""
    def body(folder, _):
        prepare(folder)
        with contextlib.ExitStack() as stack:
            streams = {
                "full": full, "closed": closed, "gone": gone}[how](stack)
            program = stack.enter_context(Program(arguments, folder, **streams))
            code, late = program.ends_by(5, program.started)
            said = program.said()
        faults = [late] if late else []
        expected = (1, 130) if how == "gone" else (1,)
        if code not in expected:
            faults.append(f"exit code {code}, expected 1: {said[-200:]}")
        if "standard output" not in said:
            faults.append(f"nothing says that standard output failed: {said[-200:]!r}")
        return faults
    return body


def full(stack):
    return {"stdout": stack.enter_context(open("/dev/full", "wb"))}


def closed(_):
    return {"before": lambda: os.close(1)}


def gone(stack):
    reader, writer = os.pipe()
    os.close(reader)
    stack.callback(os.close, writer)
    return {"stdout": writer}


def unread_trial(arguments, count):
    """Nobody reads: signals end it."""
    def body(folder, _):
        prepare(folder)
        reader, writer = os.pipe()
        try:
            os.set_blocking(writer, False)
            with contextlib.suppress(BlockingIOError):
                while True:
                    os.write(writer, bytes(4096))
            os.set_blocking(writer, True)
            with Program(arguments, folder, stdout=writer) as program:
                program.wait(0.5)
                if program.process.poll() is not None:
                    return [f"exit code {program.process.returncode} though nobody reads"]
                for number in range(count):
                    since = program.send([signal.SIGTERM, signal.SIGINT][number % 2])
                    if number < count - 1:
                        program.wait(0.15)
                code, late = program.ends_by({1: 2.5, 2: 1.2, 3: 0.3}[count], since)
        finally:
            os.close(reader)
            os.close(writer)
        faults = [late] if late else []
        # A server's end by a signal is its end.
        ended = (0,) if arguments == ["sandbox"] else (130, -signal.SIGTERM, -signal.SIGINT)
        if code not in ended:
            faults.append(f"exit code {code}")
        return faults
    return body


def output_trials(is_short):
    """(name, function) pairs."""
    for name, arguments in COMMANDS.items():
        if is_short and name not in SHORT:
            continue
        for how in ("full", "closed", "gone"):
            if name != "sandbox":
                yield f"{name}-{how}", refused_trial(arguments, how)
        for count in (1, 2, 3):
            if not is_short or count == 2:
                yield f"{name}-unread-{count}", unread_trial(arguments, count)
