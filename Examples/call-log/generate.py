#!/usr/bin/env python3
"""Writes one invented day of a bank's call log to standard output.

The format is that of the "Anonymous Bank" log of 1999: 17 tab-separated columns and a header.
No row, customer or name is taken from it; only the shape is: call types and their mean service
times, log-normal services, the share of callers who hang up, and the kinds of dirt.
The same seed gives the same bytes.
"""

import argparse
import math
import random
import sys

COLUMNS = (
    "vru+line call_id customer_id priority type date vru_entry vru_exit vru_time "
    "q_start q_exit q_time outcome ser_start ser_exit ser_time server"
).split()

# Share of calls in per cent and mean service time in seconds, by call type.
TYPES = {
    "PS": (72.8, 194),
    "NW": (17.7, 108),
    "NE": (5.0, 325),
    "TT": (3.1, 84),
    "IN": (0.9, 269),
    "PE": (0.5, 235),
}
SIGMA = 1.0  # of the log-normal service times of one type; all types together have about 1.1
PATIENCE = 420  # mean seconds until a waiting caller hangs up
WRAP_UP = 25  # mean seconds between an agent's services; the log doesn't show them

# Weight of each hour of the day for arrivals: two humps, quiet nights.
HOURS = [3, 1, 0, 0, 0, 1, 3, 26, 69, 76, 83, 74, 69, 66, 75, 76, 86, 63, 48, 49, 37, 33, 32, 28]

# Invented agents and their shifts, in hours.
SHIFTS = {
    "BIRKA": (0, 8),
    "CASPIAN": (7, 15),
    "DELMAR": (7, 16),
    "EULALIA": (8, 16),
    "FENNA": (8, 17),
    "GUSTL": (10, 18),
    "HEDDA": (12, 20),
    "ISOLDE": (14, 22),
    "JORIS": (16, 24),
    "KNUT": (18, 24),
}
LAST = "KNUT"  # serves the call that crosses midnight

OVERLAPS = 0.008  # services that start while their agent is in another one
ZERO_SERVICES = 0.009  # services of no length
PHANTOMS = 0.008  # calls that the log itself says to ignore
NO_NAMES = 0.015  # served calls without their agent's name
SKEWED = 1 / 3  # queued services that start a second or two before their wait ends
NEGATIVE_VRU = 0.001  # calls whose two clocks disagree


class Agents:
    """Who is on shift, and from when on each is free."""

    def __init__(self, rng):
        self.rng = rng
        self.free = {name: hours[0] * 3600 for name, hours in SHIFTS.items()}
        self.service = {}

    def on_shift(self, second):
        return [
            name
            for name, (first, last) in SHIFTS.items()
            if first * 3600 <= second < last * 3600
        ]

    def next(self, second):
        """When an agent is free, and who: of several, the one who has waited longest."""
        start, _, name = min(
            (max(self.free[name], second), self.free[name], name) for name in self.on_shift(second)
        )
        return start, name

    def busy(self, second):
        """An agent in the middle of a service, or nobody."""
        names = [
            name
            for name in self.on_shift(second)
            if name in self.service and self.service[name][0] < second < self.service[name][1] - 5
        ]
        return self.rng.choice(names) if names else None

    def serve(self, name, start, end):
        self.service[name] = (start, end)
        pause = 1 + int(self.rng.expovariate(1 / WRAP_UP))
        self.free[name] = max(self.free[name], end + pause)


def clock(second):
    """`h:mm:ss` without a leading zero; past midnight it starts again."""
    second %= 86_400
    return f"{second // 3600}:{second // 60 % 60:02d}:{second % 60:02d}"


def arrivals(rng, count):
    """The seconds at which calls come in; one late call is served past midnight."""
    hours = rng.choices(range(24), weights=HOURS, k=count - 1)
    seconds = [hour * 3600 + rng.randrange(3600) for hour in hours]
    return sorted(min(second, 86_000) for second in seconds) + [86_310]


def service_time(rng, kind, is_last):
    if is_last:
        return 300
    if rng.random() < ZERO_SERVICES:
        return 0
    mean = TYPES[kind][1]
    return max(1, round(rng.lognormvariate(math.log(mean) - SIGMA**2 / 2, SIGMA)))


def call(rng, agents, entry, is_last):
    """One call as a row without its ids and date."""
    kind = rng.choices(list(TYPES), weights=[share for share, _ in TYPES.values()])[0]
    is_known = kind in ("PS", "NE", "TT", "PE") and rng.random() < 0.52
    customer = rng.randrange(1_000_000, 100_000_000) if is_known else 0
    priority = rng.choices((1, 2), weights=(34, 66))[0] if is_known else 0

    vru = min(60, max(2, round(rng.lognormvariate(2.1, 0.5))))
    leaves = entry + vru
    if rng.random() < NEGATIVE_VRU:
        vru = -rng.randrange(5, 50)
        leaves = entry + vru
    row = {
        "customer_id": customer, "priority": priority, "type": kind, "vru_entry": clock(entry),
        "vru_exit": clock(leaves), "vru_time": vru, "q_start": clock(0), "q_exit": clock(0),
        "q_time": 0, "ser_start": clock(0), "ser_exit": clock(0), "ser_time": 0,
        "server": "NO_SERVER",
    }  # fmt: skip

    if rng.random() < 0.015:  # hangs up in the menu
        return row | {"outcome": "HANG"}
    start, server = agents.next(leaves)
    overlapping = agents.busy(leaves) if rng.random() < OVERLAPS else None
    if overlapping:
        start, server = leaves, overlapping
    if is_last:
        start, server = leaves, LAST
    if start > leaves:
        patience = 1 + int(rng.expovariate(1 / PATIENCE))
        wait = min(start - leaves, patience)
        row |= {"q_start": clock(leaves), "q_exit": clock(leaves + wait), "q_time": wait}
        if patience < start - leaves:
            return row | {"outcome": "HANG"}
        if rng.random() < SKEWED:
            start -= min(wait, rng.choice((1, 2)))
    duration = service_time(rng, kind, is_last)
    row |= {"ser_start": clock(start), "ser_exit": clock(start + duration), "ser_time": duration}
    if not is_last and rng.random() < PHANTOMS:
        return row | {"outcome": "PHANTOM"}
    if not is_last and rng.random() < NO_NAMES:
        return row | {"outcome": "AGENT"}
    agents.serve(server, start, start + duration)
    return row | {"outcome": "AGENT", "server": server}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=11, help="chooses the day (default: 11)")
    parser.add_argument("--calls", type=int, default=1_100, help="how many (default: 1100)")
    parser.add_argument("--date", default="260114", help="as YYMMDD (default: 260114)")
    options = parser.parse_args()

    rng = random.Random(options.seed)
    agents = Agents(rng)
    rows = []
    next_id = {}
    seconds = arrivals(rng, options.calls)
    for index, entry in enumerate(seconds):
        line = f"ZZ{rng.randrange(1, 3):02d}{rng.randrange(1, 15):02d}"
        next_id[line] = next_id.get(line, 40_000 + 1_000 * len(next_id)) + 1
        row = call(rng, agents, entry, is_last=index == len(seconds) - 1)
        row |= {"vru+line": line, "call_id": next_id[line], "date": options.date}
        rows.append(row)
    # Like the real files: by line, and by time only within one.
    rows.sort(key=lambda row: (row["vru+line"], row["call_id"]))
    sys.stdout.write("\t".join(COLUMNS) + "\n")
    for row in rows:
        sys.stdout.write("\t".join(str(row[column]) for column in COLUMNS) + "\n")


if __name__ == "__main__":
    main()
