"""What the checks of exports share: a pipeline against the embedded sandbox, and a receiver on loopback."""
import contextlib, http.server, json, os, re, subprocess, tempfile, threading


def pipeline(sinks, seconds=2, rate=40, thresholds=None):
    """A rehearsal with a few forbidden transitions and some failed requests, and some more sinks."""
    return {
        "name": "exported run",
        "run": {"seed": 7, "latency_by": ["state", "endpoint"]},
        "connections": {
            "sandbox": {
                "type": "genesys-sandbox", "agents": 50, "rate_limit": "off",
                "faults": {"latency": {"log_normal": {"median": "2ms", "p99": "20ms"}}, "server_error": 0.02},
            },
            "genesys": {"type": "genesys-cloud", "client_id": "sandbox", "client_secret": "${SECRET:-sandbox}"},
        },
        "sources": {
            "desk": {
                "type": "scenario", "agents": 20, "illegal": 8, "dwell": "40ms",
                "arrivals": {"constant": {"rate": f"{rate}/s", "for": f"{seconds}s"}},
            }
        },
        "validators": {"schema": {"type": "interaction-event", "inputs": ["desk"]}},
        "injectors": {"inject": {"type": "genesys-workspace", "inputs": ["schema"], "connection": "genesys"}},
        "correlators": {
            "states": {"type": "state-machine", "inputs": ["inject", "inject.failed"], "machine": "agent-desktop"}
        },
        "sinks": {"copy": {"type": "jsonl", "inputs": ["states", "schema.rejected"]}, **sinks},
        "thresholds": thresholds or {"injection.success_rate": ">= 0.99", "correlation.mismatches": "== 0"},
    }


def fed():
    """A pipeline of events that are fed, some of them bad; between two feeds nothing changes."""
    return {
        "name": "fed",
        "sources": {"in": {"type": "stdin"}},
        "validators": {"schema": {"type": "interaction-event", "inputs": ["in"]}},
        "correlators": {"states": {"type": "state-machine", "inputs": ["schema"]}},
        "sinks": {"copy": {"type": "jsonl", "inputs": ["states", "schema.rejected", "in.rejected"]}},
        "thresholds": {"correlation.mismatches": "== 0"},
    }


def events(first, count):
    """Events for `fed`: walks of an agent each, every tenth of which has no state."""
    import uuid
    states = ["routing/agent/available", "routing/agent/busy", "interaction/media/connected",
              "interaction/media/disconnected", "routing/agent/wrapping"]
    for number in range(first, first + count):
        walk = number // len(states)
        yield {
            "sequence_id": f"e-{number}", "timestamp": f"2026-01-01T00:{number // 60 % 60:02}:{number % 60:02}Z",
            "interaction_id": str(uuid.UUID(int=(4 << 76) | (8 << 60) | walk)),
            "agent_id": str(uuid.UUID(int=(4 << 76) | (8 << 60) | 1 << 40 | walk % 7)),
            "state": "" if number % 10 == 9 else states[number % len(states)], "event_type": "routing/agent/state",
        }


class Run:
    """A run of the program in a folder of its own."""

    def __init__(self, program, config, *arguments, feeds=False):
        self.folder = tempfile.mkdtemp(prefix="patchbay-export-")
        with open(f"{self.folder}/config.json", "w") as file:
            json.dump(config, file)
        self.log = open(f"{self.folder}/err", "w+")
        self.process = subprocess.Popen(
            [program, "run", "config.json", *arguments], cwd=self.folder, stdout=subprocess.DEVNULL,
            stderr=self.log, stdin=subprocess.PIPE if feeds else subprocess.DEVNULL)

    def feed(self, lines):
        """Gives it events to read."""
        self.process.stdin.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        self.process.stdin.flush()

    def said(self):
        with open(f"{self.folder}/err") as file:
            return file.read()

    def address(self, name):
        """The address that it serves something at."""
        import time
        for _ in range(400):
            found = re.search(rf"{name}: (http://\S+)", self.said())
            if found:
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.025)
        raise AssertionError(f"no {name}: {self.said()}")

    def end(self, code=None):
        """Waits for its end; gives its report and its folder."""
        ended = self.process.wait(120)
        assert code is None or ended == code, f"{ended}: {self.said()}"
        runs = f"{self.folder}/runs"
        folder = f"{runs}/{sorted(os.listdir(runs))[-1]}"
        with open(f"{folder}/report.json") as file:
            return json.load(file), folder


@contextlib.contextmanager
def receiver(answer):
    """A server; `answer` takes path, headers and body of each request and gives status, headers and body."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, headers, content = answer(self.path, self.headers, body)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
