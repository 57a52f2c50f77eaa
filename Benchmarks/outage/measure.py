#!/usr/bin/env python3
"""What a QA system that is dead for the whole run costs: processor time an event, with it and without it, in turn.

Usage: outage.py PATCHBAY [ROUNDS]
"""

import glob
import http.server
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading

AGENTS = 8_000
DEAD = "http://127.0.0.1:9/qa"


def configuration(url):
    inputs = ["states", "schema.rejected"]
    return {
        "name": "outage", "run": {"seed": 7, "clock": "virtual", "keep": 1},
        "sources": {"desk": {"type": "scenario", "agents": AGENTS, "interactions_per_agent": 5}},
        "validators": {"schema": {"type": "interaction-event", "inputs": ["desk"]}},
        "correlators": {"states": {"type": "state-machine", "inputs": ["schema"]}},
        "sinks": {
            "audit": {"type": "audit-log", "inputs": inputs},
            "qa": {
                "type": "qa-http", "inputs": inputs, "url": url, "buffer": "spool",
                "retry": {"attempts": 2, "base": "50ms"}}}}


class Taker(http.server.BaseHTTPRequestHandler):
    taken = []

    def do_POST(self):
        Taker.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(202)
        self.end_headers()

    def log_message(self, *_):
        pass


def run(program, folder, url):
    """Runs it; gives the processor time an event in us, real seconds, and the report."""
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as file:
        json.dump(configuration(url), file)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "run"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    newest = max(glob.glob(os.path.join(folder, "runs", "*", "report.json")))
    with open(newest, encoding="utf-8") as file:
        report = json.load(file)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    verified = subprocess.run(
        [program, "audit", "verify", os.path.dirname(newest)], stdout=subprocess.PIPE, check=True)
    assert verified.stdout.decode().splitlines()[-1] == "valid" or b"\nvalid\n" in verified.stdout
    written = [stage["written"] for stage in report["stages"] if stage["name"] == "audit"][0]
    assert written == report["events"]["emitted"], "the audit isn't complete"
    return seconds / report["events"]["emitted"] * 1e6, report["run"]["real_ns"] / 1e9, written


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    live = f"http://127.0.0.1:{server.server_port}/qa"
    folder = tempfile.mkdtemp(prefix="patchbay-outage-")
    figures = {"alive": [], "dead": []}
    for number in range(rounds):
        for name, url in [("alive", live), ("dead", DEAD)]:
            cost, real, events = run(program, folder, url)
            if number:
                figures[name].append((cost, real))
    # Those of the dead rounds come with the next live one, before its own.
    run(program, folder, live)
    shutil.rmtree(folder)
    alive, dead = (statistics.median(cost for cost, _ in figures[name]) for name in ("alive", "dead"))
    for name, values in figures.items():
        print(f"{name}: {statistics.median(c for c, _ in values):.2f} us of processor time an event,"
              f" {statistics.median(r for _, r in values):.2f} s for {events} events")
    print(f"dead / alive: {dead / alive:.3f}")
    print(f"{len(Taker.taken)} documents arrived, of {2 * rounds + 1} runs")
    assert len(Taker.taken) == 2 * rounds + 1


if __name__ == "__main__":
    main()
