"""One file under several spellings: two runs, or two stages of one run."""

import os

from support import program
from support.audits import expect, put
from support.configurations import audit, desk, pipeline, write
from support.program import Program

AGENTS, INTERACTIONS, STATES = 4, 4, 6


def spell(folder, way):
    """Another spelling of `shared.json` in a folder."""
    os.makedirs(os.path.join(folder, "a"), exist_ok=True)
    shared = os.path.join(folder, "shared.json")
    if way == "link":
        os.symlink("shared.json", os.path.join(folder, "link.json"))
        return "link.json"
    if way == "linked-folder":
        os.symlink(".", os.path.join(folder, "here"))
        return "here/shared.json"
    if way == "hard-link":
        put(folder, b"[]", "shared.json")
        os.link(shared, os.path.join(folder, "hard.json"))
        return "hard.json"
    return {
        "dot": "./shared.json", "parent": "a/../shared.json", "slashes": ".//a/..//shared.json",
        "absolute": shared, "same": "shared.json",
        "missing-parent": "nowhere/../shared.json"}[way]


def two_runs_trial(way):
    """While one run writes a file, another is refused it by name, and loses nothing of it."""
    def body(folder, _):
        spelling = spell(folder, way)
        shared = os.path.join(folder, "shared.json")
        write(folder, pipeline(
            sources={"desk": desk(AGENTS, INTERACTIONS, "60ms")},
            sinks={"audit": audit("shared.json")}, run={"clock": "real"}), "first.json")
        write(folder, pipeline(sinks={"audit": audit(spelling)}), "second.json")
        with Program(["run", "first.json"], folder, label="first-") as first:
            for _ in range(1_000):
                if os.path.exists(shared) and os.path.getsize(shared) > 300:
                    break
                first.wait(0.01)
            code, said = program.run(["run", "second.json"], folder, label="second-", seconds=20)
            was_running = first.process.poll() is None
            first_code = first.wait(30)
        faults = [] if was_running else ["the first run had ended before the second"]
        if first_code != 0:
            faults.append(f"the first run: exit code {first_code}")
        name = os.path.basename(spelling)
        if code != 1 or "is writing it" not in said or name not in said:
            faults.append(f"the second run: exit code {code}, said {said[-400:]}")
        return faults + expect(shared, [], AGENTS * INTERACTIONS * STATES)
    return body


def two_stages_trial(way):
    """Two stages of one pipeline by two spellings of one file are refused by validate."""
    def body(folder, _):
        both = pipeline(sinks={"one": audit("shared.json"), "two": audit(spell(folder, way))})
        code, said = program.run(["validate", write(folder, both)], folder, seconds=20)
        if code != 78 or "sinks.two" not in said:
            return [f"validate: exit code {code}, said {said[-400:]}"]
        return []
    return body


def existing(trial):
    """The same where the file is there already."""
    def body(folder, draw):
        put(folder, b"[]", "shared.json")
        return trial(folder, draw)
    return body


def spelling_trials(is_short):
    """(name, function) pairs."""
    for way in ("same", "dot", "parent", "slashes", "absolute", "link", "linked-folder"):
        yield f"two-stages-{way}", two_stages_trial(way)
        yield f"two-stages-existing-{way}", existing(two_stages_trial(way))
        if not is_short or way in ("parent", "link"):
            yield f"two-runs-{way}", two_runs_trial(way)
    yield "two-runs-hard-link", two_runs_trial("hard-link")
