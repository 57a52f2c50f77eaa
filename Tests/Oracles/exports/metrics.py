#!/usr/bin/env python3
"""Reads a run's metrics as collectors do. Usage: metrics.py PROGRAM [PROMETHEUS]

By the OpenMetrics parser of prometheus_client, while the run goes on; and by a Prometheus that scrapes it, whose queries
must give the run's counts. Prints how much was checked.
"""
import json, os, signal, subprocess, sys, tempfile, time, urllib.error, urllib.parse, urllib.request
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from running import Run, events, fed, pipeline

program, *rest = sys.argv[1:]
checks = 0


def check(condition, what):
    global checks
    checks += 1
    assert condition, what


def get(url, headers={}):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def samples(text):
    """All samples by name and labels; the parser refuses what isn't OpenMetrics."""
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value
            for family in text_string_to_metric_families(text) for sample in family.samples}


def value(found, name, **labels):
    return found[name, tuple(sorted(labels.items()))]


# Long enough to be scraped a few times; a hold at the end, so that the last scrape sees the end.
config = pipeline({"audit": {"type": "audit-log", "inputs": ["states"]}}, seconds=8)
run = Run(program, config, "--metrics", "127.0.0.1:0")
base = run.address("metrics").removesuffix("/metrics")

status, headers, _ = get(base + "/healthz")
check(status == 200, "/healthz")
for _ in range(100):
    ready = get(base + "/readyz")[0]
    if ready == 200:
        break
    check(ready == 503, ready)
    time.sleep(0.02)
check(ready == 200, "/readyz")
for host, origin in [("evil.example", None), ("127.0.0.1", "http://evil.example"), ("127.0.0.1", "null")]:
    status, _, _ = get(base + "/metrics", {"Host": host, **({"Origin": origin} if origin else {})})
    check(status == 403, f"{host} {origin}: {status}")
check(get(base + "/nothing")[0] == 404, "what isn't there")

last = 0
for _ in range(3):
    time.sleep(1)
    status, headers, text = get(base + "/metrics")
    check(headers["Content-Type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8", headers["Content-Type"])
    found = samples(text)
    emitted = value(found, "patchbay_events_total", fate="emitted")
    check(emitted > last, "events go on")
    last = emitted
    report = json.loads(get(base + "/report.json")[2])
    check(report["events"]["emitted"] >= emitted, "the report is as new")
    counts = [found[key] for key in found if key[0] == "patchbay_latency_seconds_bucket" and ("part", "service") in key[1]]
    check(counts == sorted(counts) and counts[-1] == value(found, "patchbay_latency_seconds_count", part="service"),
          "buckets are cumulative")
    check(value(found, "process_resident_memory_bytes") > 1 << 20, "memory")
    check(value(found, "process_cpu_seconds_total") > 0, "processor time")
    check(abs(value(found, "process_start_time_seconds") - time.time()) < 60, "start")

prometheus = None
if rest:
    fed_run = Run(program, fed(), "--metrics", "127.0.0.1:0", feeds=True)
    target = fed_run.address("metrics").removesuffix("/metrics")
    folder = tempfile.mkdtemp(prefix="patchbay-prometheus-")
    with open(f"{folder}/prometheus.yml", "w") as file:
        json.dump({"global": {"scrape_interval": "200ms"}, "scrape_configs": [
            {"job_name": "patchbay", "static_configs": [{"targets": [base.removeprefix("http://")]}]},
            {"job_name": "fed", "static_configs": [{"targets": [target.removeprefix("http://")]}]}]}, file)
    port = 19000 + os.getpid() % 1000
    prometheus = subprocess.Popen(
        [rest[0], f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data",
         f"--web.listen-address=127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

def query(text):
    url = f"http://127.0.0.1:{port}/api/v1/query?" + urllib.parse.urlencode({"query": text})
    return {json.dumps(row["metric"], sort_keys=True): float(row["value"][1])
            for row in json.loads(get(url)[2])["data"]["result"]}


def scraped(job):
    """Whether it has scraped a run."""
    try:
        return any(query(f'up{{job="{job}"}}').values())
    except (OSError, KeyError, ValueError):
        return False


try:
    for _ in range(200):
        if not prometheus or scraped("patchbay") and scraped("fed"):
            break
        time.sleep(0.05)
    report, _ = run.end(99)
    check(run.process.returncode == 99, "the server doesn't hold the run")
    if prometheus:
        # What was scraped while the run went on: the run may have gone on for a moment.
        seen = query('max_over_time(patchbay_events_total{job="patchbay",fate="emitted"}[5m])')
        check(len(seen) == 1, seen)
        [emitted] = seen.values()
        check(0.5 * report["events"]["emitted"] < emitted <= report["events"]["emitted"], (emitted, report["events"]))
        stages = query('max_over_time(patchbay_stage_received_total{stage="inject"}[5m])')
        check(len(stages) == 1, stages)
        quantile = query('histogram_quantile(0.5, max_over_time(patchbay_latency_seconds_bucket{job="patchbay",part="service"}[5m]))')
        [median] = quantile.values()
        check(0.0005 < median < 0.05, median)
        # Where nothing changes any more the numbers are exact.
        sent = 0
        for count in [70, 400, 1000]:
            fed_run.feed(events(sent, count))
            sent += count
            for _ in range(200):
                found = samples(get(target + "/metrics")[2])
                settled = sum(value(found, "patchbay_events_total", fate=fate) for fate in ["delivered", "rejected", "failed"])
                if settled == sent == value(found, "patchbay_events_total", fate="emitted"):
                    break
                time.sleep(0.05)
            check(settled == sent, f"{settled} of {sent}")
            time.sleep(1.2)
            found = samples(get(target + "/metrics")[2])
            for name, labels in [("patchbay_events_total", {"fate": fate}) for fate in ["emitted", "delivered", "rejected"]] + [
                    ("patchbay_stage_received_total", {"stage": "states", "role": "correlator", "type": "state-machine"}),
                    ("patchbay_stage_written_total", {"stage": "copy", "role": "sink", "type": "jsonl"})]:
                [seen] = query(name + "{job=\"fed\"," + ",".join(f'{key}="{text}"' for key, text in labels.items()) + "}").values()
                check(seen == value(found, name, **labels), f"{name} {labels}: {seen}")
        fed_run.process.stdin.close()
        report, _ = fed_run.end()
        check(report["events"]["emitted"] == sent and report["events"]["rejected"] == value(found, "patchbay_events_total", fate="rejected"),
              "the report is what was scraped last")
finally:
    if prometheus:
        prometheus.send_signal(signal.SIGTERM)
        prometheus.wait(20)
print(f"{checks} checks passed")
