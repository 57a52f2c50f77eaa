"""Records a client of a sandbox, and holds the sandbox against the recording.

Usage: recorder.py PATCHBAY
Once as it is, where no difference may be found, and once through a proxy that changes ten things in the
answers, each of which must be. PATCHBAY is the program.
"""

import datetime
import http.server
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
import uuid

PATCHBAY = sys.argv[1]
ORGANIZATION = os.path.join(os.path.dirname(__file__), "organization.json")
FOLDER = tempfile.mkdtemp()
ON_QUEUE = "e08eaf1b-ee47-4fa9-a231-1200e284798f"
SECRETS = ["Ada", "Zoe Customer", "+4930123456", "called about Bob", "hello from Ada"]


def start(*arguments):
    """Starts the program; gives it, and the address that it prints."""
    process = subprocess.Popen([PATCHBAY, *arguments], stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def stop(process):
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)


def ask(base, method, path, body=None, token=None, form=None):
    """Makes a request; gives the status and the body."""
    headers = {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    if form:
        headers = {"Content-Type": "application/x-www-form-urlencoded",
                   "Authorization": "Basic c2FuZGJveDpzYW5kYm94"}
        data = form.encode()
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(base + path, method=method, data=data, headers=headers)
    try:
        with urllib.request.urlopen(request) as response:
            status, text = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    return status, json.loads(text) if text else None


def client(base, sandbox):
    """What an integration might do; the user's token comes from outside, as from a browser."""
    def call(method, path, body=None, token=None):
        return ask(base, method, path, body, token or mine)[1]

    mine = ask(base, "POST", "/oauth/token", form="grant_type=client_credentials")[1]["access_token"]
    users = call("GET", "/api/v2/users?expand=skills%2Cpresence")["entities"]
    user = next(entity["id"] for entity in users if entity["name"].startswith("Ada"))
    call("GET", "/api/v2/routing/skills")
    call("GET", "/api/v2/routing/wrapupcodes")
    for queue in call("GET", "/api/v2/routing/queues")["entities"]:
        call("GET", f"/api/v2/routing/queues/{queue['id']}/members")
        call("GET", f"/api/v2/routing/queues/{queue['id']}/wrapupcodes")
    support = call("GET", "/api/v2/routing/queues?name=Support")["entities"][0]["id"]
    call("GET", "/api/v2/presence/definitions")
    call("PATCH", f"/api/v2/users/{user}/presences/purecloud",
         {"presenceDefinition": {"id": ON_QUEUE}, "message": "hello from Ada"})
    own = ask(sandbox, "POST", "/sandbox/tokens", {"userId": user})[1]["access_token"]
    call("GET", "/api/v2/users/me", token=own)
    conversation, customer, agent = (str(uuid.uuid4()) for _ in range(3))

    def event(communication, **more):
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        return {"eventId": str(uuid.uuid4()), "eventDateTime": now,
                "conversationId": conversation, "communicationId": communication, **more}

    call("POST", "/api/v2/events/conversations", {"externalEstablishedEvents": [
        event(customer, ani="tel:+4930123456", aniName="Zoe Customer")]})
    call("POST", "/api/v2/events/conversations", {"userEstablishedEvents": [
        event(agent, userId=user, queueId=support, afterCallWorkRequired=True,
              initialConfiguration={"alerting": True})]})
    part = [p for p in call("GET", f"/api/v2/conversations/{conversation}")["participants"]
            if p["purpose"] == "agent"][0]["id"]
    path = f"/api/v2/conversations/calls/{conversation}"
    call("PATCH", f"{path}/participants/{part}", {"state": "connected"}, own)
    call("GET", "/api/v2/conversations/calls", token=own)
    call("GET", path, token=own)
    call("PATCH", f"{path}/participants/{part}", {"state": "disconnected"}, own)
    call("GET", f"/api/v2/conversations/{conversation}")
    call("PATCH", f"{path}/participants/{part}", {"wrapup": {
        "code": "7fb334b0-0e9e-11e4-9191-0800200c9a66", "notes": "called about Bob"}}, own)
    call("PUT", f"/api/v2/users/{user}/routingstatus", {"status": "OFF_QUEUE"})
    channel = call("POST", "/api/v2/notifications/channels")["id"]
    call("PUT", f"/api/v2/notifications/channels/{channel}/subscriptions",
         [{"id": f"v2.users.{user}.presence"}])
    call("GET", f"/api/v2/analytics/agents/{user}/status")
    call("POST", "/api/v2/analytics/queues/observations/query", {
        "filter": {"type": "or", "predicates": [{"dimension": "queueId", "value": support}]},
        "metrics": ["oOnQueueUsers"]})


def plant(method, path, status, body):
    """Changes an answer in one of ten ways."""
    if path == "/api/v2/routing/skills":
        body["entities"][0]["state"] = "inactive"  # 1: another word
    if path == "/api/v2/routing/wrapupcodes":
        del body["pageCount"]  # 2: a member less
        body["nextPage"] = 2  # 3: a member more
    if path == "/api/v2/routing/queues":
        body["entities"].reverse()  # 4: another order
    if path.endswith("/wrapupcodes") and "/queues/" in path:
        body["entities"].append(dict(body["entities"][0]))  # 5: an element more
    if path == "/api/v2/presence/definitions":
        body["total"] = str(body["total"])  # 6: another type
        body["entities"][0]["deactivated"] = True  # 7: the other of two
    if method == "PUT" and path.endswith("/routingstatus"):
        return 400, body  # 8: another status
    if path.endswith("/status") and "/analytics/" in path:
        body["organizationPresenceId"] = body["userId"]  # 9: something else is meant
    if method == "PATCH" and path.endswith("/presences/purecloud"):
        body["modifiedDate"] = "just now"  # 10: no time
    return status, body


def planted(sandbox):
    """A server that hands on to the sandbox, and changes what it answers."""
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name: self.headers[name] for name in ("Authorization", "Content-Type")
                       if self.headers[name]}
            request = urllib.request.Request(
                sandbox + self.path, method=self.command, headers=headers,
                data=self.rfile.read(length) if length else None)
            try:
                with urllib.request.urlopen(request) as response:
                    status, text = response.status, response.read()
            except urllib.error.HTTPError as error:
                status, text = error.code, error.read()
            if text:
                path = self.path.split("?")[0]
                status, body = plant(self.command, path, status, json.loads(text))
                text = json.dumps(body).encode()
            self.send_response(status)
            if text:
                self.send_header("Content-Type", "application/json")
            if status != 204:
                self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def compare(name, is_planted):
    """What is found in a recording of the client."""
    file = os.path.join(FOLDER, f"{name}.jsonl")
    options = json.dumps({"rate_limit": "off"})
    sandbox, url = start("sandbox", "--seed-data", ORGANIZATION, "--options", options)
    recorder, recording = start("record", "--to", planted(url) if is_planted else url, file)
    try:
        client(recording, url)
    finally:
        stop(recorder)
        stop(sandbox)
    with open(file, encoding="utf-8") as lines:
        text = lines.read()
    leaks = [secret for secret in SECRETS if secret in text]
    check(f"{name}: nothing of persons in the recording", leaks, [])
    run = subprocess.run([PATCHBAY, "sandbox", "compare", "--json", file],
                         capture_output=True, text=True)
    return run.returncode, json.loads(run.stdout)


def check(what, found, expected):
    if found != expected:
        print(f"FAILED {what}: expected {expected!r}, found {found!r}")
        sys.exit(1)
    print(f"ok {what}")


def main():
    code, same = compare("as it is", False)
    check("no difference where there is none", (code, same["differences"]), (0, []))
    check("all was compared", (same["compared"] >= 25, same["not_compared"]), (True, []))
    code, other = compare("planted", True)
    found = {(d["kind"], d["operation"].replace("/api/v2", ""), d["place"])
             for d in other["differences"]}
    check("ten differences", (code, found), (1, {
        ("value", "GET /routing/skills", "entities[].state"),
        ("member", "GET /routing/wrapupcodes", "pageCount"),
        ("member", "GET /routing/wrapupcodes", "nextPage"),
        ("order", "GET /routing/queues", "entities"),
        ("order", "GET /routing/queues/{}/wrapupcodes", "entities"),
        ("type", "GET /presence/definitions", "total"),
        ("value", "GET /presence/definitions", "entities[].deactivated"),
        ("status", "PUT /users/{}/routingstatus", ""),
        ("identity", "GET /analytics/agents/{}/status", "organizationPresenceId"),
        ("type", "PATCH /users/{}/presences/purecloud", "modifiedDate"),
    }))


main()
