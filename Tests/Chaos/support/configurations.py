"""Small pipelines that several scripts run."""

import json
import os


def desk(agents=2, interactions=1, dwell="20ms"):
    return {
        "type": "scenario", "agents": agents, "interactions_per_agent": interactions,
        "dwell": dwell}


def pipeline(sources=None, sinks=None, run=None, **sections):
    """A configuration of one source, `desk` unless it is said, and some sinks."""
    return {
        "name": "chaos", "run": {"seed": 5, "clock": "virtual", **(run or {})},
        "sources": sources or {"desk": desk()}, **sections, "sinks": sinks}


def audit(path=None, inputs=("desk",)):
    return {"type": "audit-json", "inputs": list(inputs), **({"path": path} if path else {})}


def write(folder, configuration, name="config.json"):
    """Puts a configuration into a folder; gives its name there."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        json.dump(configuration, file, indent=1)
    return name
