"""One stop of one run: how and when, drawn at random, and what it is stopped in the middle of."""

import signal
import time

SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
WAYS = ["signal", "deadline", "signal", "two", "three", "deadline-and-signal"]


class Stop:
    """How and when."""

    def __init__(self, draw, number):
        self.way = WAYS[number % len(WAYS)]
        self.injector = ["genesys-events", "genesys-workspace"][(number + number // len(WAYS)) % 2]
        self.signals = [draw.choice(SIGNALS) for _ in range(3)]
        self.drain = draw.choice([0.2, 0.5, 1.0, 2.0])
        # While it opens, while it runs, while it drains or finishes by itself.
        phase = draw.choice(["opening", "running", "ending"])
        self.is_endless = phase != "ending"
        self.moment = draw.uniform(0.03, 0.25) if phase == "opening" else draw.uniform(0.2, 1.6)
        self.deadline = max(0.02, self.moment - 0.05) if "deadline" in self.way else None
        self.pauses = [draw.uniform(0, self.drain), draw.uniform(0, 0.4)]
        self.attempts = draw.choice([1, 2, 4])
        self.base = draw.choice(["20ms", "200ms", "2s"])
        self.size = draw.choice([1, 7, 100])
        self.agents = draw.choice([4, 16, 60])
        self.dwell = draw.choice(["2ms", "10ms", "40ms"])
        self.has_threshold = draw.random() < 0.3

    def configuration(self, url):
        is_events = self.injector == "genesys-events"
        machine = "genesys-cloud" if is_events else "agent-desktop"
        run = {"seed": 7, "drain": f"{round(self.drain * 1000)}ms"}
        if self.deadline:
            run["deadline"] = f"{round(self.deadline * 1000)}ms"
        return {
            "name": "stops", "run": run,
            "connections": {"genesys": {
                "type": "genesys-cloud", "region": url, "timeout": "1s",
                "client_id": "sandbox", "client_secret": "${CLIENT_SECRET}",
                "retry": {"base": "50ms"}}},
            "sources": {"desk": {
                "type": "scenario", "agents": self.agents, "dwell": self.dwell,
                "interactions_per_agent": 100_000 if self.is_endless else 3,
                "machine": machine}},
            "validators": {"schema": {
                "type": "interaction-event", "inputs": ["desk"], "machine": machine}},
            "injectors": {"inject": {
                "type": self.injector, "inputs": ["schema"], "connection": "genesys",
                "events_per_request": self.size,
                "retry": {"attempts": self.attempts, "base": self.base}}},
            "correlators": {"states": {
                "type": "state-machine", "inputs": ["inject", "inject.failed"],
                "machine": machine}},
            "sinks": {
                "audit": {"type": "audit-json", "inputs": ["states", "schema.rejected"]},
                "copy": {"type": "jsonl", "inputs": ["states", "schema.rejected"]}},
            "thresholds": (
                {"injection.success_rate": ">= 0.9999"} if self.has_threshold else {})}

    def limit(self):
        """In seconds from the last signal, or from the deadline."""
        return {"two": 1.2, "three": 0.3}.get(self.way, self.drain + 2)

    def apply(self, program):
        """Stops the program; gives its code, and what took too long."""
        if self.way == "deadline":
            since = program.started + self.deadline + 0.1
            return program.ends_by(self.limit(), since)
        self.sleep_until(program, program.started + self.moment)
        since = program.send(self.signals[0])
        for pause in self.pauses[: {"two": 1, "three": 2}.get(self.way, 0)]:
            self.sleep_until(program, since + pause)
            since = program.send(self.signals[1])
        return program.ends_by(self.limit(), since)

    @staticmethod
    def sleep_until(program, moment):
        while program.process.poll() is None and time.monotonic() < moment:
            time.sleep(min(0.005, max(0, moment - time.monotonic())))

    def __str__(self):
        return f"{self.way}, {self.injector}, at {self.moment:.3f} s, drain {self.drain} s"
