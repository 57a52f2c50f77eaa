"""The same requests by Patchbay and by load generators, to an nginx that answers each with 202."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import records
from sides import Side

NGINX = """
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 100000000;
  client_body_temp_path {folder}/nginx-body;
  proxy_temp_path {folder}/nginx-proxy;
  fastcgi_temp_path {folder}/nginx-fastcgi;
  uwsgi_temp_path {folder}/nginx-uwsgi;
  scgi_temp_path {folder}/nginx-scgi;
  server {{ listen 127.0.0.1:{port}; location / {{ return 202; }} }}
}}
"""
K6 = """
import http from 'k6/http';
const body = open('{folder}/one.json');
const params = {{ headers: {headers} }};
export const options = {{ vus: {connections}, iterations: {count} }};
export default function () {{ http.post('{url}', body, params); }}
"""
WRK = """
wrk.method = "POST"
wrk.body = io.open("{folder}/one.json"):read("*a")
{headers}
"""
# As many bytes as Patchbay sends with each request.
HEADERS = {"Content-Type": "application/json", "Idempotency-Key": 64 * "0"}
CONNECTIONS = 64


class Target:
    """An nginx on one processor, for as long as it is needed."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/events"
        config = f"{folder}/nginx.conf"
        with open(config, "w") as file:
            file.write(NGINX.format(folder=folder, port=port))
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = subprocess.Popen([program, "-c", config, "-g", "daemon off;"])
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        sys.exit("nginx doesn't answer")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def pipeline(folder, name, url, options):
    config = {
        "name": name,
        "run": {"keep": 1, "directory": f"{folder}/runs"},
        "sources": {"log": {"type": "jsonl", "path": "requests.jsonl"}},
        "injectors": {"api": {"type": "http", "inputs": ["log"], "url": url, "concurrency": CONNECTIONS, **options}},
        "sinks": {"out": {"type": "jsonl", "inputs": ["api", "api.failed"]}},
    }
    path = f"{folder}/{name}.json"
    with open(path, "w") as file:
        json.dump(config, file)
    return path


def sides(patchbay, k6, folder, url, count):
    """Each side, what it does, and how many events it sent, by what it printed."""
    records.write(f"{folder}/requests.jsonl", count)
    with open(f"{folder}/requests.jsonl") as file, open(f"{folder}/one.json", "w") as one:
        one.write(file.readline().rstrip("\n"))
    with open(f"{folder}/load.js", "w") as file:
        file.write(
            K6.format(folder=folder, headers=json.dumps(HEADERS), connections=CONNECTIONS, count=count, url=url)
        )
    with open(f"{folder}/load.lua", "w") as file:
        lines = "\n".join(f'wrk.headers["{name}"] = "{value}"' for name, value in HEADERS.items())
        file.write(WRK.format(folder=folder, headers=lines))
    fields = [word for name, value in HEADERS.items() for word in ("-H", f"{name}: {value}")]

    def all_of_them(output):
        return count

    def counted(output):
        return int(re.search(r"(\d+) requests in", output).group(1))

    several = {"events_per_request": 64, "body": "array"}
    found = [
        (Side("Patchbay, an event a request", [patchbay, "run", pipeline(folder, "single", url, {})],
              "`jsonl` -> `http` -> `jsonl`, latency of each recorded"), all_of_them),
        (Side("Patchbay, 64 events a request", [patchbay, "run", pipeline(folder, "several", url, several)],
              '`"events_per_request": 64`, figures by event'), all_of_them),
    ]
    if k6:
        found.append((Side("k6", [k6, "run", "--quiet", f"{folder}/load.js"], "64 virtual users"), all_of_them))
    if shutil.which("wrk"):
        found.append((Side("wrk", ["wrk", "-t1", f"-c{CONNECTIONS}", "-d5s", "-s", f"{folder}/load.lua", url],
                           "one thread, always the same bytes"), counted))
    if shutil.which("h2load"):
        found.append((Side("h2load", ["h2load", "--h1", f"-c{CONNECTIONS}", f"-n{count}", "-d", f"{folder}/one.json",
                                      *fields, url], "HTTP/1.1, one thread, always the same bytes"), all_of_them))
    return found


def table(patchbay, k6, folder, rounds, count):
    """The figures as Markdown."""
    target = Target(folder)
    figures = {}
    try:
        competitors = sides(patchbay, k6, folder, target.url, count)
        for number in range(rounds):
            for side, sent in competitors:
                seconds, cpu, peak = side.run(folder)
                with open(f"{folder}/output") as file:
                    done = sent(file.read())
                figures.setdefault(side.name, []).append((done / seconds, cpu / done * 1e6, peak))
                print(f"  {number + 1}/{rounds} {side.name}: {done / seconds:,.0f}/s", file=sys.stderr)
    finally:
        target.stop()

    def median(column):
        return sorted(column)[len(column) // 2]

    medians = {name: tuple(median(column) for column in zip(*runs)) for name, runs in figures.items()}
    lines = [
        "| | what it does | requests/s | CPU, us/request | peak MiB | by CPU of k6 | by speed of wrk |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for side, _ in competitors:
        speed, cpu, peak = medians[side.name]
        by_k6 = f"{medians['k6'][1] / cpu:.2f}" if "k6" in medians else "?"
        by_wrk = f"{speed / medians['wrk'][0]:.2f}" if "wrk" in medians else "?"
        lines.append(f"| {side.name} | {side.says} | {speed:,.0f} | {cpu:.1f} | {peak:.0f} | {by_k6} | {by_wrk} |")
    return "\n".join(lines)
