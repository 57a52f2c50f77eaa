"""Holds a sandbox to its own OpenAPI document with Schemathesis.

Usage: openapi.py BASE_URL
Exits with 1 if an answer has a status or a body that the document doesn't know, or is a 500. The
sandbox must admit any number of requests and have no faults. What would take the token away or set
faults comes last, by itself.
"""

import base64
import datetime
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
import uuid

BASE = sys.argv[1]
CHECKS = ("not_a_server_error,status_code_conformance,content_type_conformance,"
          "response_schema_conformance")
DISRUPTIVE = ["/sandbox/reset", "/sandbox/state", "/sandbox/faults", "/sandbox/tokens", "/sandbox/clock",
              "/api/v2/tokens/me", "/api/v2/tokens/{userId}"]


def ask(method, path, body, headers):
    request = urllib.request.Request(BASE + path, method=method, data=body, headers=headers)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read())


def token(user):
    """A token that may do everything, also what takes a user."""
    return ask("POST", "/sandbox/tokens", json.dumps({"userId": user}).encode(),
               {"Content-Type": "application/json"})["access_token"]


def check(folder, token, values, *arguments):
    client = base64.b64encode(b"sandbox:sandbox").decode()
    with open(f"{folder}/schemathesis.toml", "w") as file:
        file.write(f'headers = {{ Authorization = "Bearer {token}" }}\n[parameters]\n')
        for name, value in values.items():
            file.write(f'"path.{name}" = {json.dumps(value)}\n')
        file.write('[[operations]]\ninclude-path = "/oauth/token"\n'
                   f'headers = {{ Authorization = "Basic {client}" }}\n')
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{BASE}/sandbox/openapi.json",
               "--checks", CHECKS, "--seed", "1", "--no-color", "--workers", "1", *arguments]
    environment = dict(os.environ, HOME=folder)
    run = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True)
    print(run.stdout[-6000:])
    if run.returncode != 0:
        print(run.stderr[-2000:])
        sys.exit(1)


def main():
    user, conversation, communication = (str(uuid.uuid4()) for _ in range(3))
    mine = token(user)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {mine}"}
    now = datetime.datetime.now(datetime.timezone.utc).isoformat()
    ask("POST", "/api/v2/events/conversations", json.dumps({"userEstablishedEvents": [{
        "eventId": str(uuid.uuid4()), "eventDateTime": now, "conversationId": conversation,
        "communicationId": communication, "userId": user, "afterCallWorkRequired": True,
    }]}).encode(), headers)
    found = ask("GET", f"/api/v2/conversations/{conversation}", None, headers)
    channel = ask("POST", "/api/v2/notifications/channels", b"null", headers)
    values = {"userId": user, "conversationId": conversation,
              "participantId": found["participants"][0]["id"],
              "channelId": channel["id"]}
    folder = tempfile.mkdtemp()
    excluded = [a for path in DISRUPTIVE for a in ("--exclude-path", path)]
    check(folder, mine, values, "--phases", "coverage,fuzzing", "--max-examples", "15", *excluded)
    for path in DISRUPTIVE:
        check(folder, token(user), values, "--phases", "coverage,fuzzing", "--max-examples", "10",
              "--include-path", path)
        ask("PUT", "/sandbox/faults", b"{}", {"Content-Type": "application/json"})


main()
