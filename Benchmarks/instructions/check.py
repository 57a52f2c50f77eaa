"""Counts the instructions that parsing, validating, correlating and writing 10 000 events take, and fails
where they are above the ceilings beside it. `--write` makes new ceilings, 10 % above what was counted."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

EVENTS = 10_000
HERE = os.path.dirname(os.path.abspath(__file__))
CEILINGS = os.path.join(HERE, "ceilings.json")


def counted(program, work, events):
    """How many instructions a run takes."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, work, str(events)]
    environment = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1", "LC_ALL": "C"}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode or not found:
        sys.exit(f"{' '.join(command)} failed:\n{run.stdout}{run.stderr}")
    return int(found.group(1))


def main():
    built = next(one for one in sys.argv[1:] if not one.startswith("--"))
    ceilings = json.load(open(CEILINGS)) if os.path.exists(CEILINGS) else {}
    too_many = []
    with tempfile.TemporaryDirectory() as folder:
        # Without its symbols: valgrind can't read all of what the compiler says of them.
        program = shutil.copy(built, os.path.join(folder, "counted-work"))
        subprocess.run(["strip", program], check=True)
        for work in ["parse", "validate", "correlate", "write"]:
            count = (counted(program, work, EVENTS) - counted(program, work, 0)) // EVENTS
            ceiling = ceilings.get(work, 0)
            print(f"{work:9}  {count:6} instructions an event, at most {ceiling}")
            if "--write" in sys.argv:
                ceilings[work] = count * 11 // 10
            elif count > ceiling:
                too_many.append(work)
    if "--write" in sys.argv:
        with open(CEILINGS, "w") as file:
            json.dump(ceilings, file, indent=2)
            file.write("\n")
    elif too_many:
        sys.exit(
            f"{' and '.join(too_many)} takes more instructions than it did. Where they go:\n"
            f"  valgrind --tool=callgrind --callgrind-out-file=counted.out {built} {too_many[0]} {EVENTS}\n"
            "  callgrind_annotate counted.out | head -40\n"
            "If it is worth it: make instructions WRITE=--write, and say why in the commit.")


main()
