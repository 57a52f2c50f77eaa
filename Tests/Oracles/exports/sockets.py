#!/usr/bin/env python3
"""Looks at a run from beside it. Usage: sockets.py PROGRAM

`patchbay top` and `patchbay tap` on a run that has no option for it; the socket's mode; that it is gone with the run, and with
a folder that is emptied. Prints how much was checked.
"""
import json, os, signal, stat, subprocess, sys, time
from running import Run, events, fed

program = sys.argv[1]
checks = 0


def check(condition, what):
    global checks
    checks += 1
    assert condition, what


def ask(run, *arguments, code=0):
    done = subprocess.run([program, *arguments], cwd=run.folder, capture_output=True, text=True, timeout=60)
    check(done.returncode == code, f"{arguments}: {done.returncode} {done.stdout} {done.stderr}")
    return done


def folder_of(run):
    for _ in range(200):
        names = [name for name in os.listdir(f"{run.folder}/runs")] if os.path.isdir(f"{run.folder}/runs") else []
        for name in sorted(names, reverse=True):
            if os.path.exists(f"{run.folder}/runs/{name}/watch.sock"):
                return f"{run.folder}/runs/{name}"
        time.sleep(0.05)
    raise AssertionError(run.said())


run = Run(program, fed(), feeds=True)
folder = folder_of(run)
mode = stat.S_IMODE(os.stat(f"{folder}/watch.sock").st_mode)
check(mode == 0o600, oct(mode))
run.feed(events(0, 200))
for _ in range(100):
    top = ask(run, "top", "--once").stdout
    if "emitted 200" in top and "inside 0" in top:
        break
    time.sleep(0.05)
rows = {line.split()[0]: line.split() for line in top.splitlines() if line.strip()}
check(rows["schema"][2] == "200" and rows["states"][2] == "180", top)
check("running" in ask(run, "runs").stdout, "a run that goes on is listed as such")

tap = subprocess.Popen([program, "tap", "schema.rejected", "--limit", "3"], cwd=run.folder, stdout=subprocess.PIPE, text=True)
chosen = subprocess.Popen([program, "tap", "states", "--where", "state=routing/agent/busy"], cwd=run.folder,
                          stdout=subprocess.PIPE, text=True)
time.sleep(0.5)
run.feed(events(200, 100))
lines = [json.loads(line) for line in tap.stdout]
check(tap.wait(20) == 0, "--limit ends it")
check([line["sequence_id"] for line in lines] == ["e-209", "e-219", "e-229"], lines)
check(all(line["outcome"]["verdict"] == "rejected" for line in lines), lines)
check("there is no stage nobody" in ask(run, "tap", "nobody", code=1).stderr, "an unknown stage")
check("a correlator has no port failed" in ask(run, "tap", "states.failed", code=1).stderr, "an unknown port")
ask(run, "tap", "states", "--where", "x=1", code=64)

watching = subprocess.Popen([program, "top"], cwd=run.folder, stdout=subprocess.PIPE, text=True)
time.sleep(1.2)
run.process.stdin.close()
report, ended = run.end()
check(watching.wait(20) == 0, "top ends with the run")
check("emitted 300" in watching.stdout.read().split("run ")[-1], "top has seen its end")
seen = [json.loads(line)["sequence_id"] for line in chosen.stdout]
check(chosen.wait(20) == 0 and seen == [f"e-{n}" for n in range(201, 300, 5) if n % 10 != 9], seen)
check(not os.path.exists(f"{folder}/watch.sock"), "the socket is gone with the run")
check("passed" in ask(run, "runs").stdout or "failed" in ask(run, "runs").stdout, "it has ended")
ask(run, "top", code=66)

# What a killed run has left is in nobody's way.
config = fed()
config["run"] = {"keep": 1}
killed = Run(program, config, feeds=True)
left = folder_of(killed)
killed.process.send_signal(signal.SIGKILL)
killed.process.wait()
check(os.path.exists(f"{left}/watch.sock"), "a killed run leaves its socket")
ask(killed, "top", "--once", left, code=1)
for _ in range(2):
    subprocess.run([program, "run", "config.json"], cwd=killed.folder, stdin=subprocess.DEVNULL, capture_output=True)
check(not os.path.exists(left), "an old run's folder goes, socket and all")

# The log for programs: a record that an earlier run left torn is told.
config = fed()
config["sinks"]["audit"] = {"type": "audit-json", "inputs": ["states"], "path": "audit.json"}
logged = Run(program, config, "--log-format", "json", "--quiet", feeds=True)
logged.feed(events(0, 10))
logged.process.stdin.close()
logged.end()
with open(f"{logged.folder}/audit.json", "r+b") as file:
    file.truncate(os.path.getsize(file.name) - 40)
done = subprocess.run([program, "run", "config.json", "--log-format", "json"], cwd=logged.folder, capture_output=True, text=True,
                      input="".join(json.dumps(event) + "\n" for event in events(0, 10)))
check(done.returncode == 0, done.stderr)
[line] = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
check(line["level"] == "warning" and line["stage"] == "audit" and "torn record" in line["message"], line)
check(any(name.endswith(line["run"]) for name in os.listdir(f"{logged.folder}/runs")), line)
print(f"{checks} checks passed")
