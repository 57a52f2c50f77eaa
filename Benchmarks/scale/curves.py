"""How throughput and memory change with batch size, stages, sinks, live interactions and length, as curves
in SVG; and what an idle run, a sink more, settlement and metrics cost.

Called by Benchmarks/peers/compare.py, which writes the page.
"""

import json
import os
import statistics
import subprocess
import sys
import time

from sides import Side

SIZES = [1, 4, 16, 64, 256, 1024, 4096]
STAGES = [0, 1, 2, 4, 8]
SINKS = [1, 2, 4, 8]
SHIFTS = [(10, 600_000), (10_000, 600_000), (10_000, 4_980_000), (1_000_000, 6_000_000)]
LENGTHS = [100_000, 1_000_000, 10_000_000]
HOP_EVENTS = 20_000_000
IDLE_SECONDS = 10
ROUNDS = 3


def written(folder, name, config):
    path = os.path.join(folder, f"{name}.json")
    with open(path, "w") as file:
        json.dump({"name": name, **config}, file)
    return path


def lines(folder, name, correlators=1, sinks=1):
    """A configuration that reads the file, with so many correlators in a chain and so many sinks."""
    stages = [f"states{number}" for number in range(correlators)]
    inputs = ["schema", *stages]
    return written(folder, name, {
        "run": {"keep": 1, "directory": f"{folder}/runs"},
        "sources": {"log": {"type": "jsonl", "path": "events.jsonl"}},
        "validators": {"schema": {"type": "interaction-event", "inputs": ["log"]}},
        "correlators": {
            stage: {"type": "state-machine", "inputs": [before]} for stage, before in zip(stages, inputs)
        },
        "sinks": {
            f"out{number}": {"type": "jsonl", "inputs": [inputs[-1]], "file": f"{number}.jsonl"}
            for number in range(sinks)
        },
    })


def shift(folder, name, agents, events):
    """A configuration of a shift on the virtual clock, and how many events it has."""
    interactions = max(1, events // agents // 6)
    path = written(folder, name, {
        "run": {"clock": "virtual", "seed": 7, "keep": 1, "directory": f"{folder}/runs"},
        "sources": {
            "desk": {
                "type": "scenario", "agents": agents, "interactions_per_agent": interactions, "dwell": "30s",
            }
        },
        "validators": {"schema": {"type": "interaction-event", "inputs": ["desk"]}},
        "correlators": {"states": {"type": "state-machine", "inputs": ["schema"]}},
        "sinks": {"out": {"type": "jsonl", "inputs": ["states"]}},
    })
    return path, agents * interactions * 6


def median(runs):
    return tuple(statistics.median(column) for column in zip(*runs))


def in_turn(sides, folder, rounds=ROUNDS):
    """(seconds, CPU seconds, peak MiB) of each, by its name."""
    runs = {side.name: [] for side in sides}
    for number in range(rounds):
        for side in sides:
            runs[side.name].append(side.run(folder))
            print(f"  {number + 1}/{rounds} {side.name}: {runs[side.name][-1][0]:.2f} s", file=sys.stderr)
    return {name: median(figures) for name, figures in runs.items()}


def drawn(path, title, across, points, log=True):
    """Throughput and peak memory over something, as one picture."""
    # Only now: a child counts what this process had when it was started as memory of its own.
    import matplotlib

    matplotlib.use("svg")
    # The same figures give the same file, with text that can be searched.
    matplotlib.rcParams.update({"svg.hashsalt": "patchbay", "svg.fonttype": "none", "font.family": "sans-serif"})
    from matplotlib import pyplot
    from matplotlib.ticker import FuncFormatter

    figure, panels = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    figure.suptitle(title)
    columns = [[point[column] for point in points] for column in range(3)]
    for panel, values, name, color in [
        (panels[0], columns[1], "events/s", "#1f6f8b"), (panels[1], columns[2], "peak MiB", "#99582a"),
    ]:
        panel.plot(columns[0], values, marker="o", color=color)
        panel.set_xlabel(across)
        panel.set_ylabel(name)
        panel.set_ylim(bottom=0)
        panel.grid(alpha=0.3)
        if log:
            panel.set_xscale("log")
        panel.set_xticks(columns[0])
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _: shortened(value)))
        panel.minorticks_off()
    figure.savefig(path, metadata={"Date": None, "Creator": "make bench"})
    pyplot.close(figure)


def shortened(number):
    for size, letter in [(1_000_000, "M"), (1_000, "k")]:
        if number >= size:
            return f"{number / size:g}{letter}"
    return f"{number:g}"


def hops(parts, rounds=ROUNDS):
    """Nanoseconds for an event through a channel, by batch size: alone, and emitted and settled."""
    figures = {}
    for _ in range(rounds):
        for size in SIZES:
            for work in ("hop", "settled"):
                count = max(200_000, min(HOP_EVENTS, size * 100_000))
                run = subprocess.run([parts, work, str(size), str(count)], check=True, capture_output=True, text=True)
                figures.setdefault((work, size), []).append(float(run.stdout))
    return {key: statistics.median(values) for key, values in figures.items()}


def idle(patchbay, folder):
    """Milliseconds of CPU in a second of a run that waits for its input."""
    config = written(folder, "idle", {
        "run": {"directory": f"{folder}/runs"},
        "sources": {"in": {"type": "stdin"}},
        "validators": {"schema": {"type": "interaction-event", "inputs": ["in"]}},
        "sinks": {"out": {"type": "jsonl", "inputs": ["schema"]}},
    })
    run = subprocess.Popen(
        [patchbay, "run", config], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def used():
        # The clock of another process's CPU time, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime_ns((~run.pid << 3) | 2) / 1e6

    time.sleep(2)
    before = used()
    time.sleep(IDLE_SECONDS)
    after = used()
    run.stdin.close()
    run.wait()
    return (after - before) / IDLE_SECONDS


def row(*cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def section(patchbay, parts, folder, pictures, events):
    """The page's part about scale, as Markdown; the pictures are written beside it."""
    os.makedirs(pictures, exist_ok=True)

    drawings = []

    def picture(name, title, across, points, **options):
        drawings.append(lambda: drawn(os.path.join(pictures, f"{name}.svg"), title, across, points, **options))
        return f"![{title}]({os.path.basename(pictures)}/{name}.svg)\n"

    def point(across, count, figures):
        return across, count / figures[0], figures[2]

    page = ["## Scale\n"]
    plain = lines(folder, "plain")
    sides = [Side(f"batches of {size}", [parts, "run", plain, str(size)]) for size in SIZES]
    sides.append(Side("metered", [parts, "metered", plain, "256"]))
    found = in_turn(sides, folder)
    page.append(picture(
        "batch-size", "Lines from file to file, by events a batch", "events a batch",
        [point(size, events, found[f"batches of {size}"]) for size in SIZES],
    ))
    metrics = (found["metered"][1] - found["batches of 256"][1]) / events * 1e6
    names = {f"{count} correlators": count for count in STAGES}
    chains = in_turn(
        [Side(name, [patchbay, "run", lines(folder, f"chain{count}", correlators=count)]) for name, count in names.items()],
        folder,
    )
    page.append(picture(
        "stages", "Lines from file to file, by state machines in a chain", "correlators",
        [point(count, events, chains[name]) for name, count in names.items()], log=False,
    ))
    names = {f"{count} sinks": count for count in SINKS}
    fans = in_turn(
        [Side(name, [patchbay, "run", lines(folder, f"fan{count}", sinks=count)]) for name, count in names.items()],
        folder,
    )
    page.append(picture(
        "fan-out", "Lines from one file to several, by sinks", "sinks",
        [point(count, events, fans[name]) for name, count in names.items()], log=False,
    ))
    sink = (fans["2 sinks"][1] - fans["1 sinks"][1]) / events * 1e6
    page += ["### A shift on the virtual clock\n",
             "`scenario` -> `interaction-event` -> `state-machine` -> `jsonl`. Memory grows with those who are followed,\n"
             "not with the length. Ten agents rarely act at one time: each of their events travels alone there.\n",
             row("agents", "events", "seconds", "events/s", "CPU, us/event", "peak MiB"), "|--:|--:|--:|--:|--:|--:|"]
    live = []
    for agents, wanted in SHIFTS:
        config, count = shift(folder, "shift", agents, wanted)
        figures = in_turn([Side(f"{agents} agents", [patchbay, "run", config])], folder)[f"{agents} agents"]
        seconds, cpu, peak = figures
        page.append(row(f"{agents:,}", f"{count:,}", f"{seconds:.2f}", f"{count / seconds:,.0f}",
                        f"{cpu / count * 1e6:.2f}", f"{peak:.0f}"))
        if wanted != 4_980_000:
            live.append(point(agents, count, figures))
    page.append("")
    page.append(picture("live", "A shift, by live interactions", "live interactions", live))
    lengths = []
    for wanted in LENGTHS:
        config, count = shift(folder, "length", 10_000, wanted)
        figures = in_turn([Side(f"{wanted} events", [patchbay, "run", config])], folder)[f"{wanted} events"]
        lengths.append(point(count, count, figures))
    page.append(picture("length", "A shift of 10 000 agents, by its length", "events", lengths))
    hop = hops(parts)
    page += ["### A hop, and the price of things\n",
             "From one task to another through a channel, nanoseconds that pass for an event; then the same with each\n"
             "event emitted by a source and settled behind the channel.\n",
             row("events a batch", *(f"{size:,}" for size in SIZES)), "|---|" + "--:|" * len(SIZES),
             row("through the channel, ns/event", *(f"{hop['hop', size]:.1f}" for size in SIZES)),
             row("emitted and settled too, ns/event", *(f"{hop['settled', size]:.1f}" for size in SIZES)), "",
             row("price of", "CPU"), "|---|--:|",
             row("a `jsonl` sink more", f"{sink:.2f} us/event"),
             row("settlement, at 256 events a batch", f"{(hop['settled', 256] - hop['hop', 256]) / 1000:.3f} us/event"),
             row("metrics, to a backend that adds them up", f"{metrics:.2f} us/event"),
             row("a run that waits for its input", f"{idle(patchbay, folder):.2f} ms a second")]
    for draw in drawings:
        draw()
    return "\n".join(page)
