#!/usr/bin/env python3
"""What it costs a run to be watched: processor time an event with its page, metrics and a tap followed, beside a run that
nobody watches, in turn. Usage: measure.py PROGRAM [ROUNDS]
"""
import glob, json, os, re, statistics, subprocess, sys, tempfile, threading, time, urllib.request

program = os.path.abspath(sys.argv[1])
rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9

CONFIG = {
    "name": "watched", "run": {"clock": "virtual", "seed": 1, "keep": 1},
    "sources": {"desk": {"type": "scenario", "agents": 5000, "interactions_per_agent": 100, "illegal": 500}},
    "validators": {"schema": {"type": "interaction-event", "inputs": ["desk"]}},
    "correlators": {"states": {"type": "state-machine", "inputs": ["schema"]}},
    "sinks": {"copy": {"type": "jsonl", "inputs": ["states"]}},
}


def follow(url):
    """Takes what a page is sent, and scrapes, as a browser and a collector would."""
    def live():
        try:
            with urllib.request.urlopen(url + "live", timeout=60) as answer:
                while answer.read1(1 << 16):
                    pass
        except OSError:
            pass

    def scrape():
        try:
            while True:
                urllib.request.urlopen(url + "metrics", timeout=5).read()
                time.sleep(1)
        except OSError:
            pass

    for task in [live, scrape]:
        threading.Thread(target=task, daemon=True).start()


def run(folder, is_watched):
    """One run; processor seconds and events."""
    log = open(f"{folder}/err", "w")
    for socket in glob.glob(f"{folder}/runs/*/watch.sock"):
        os.unlink(socket)
    process = subprocess.Popen(
        [program, "run", "config.json", "--quiet", *(["--dashboard", "127.0.0.1:0"] if is_watched else [])],
        cwd=folder, stdout=subprocess.DEVNULL, stderr=log)
    if is_watched:
        for _ in range(200):
            found = re.search(r"dashboard: (\S+)", open(f"{folder}/err").read())
            if found:
                follow(found[1])
                break
            time.sleep(0.01)
        for _ in range(200):
            if glob.glob(f"{folder}/runs/*/watch.sock"):
                break
            time.sleep(0.01)
        tap = subprocess.Popen([program, "tap", "states"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # The run's own time, without that of who looks.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, open(f"{folder}/err").read()
    if is_watched:
        tap.wait(20)
    runs = f"{folder}/runs"
    with open(f"{runs}/{sorted(os.listdir(runs))[-1]}/report.json") as file:
        events = json.load(file)["events"]["emitted"]
    return usage.ru_utime + usage.ru_stime, events


with tempfile.TemporaryDirectory() as folder:
    with open(f"{folder}/config.json", "w") as file:
        json.dump(CONFIG, file)
    run(folder, False)
    pairs = []
    for number in range(rounds):
        order = [False, True] if number % 2 == 0 else [True, False]
        pairs.append(dict((is_watched, run(folder, is_watched)) for is_watched in order))
    plain = statistics.median(pair[False][0] / pair[False][1] for pair in pairs)
    watched = statistics.median(pair[True][0] / pair[True][1] for pair in pairs)
    ratio = statistics.median(pair[True][0] / pair[False][0] for pair in pairs)
    print(f"{pairs[0][True][1]:,} events, median of {rounds} pairs: {plain * 1e6:.3f} us of processor time an event "
          f"unwatched, {watched * 1e6:.3f} us with page, metrics and a tap followed; ratio of pairs {ratio:.3f}")
