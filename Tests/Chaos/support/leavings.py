"""What a run left behind in its folder, and whether it is whole and agrees with itself."""

import glob
import json
import os
import re


class Leavings:
    """The files of a run; `faults` says what is wrong with them."""

    def __init__(self, folder):
        """`folder` is the run's own, or None if it made none."""
        self.faults = []
        self.folder = folder
        self.report = self.whole_json("report.json")
        self.audit = self.whole_json("workspace_sim_audit_*.json")
        self.lines = self.whole_lines("events.jsonl")
        for path in self.paths("*.new-*"):
            self.faults.append(f"a draft was left behind: {os.path.basename(path)}")

    @classmethod
    def of_newest(cls, runs):
        """Those of the newest run among the folders of runs."""
        folders = sorted(glob.glob(os.path.join(runs, "*-*-*")))
        return cls(folders[-1] if folders else None)

    def paths(self, pattern):
        return glob.glob(os.path.join(self.folder, pattern)) if self.folder else []

    def whole_json(self, pattern):
        """What the file holds; None if it isn't there or isn't whole."""
        for path in self.paths(pattern):
            with open(path, "rb") as file:
                text = file.read()
            try:
                return json.loads(text)
            except ValueError as error:
                self.faults.append(
                    f"{os.path.basename(path)} isn't whole ({len(text)} bytes): {error}")
        return None

    def whole_lines(self, pattern):
        """The file's lines as bytes; None if it isn't there."""
        for path in self.paths(pattern):
            with open(path, "rb") as file:
                text = file.read()
            lines = text.split(b"\n")
            if lines.pop():
                self.faults.append(f"{os.path.basename(path)} ends within a line")
            for line in lines:
                try:
                    json.loads(line)
                except ValueError as error:
                    self.faults.append(
                        f"{os.path.basename(path)} has a line that isn't whole: {error}")
            return lines
        return None

    def stage(self, name):
        """A stage's entry in the report."""
        return next(stage for stage in self.report["stages"] if stage["name"] == name)

    def check_sums(self):
        """The report's own sums, and whether its counts are those of the files."""
        events, injection = self.report["events"], self.report["injection"]
        parts = [events[part] for part in ("delivered", "rejected", "failed", "abandoned")]
        if events["emitted"] != sum(parts) or not events["balanced"]:
            self.faults.append(f"emitted isn't the sum of the rest: {events}")
        numbers = [re.search(r" held (\d+) events? ", line) for line in self.report["leftovers"]]
        left = sum(int(number[1]) for number in numbers if number)
        if left != events["abandoned"]:
            self.faults.append(
                f"abandoned {events['abandoned']}, leftovers name {left}:"
                f" {self.report['leftovers']}")
        if injection and injection["attempted"] != sum(
            injection[part] for part in ("accepted", "failed", "unknown")
        ):
            self.faults.append(f"attempted isn't the sum of the rest: {injection}")
        self.check_records("audit", self.audit)
        self.check_records("copy", self.lines)

    def check_records(self, name, records):
        """A sink's account against its file."""
        stage = self.stage(name)
        found = len(records or [])
        if stage["written"] != found:
            self.faults.append(f"{name} says {stage['written']} written, its file has {found}")
        ids = [self.sequence(record) for record in records or []]
        twice = len(ids) - len(set(ids))
        if twice:
            self.faults.append(f"{name} has {twice} records twice")

    @staticmethod
    def sequence(record):
        record = json.loads(record) if isinstance(record, bytes) else record
        return record["sequence_id"]

    def expected_code(self):
        """The exit code that the documentation promises for such a report."""
        report, events = self.report, self.report["events"]
        if report["run"]["ending"] == "interrupted":
            return 130
        if report["failures"] or not events["balanced"] or events["emitted"] == 0:
            return 1
        if events["abandoned"]:
            return 75
        return 0 if all(threshold["passed"] for threshold in report["thresholds"]) else 99
