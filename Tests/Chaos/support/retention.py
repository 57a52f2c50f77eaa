"""Old runs that are cleared away, and what must stay of them."""

import glob
import json
import os
import signal

from support import program
from support.configurations import audit, desk, pipeline, write
from support.leavings import Leavings
from support.program import Program

# A name as the program gives it, of a run long ago.
OLD = "20200101_000000-016f5e66-e800-7000-8000-000000000001"


def configuration(keep=1, keep_audits=None, **run):
    run = {"keep": keep, **({"keep_audits": keep_audits} if keep_audits else {}), **run}
    return pipeline(
        sinks={"audit": audit(), "copy": {"type": "jsonl", "inputs": ["desk"]}}, run=run)


def runs(folder):
    return sorted(glob.glob(os.path.join(folder, "runs", "*")))


def names(folder):
    return sorted(os.listdir(folder))


def run(folder, count=1, **options):
    """Runs a few times; gives what went wrong."""
    write(folder, configuration(**options))
    faults = []
    for number in range(count):
        code, said = program.run(["run"], folder, seconds=20, label=f"{number}-")
        if code != 0:
            faults.append(f"exit code {code}: {said[-300:]}")
    return faults


def running(folder, _):
    """A run that goes on keeps everything, whatever newer ones clear away."""
    slow = configuration(clock="real")
    slow["sources"] = {"desk": desk(1, 3, "90ms")}
    with Program(["run", write(folder, slow, "slow.json")], folder, label="slow-") as first:
        for _ in range(1_000):
            if runs(folder) and len(names(runs(folder)[0])) > 2:
                break
            first.wait(0.01)
        path = runs(folder)[0]
        faults = run(folder, 4)
        if first.process.poll() is not None:
            faults.append("the slow run had ended too early")
        if first.wait(30) != 0:
            faults.append(f"the slow run: exit code {first.process.returncode}")
    leavings = Leavings(path)
    if None in (leavings.report, leavings.audit, leavings.lines):
        return faults + [f"left in the running run's folder: {names(path)}"]
    leavings.check_sums()
    return faults + leavings.faults


def audits_stay(folder, _):
    """Of old runs the audits stay, each whole."""
    faults = run(folder, 5)
    for path in runs(folder)[:-2]:
        kept = names(path)
        audits = [name for name in kept if name.startswith("workspace_sim_audit_")]
        if len(audits) != 1 or kept not in ([".audits", *audits], audits):
            faults.append(f"left of an old run: {kept}")
        elif len(json.loads(program.read(os.path.join(path, audits[0])))) != 12:
            faults.append("an old audit has lost records")
    if len(runs(folder)) != 5:
        faults.append(f"{len(runs(folder))} folders of 5 runs are left")
    return faults


def audits_go(folder, _):
    """With `keep_audits` so many runs keep theirs."""
    faults = run(folder, 6, keep_audits=3)
    # The newest one came after the clearing.
    if len(runs(folder)) != 4:
        faults.append(f"{len(runs(folder))} folders are left, expected 3 and the newest")
    return faults


def killed(folder, _):
    """A killed run counts as ended; its audit stays."""
    slow = configuration(clock="real")
    slow["sources"] = {"desk": desk(4, 100, "20ms")}
    with Program(["run", write(folder, slow, "slow.json")], folder, label="slow-") as first:
        first.wait(0.5)
        first.send(signal.SIGKILL)
        first.wait(10)
    faults = run(folder, 3)
    kept = names(runs(folder)[0])
    if "events.jsonl" in kept or not any(name.startswith("workspace") for name in kept):
        faults.append(f"left of a killed run: {kept}")
    return faults


def linked_folder(folder, _):
    """A run folder that is a link leads to an archive, which isn't touched."""
    archive = os.path.join(folder, "archive")
    put_files(archive)
    os.makedirs(os.path.join(folder, "runs"))
    link = os.path.join(folder, "runs", OLD)
    os.symlink(archive, link)
    faults = run(folder, 3)
    if not os.path.islink(link) or names(archive) != FILES:
        faults.append(f"left in the archive: {names(archive)}")
    return faults


def links_inside(folder, _):
    """Links in an old folder, and folders, aren't followed."""
    archive, old = os.path.join(folder, "archive"), os.path.join(folder, "runs", OLD)
    put_files(archive)
    put_files(old)
    os.symlink(archive, os.path.join(old, "link"))
    os.symlink(os.path.join(archive, "report.json"), os.path.join(old, "report-link.json"))
    put_files(os.path.join(old, "sub"))
    faults = run(folder, 3)
    if names(archive) != FILES or names(os.path.join(old, "sub")) != FILES:
        faults.append(f"left: {names(archive)}, {names(os.path.join(old, 'sub'))}")
    return faults


def foreign_names(folder, _):
    """Folders and files of other names aren't touched."""
    others = [
        "keep-me", "20200101_000000", OLD + "x", OLD[:-1], OLD.replace("-7000-", "-4000-x")[:52],
        OLD.replace("_", "-"), "2020" + OLD[4:].upper().replace("01F5", "01G5")[:51] + "G"]
    for name in others:
        put_files(os.path.join(folder, "runs", name))
    with open(os.path.join(folder, "runs", OLD), "w", encoding="utf-8") as file:
        file.write("a file of a run's name")
    faults = run(folder, 3)
    for name in others:
        if names(os.path.join(folder, "runs", name)) != FILES:
            faults.append(f"{name} was touched")
    if not os.path.isfile(os.path.join(folder, "runs", OLD)):
        faults.append("a file of a run's name was removed")
    return faults


def linked_list(folder, _):
    """The list of audits may be a link or hold foreign names; nothing outside goes."""
    old = os.path.join(folder, "runs", OLD)
    put_files(old)
    precious = os.path.join(folder, "precious")
    with open(precious, "w", encoding="utf-8") as file:
        file.write("../../precious\nreport.json\n")
    os.symlink(precious, os.path.join(old, ".audits"))
    faults = run(folder, 3)
    if program.read(precious) != "../../precious\nreport.json\n":
        faults.append("a file outside was touched")
    return faults


def shared_path(folder, _):
    """An audit with a path of its own is no run's, and outlives them all."""
    options = configuration(keep=1, keep_audits=1)
    options["sinks"]["audit"] = audit("all.json")
    write(folder, options)
    codes = [
        program.run(["run"], folder, seconds=20, label=f"{number}-")[0] for number in range(4)]
    found = len(json.loads(program.read(os.path.join(folder, "all.json"))))
    return [] if codes == [0] * 4 and found == 48 else [f"exit codes {codes}, {found} records"]


FILES = ["events.jsonl", "report.json"]


def put_files(folder):
    os.makedirs(folder)
    for name in FILES:
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write("{}\n")


def retention_trials(_):
    """(name, function) pairs."""
    for trial in (running, audits_stay, audits_go, killed, linked_folder, links_inside,
                  foreign_names, linked_list, shared_path):
        yield "retention-" + trial.__name__.replace("_", "-"), trial
