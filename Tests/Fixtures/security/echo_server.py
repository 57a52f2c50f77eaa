"""Answers every request with 401 and with what it was sent: credentials, line ends and escapes.

Prints its port, and ends with its input.
"""
import base64
import http.server
import json
import os
import sys
import threading


class Echo(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sent = self.headers.get("Authorization", "")
        plain = ""
        if sent.startswith("Basic "):
            plain = base64.b64decode(sent.split()[1]).decode()
        words = f"no \x1b[2J\nSimulation complete. \u202e{sent} {plain} {self.headers.get('X-Key')}"
        body = json.dumps({
            "error": "invalid_client", "error_description": words, "message": words}).encode()
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_OPTIONS = do_POST

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
print(server.server_port, flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
