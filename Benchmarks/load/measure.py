#!/usr/bin/env python3
"""Whether a load comes when it should, and whether a stall is in the response times of all that it held up.

1. Interactions at a constant rate that make 2 000 events a second, in real time: how late they leave.
2. 100 events a second for a minute into a server that takes 2 ms and stalls from second 20 to 35, on one connection
   and on sixteen: the mean response time against that of a queue with those figures, worked out event by event.

Usage: measure.py PATCHBAY [ROUNDS]
"""

import asyncio
import glob
import heapq
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time

SERVICE = 0.002
STALL = (20.0, 35.0)
RATE, SECONDS = 100, 60


class Server:
    """Answers after a while; while it stalls, not before that is over. Time counts from the first request."""

    def __init__(self):
        self.began = None
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self.serve, args=[ready], daemon=True).start()
        ready.wait()

    def serve(self, ready):
        asyncio.set_event_loop(self.loop)
        server = self.loop.run_until_complete(asyncio.start_server(self.talk, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self.loop.run_forever()

    async def talk(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = [int(line.split(b":")[1]) for line in head.split(b"\r\n")
                          if line.lower().startswith(b"content-length:")]
                await reader.readexactly(length[0] if length else 0)
                now = time.monotonic()
                self.began = self.began or now
                second = now - self.began
                stalled = max(0.0, STALL[1] - second) if second >= STALL[0] else 0.0
                await asyncio.sleep(stalled + SERVICE)
                writer.write(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def arrivals(agents, dwell):
    # Two events an interaction, half a step apart: evenly spaced.
    return {
        "type": "scenario", "agents": agents, "dwell": dwell,
        "transitions": ["routing/agent/busy"],
        "arrivals": {"constant": {"rate": f"{RATE // 2}/s", "for": f"{SECONDS}s"}}}


def run(program, folder, configuration):
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
        json.dump(configuration, file)
    subprocess.run([program, "run"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    newest = max(glob.glob(os.path.join(folder, "runs", "*", "report.json")), key=os.path.getmtime)
    with open(newest, encoding="utf-8") as file:
        return json.load(file)


def lag(program, folder):
    report = run(program, folder, {
        "name": "lag",
        "sources": {"desk": {
            "type": "scenario", "agents": 400, "dwell": "100ms",
            "arrivals": {"constant": {"rate": "334/s", "for": "20s"}}}},
        "validators": {"schema": {"type": "interaction-event", "inputs": ["desk"]}},
        "correlators": {"states": {"type": "state-machine", "inputs": ["schema"]}},
        "sinks": {"out": {"type": "jsonl", "inputs": ["states", "schema.rejected"]}}})
    stage = report["stages"][0]
    assert stage["metrics"]["dropped"] == 0
    return [stage["lag"][f"{name}_ns"] / 1e6 for name in ("p50", "p99", "max")]


def stall(program, folder, connections):
    server = Server()
    report = run(program, folder, {
        "name": "stall", "sources": {"desk": arrivals(500, "10ms")},
        "injectors": {"inject": {
            "type": "http", "inputs": ["desk"], "url": f"http://127.0.0.1:{server.port}/events",
            "concurrency": connections, "timeout": "60s"}},
        "correlators": {"states": {"type": "state-machine", "inputs": ["inject", "inject.failed"]}},
        "sinks": {"out": {"type": "jsonl", "inputs": ["states"]}}})
    injection = report["injection"]
    assert injection["accepted"] == RATE * SECONDS, injection
    slow = sum(
        int(count) for value, count in
        (bucket.split(":") for bucket in injection["latency"]["buckets"].split())
        if int(value) > 1e8)
    return (
        injection["response"]["avg_ns"] / 1e9, slow, injection["latency"]["p50_ns"] / 1e9)


def expected(connections, service):
    """The mean response time of a queue in front of so many servers."""
    free = [0.0] * connections
    total = 0.0
    for number in range(RATE * SECONDS):
        due = number / RATE
        start = max(due, heapq.heappop(free))
        held = STALL[1] if STALL[0] <= start < STALL[1] else start
        heapq.heappush(free, held + service)
        total += held + service - due
    return total / (RATE * SECONDS)


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    folder = tempfile.mkdtemp(prefix="patchbay-load-")
    figures = [lag(program, folder) for _ in range(rounds)]
    p50, p99, most = (statistics.median(column) for column in zip(*figures))
    print(f"2 000 events a second, {rounds} rounds: late by {p50:.2f} ms (p50), {p99:.2f} ms (p99),"
          f" {most:.2f} ms (most)")
    for connections in (1, 16):
        mean, slow, service = stall(program, folder, connections)
        wanted = expected(connections, service)
        print(
            f"a stall of 15 s, {connections} connections: mean response {mean:.3f} s, {wanted:.3f} s by the"
            f" arithmetic ({mean / wanted - 1:+.1%}), {slow} slow service times")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
