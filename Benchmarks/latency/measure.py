#!/usr/bin/env python3
"""Whether the latencies that a run reports are those that there were.

1. A server that answers each request after 20 ms, asked 200 times a second: the service times that Patchbay reports.
2. 5 000 requests a second over 16 connections to an nginx, by Patchbay and by `h2load --h1 --rps`, in turn: the
   service times of both. h2load opens its connections at once, and each sends by a timer of its own, so that all of
   them send in the same moment and most requests wait behind others at the server: it is asked a second time with
   connections that begin one after the other (`-r 1 --rate-period`), which is how Patchbay sends.

Usage: measure.py PATCHBAY [ROUNDS]
"""

import glob
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "peers"))
from injection import Target  # noqa: E402

FIXED = 0.020


class FixedServer:
    """Answers each request so long after its last byte, each connection by a thread of its own."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            connection, _ = self.listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.talk, args=[connection], daemon=True).start()

    @staticmethod
    def talk(connection):
        pending = b""
        while True:
            while b"\r\n\r\n" not in pending:
                data = connection.recv(65536)
                if not data:
                    return
                pending += data
            head, pending = pending.split(b"\r\n\r\n", 1)
            length = next(
                (int(line.split(b":")[1]) for line in head.split(b"\r\n")
                 if line.lower().startswith(b"content-length:")), 0)
            while len(pending) < length:
                pending += connection.recv(65536)
            due = time.monotonic() + FIXED
            pending = pending[length:]
            while (left := due - time.monotonic()) > 0:
                time.sleep(left)
            connection.sendall(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")


def run(program, folder, url, rate, seconds, connections):
    """The latency of a run that sends so many events a second."""
    configuration = {
        "name": "latency",
        # Two events an interaction, half a step apart: evenly spaced.
        "sources": {"desk": {
            "type": "scenario", "agents": max(100, rate // 5), "dwell": "10ms",
            "transitions": ["routing/agent/busy"],
            "arrivals": {"constant": {"rate": f"{rate // 2}/s", "for": f"{seconds}s"}}}},
        "injectors": {"inject": {
            "type": "http", "inputs": ["desk"], "url": url, "concurrency": connections}},
        "sinks": {"out": {"type": "jsonl", "inputs": ["inject", "inject.failed"]}}}
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
        json.dump(configuration, file)
    subprocess.run([program, "run"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    newest = max(glob.glob(os.path.join(folder, "runs", "*", "report.json")), key=os.path.getmtime)
    with open(newest, encoding="utf-8") as file:
        report = json.load(file)
    injection = report["injection"]
    assert injection["accepted"] == rate * seconds == injection["attempts"], injection
    return injection["latency"]["p50_ns"] / 1e6, injection["latency"]["p99_ns"] / 1e6


def h2load(folder, url, rate, seconds, connections, more=()):
    """The same figures of h2load, from the times that it logs, and how many requests it sends right behind another."""
    body, log = os.path.join(folder, "body"), os.path.join(folder, "h2load.log")
    with open(body, "w", encoding="utf-8") as file:
        file.write("x" * 330)
    if os.path.exists(log):
        os.remove(log)
    subprocess.run(
        ["h2load", "--h1", "-c", str(connections), "-n", str(rate * seconds), "-d", body,
         f"--rps={rate / connections}", f"--log-file={log}", *more, url],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(log, encoding="utf-8") as file:
        rows = [[int(word) for word in line.split("\t")[:3]] for line in file]
    times = sorted(row[2] / 1e3 for row in rows)
    assert len(times) == rate * seconds, len(times)
    starts = sorted(row[0] for row in rows)
    close = sum(after - before < 50 for before, after in zip(starts, starts[1:])) / len(starts)
    return times[len(times) // 2], times[len(times) * 99 // 100], close


def shown(name, figures):
    p50, p99, *close = (statistics.median(column) for column in zip(*figures))
    behind = f"   {close[0]:.0%} within 50 us of the one before" if close else ""
    print(f"  {name:15} p50 {p50:7.3f} ms   p99 {p99:7.3f} ms{behind}")
    return p50, p99


def apart(name, one, other):
    print(f"  apart from {name} by {one[0] - other[0]:+.3f} ms (p50) and {one[1] - other[1]:+.3f} ms (p99)")


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    folder = tempfile.mkdtemp(prefix="patchbay-latency-")
    server = FixedServer()
    print(f"a fixed answer after {FIXED * 1e3:.0f} ms, 200 requests a second, median of {rounds}")
    url = f"http://127.0.0.1:{server.port}/events"
    shown("patchbay", [run(program, folder, url, 200, 5, 16) for _ in range(rounds)])
    rounds = max(1, rounds // 2)
    print(f"5 000 requests a second over 16 connections, median of {rounds}")
    target = Target(folder)
    ours, together, apart_in_time = [], [], []
    # 16 connections, each sending every 3.2 ms: 13 ms are four times that and a sixteenth.
    spread = ["-r", "1", "--rate-period=13ms"]
    for _ in range(rounds):
        together.append(h2load(folder, target.url, 5000, 8, 16))
        apart_in_time.append(h2load(folder, target.url, 5000, 8, 16, spread))
        ours.append(run(program, folder, target.url, 5000, 8, 16))
    target.stop()
    one, other = shown("h2load", together), shown("h2load, spread", apart_in_time)
    own = shown("patchbay", ours)
    apart("h2load", one, own)
    apart("h2load, spread", other, own)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
