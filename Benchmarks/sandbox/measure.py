#!/usr/bin/env python3
"""Measures how many event requests the sandbox serves on one core, beside an nginx that answers each
with the same bytes.

    python3 Benchmarks/sandbox/measure.py [PATCHBAY] [--agents 100000] [--seconds 8] [--rounds 5]

Each server has one processor for itself and wrk has another; they run in turn. Prints medians of
requests a second and of CPU per request, and the peak memory. Linux only: it reads /proc.
"""

import argparse
import base64
import datetime
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
CONNECTIONS = 32
ON_QUEUE = "e08eaf1b-ee47-4fa9-a231-1200e284798f"
NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log stderr error;
events {{ worker_connections 256; }}
http {{
  access_log off; keepalive_requests 1000000000; client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
  scgi_temp_path {folder}/s; default_type application/json;
  server {{ listen 127.0.0.1:{port}; location / {{ return 200 '{{"errors":[]}}'; }} }}
}}
"""


def agent(number):
    return f"00000000-0000-4000-8000-{number:012x}"


def asked(url, method="GET", body=None, headers=()):
    """Sends a request; the answer as JSON."""
    request = urllib.request.Request(url, body, dict(headers), method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read())


def logged_in(url):
    basic = base64.b64encode(b"sandbox:sandbox").decode()
    answer = asked(
        url + "/oauth/token",
        "POST",
        b"grant_type=client_credentials",
        {"Authorization": "Basic " + basic, "Content-Type": "application/x-www-form-urlencoded"},
    )
    return answer["access_token"]


def send_on_queue(url, token, agents):
    """Puts every agent on queue, a thousand in a request."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    for start in range(0, agents, 1000):
        events = [
            {
                "eventId": f"ffffffff-0000-4000-8000-{number:012x}",
                "eventDateTime": now,
                "userId": agent(number),
                "presenceDefinitionId": ON_QUEUE,
            }
            for number in range(start, min(start + 1000, agents))
        ]
        answer = asked(
            url + "/api/v2/events/users/presence",
            "POST",
            json.dumps({"userPresenceEvents": events}).encode(),
            {"Authorization": "Bearer " + token, "Content-Type": "application/json"},
        )
        if answer.get("errors"):
            sys.exit(f"not accepted: {answer['errors'][0]}")


def processes(pid):
    """A process and its children."""
    with open(f"/proc/{pid}/task/{pid}/children") as children:
        return [pid] + [int(child) for child in children.read().split()]


def cpu_seconds(pid):
    ticks = 0
    for process in processes(pid):
        with open(f"/proc/{process}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_mib(pid):
    total = 0
    for process in processes(pid):
        with open(f"/proc/{process}/status") as status:
            total += int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1))
    return total / 1024


def started(command, url):
    """Starts a server on the first processor and waits until it answers."""
    server = subprocess.Popen(["taskset", "-c", "0", *command], stdout=subprocess.DEVNULL)
    host, port = url.removeprefix("http://").split(":")
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection((host, int(port)), 1).close()
            return server
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"{command[0]} didn't start")
            time.sleep(0.05)


def loaded(server, url, token, agents, seconds, round):
    """Lets wrk ask for a while; requests a second, and microseconds of CPU for each."""
    before = cpu_seconds(server.pid)
    output = subprocess.run(
        ["taskset", "-c", "1", "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s"]
        + [os.path.join(HERE, "events.lua"), url + "/api/v2/events/users/routingstatus", "--"]
        + [token, str(agents), str(round)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        sys.exit(output)
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
    return rate, (cpu_seconds(server.pid) - before) / requests * 1e6, requests


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("patchbay", nargs="?", default=".build/release/patchbay")
    parser.add_argument("--agents", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sandbox_url, nginx_url = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        users = [{"id": agent(number), "name": f"A{number}"} for number in range(arguments.agents)]
        with open(folder + "/users.json", "w") as file:
            json.dump({"users": users}, file)
        with open(folder + "/nginx.conf", "w") as file:
            file.write(NGINX.format(folder=folder, port=nginx_url.rsplit(":", 1)[1]))
        sandbox = started(
            [arguments.patchbay, "sandbox", "--listen", sandbox_url.removeprefix("http://")]
            + ["--seed-data", folder + "/users.json", "--options", '{"rate_limit": "off"}'],
            sandbox_url,
        )
        nginx = started(["/usr/sbin/nginx", "-c", folder + "/nginx.conf", "-p", folder], nginx_url)
        try:
            measure(arguments, (sandbox, sandbox_url), (nginx, nginx_url))
        finally:
            for server in (sandbox, nginx):
                server.send_signal(signal.SIGTERM)
                server.wait()


def measure(arguments, sandbox, nginx):
    token = logged_in(sandbox[1])
    send_on_queue(sandbox[1], token, arguments.agents)
    figures = {"nginx": [], "sandbox": []}
    sent = 0
    for round in range(arguments.rounds):
        for name, (server, url) in (("nginx", nginx), ("sandbox", sandbox)):
            *figure, requests = loaded(
                server, url, token, arguments.agents, arguments.seconds, round
            )
            figures[name].append(figure)
            sent += requests if name == "sandbox" else 0
    state = asked(sandbox[1] + "/sandbox/state")
    effects = state["effects"] - arguments.agents
    print(
        f"{CONNECTIONS} connections, one routing-status event in a request, "
        f"{arguments.agents} agents, median of {arguments.rounds} times {arguments.seconds} s"
    )
    rates = {}
    for name, (server, _) in (("nginx", nginx), ("sandbox", sandbox)):
        rates[name], cpu = (statistics.median(column) for column in zip(*figures[name]))
        print(
            f"  {name:7}  {rates[name]:8.0f} requests/s  CPU {cpu:5.1f} us/request"
            f"  peak {peak_mib(server.pid):6.1f} MiB"
        )
    print(f"  speed of the sandbox: {rates['sandbox'] / rates['nginx']:.2f} of nginx")
    # What is under way when wrk stops may still take effect.
    print(f"  {sent} answers counted, {effects} effects, {state['refusals']} refusals")
    if state["refusals"] or not 0 <= effects - sent <= CONNECTIONS * arguments.rounds:
        sys.exit("not every request had its effect")


if __name__ == "__main__":
    main()
