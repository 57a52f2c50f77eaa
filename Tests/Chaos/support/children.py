"""Programs for the subprocess stages that hang at one point or another."""

import os
import sys

# Each is killed with the process group of the program that started it, or it is a fault.
CHILD = '''
import json, os, signal, subprocess, sys, time
how = sys.argv[1]
open(sys.argv[2], "a").write("%d\\n" % os.getpid())
if "deaf" in how:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if "family" in how:
    child = subprocess.Popen(["sleep", "300"])
    open(sys.argv[2], "a").write("%d\\n" % child.pid)
if "silent" in how:
    time.sleep(300)
sys.stdin.readline()
print('{"patchbay":1}', flush=True)
if "unread" in how:
    time.sleep(300)
for line in sys.stdin:
    pass
if "stays" in how:
    time.sleep(300)
'''


def command(folder, how):
    """A child's command, and the file in which it notes its process ids."""
    path = os.path.join(folder, "child.py")
    with open(path, "w", encoding="utf-8") as file:
        file.write(CHILD)
    pids = os.path.join(folder, "pids")
    return [sys.executable, path, how, pids], pids


def survivors(pids):
    """Which of the noted processes still live; a dead one that nobody waited for doesn't."""
    if not os.path.exists(pids):
        return []
    with open(pids, encoding="utf-8") as file:
        return [pid for pid in file.read().split() if state(pid) not in ("", "Z")]


def state(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            return file.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return ""
