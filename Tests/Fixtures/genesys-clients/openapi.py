"""Holds a sandbox to its own OpenAPI document with Schemathesis.

Usage: openapi.py BASE_URL
The sandbox must have the data of organization.json, the origin http://localhost:3000, admit any
number of requests and have no faults. Exits with 1 if an answer has a status or a body that the document doesn't know, or is a
500. What would take the token
away or set faults comes last, by itself.
"""

import base64
import json
import os
import subprocess
import sys
import tempfile
import urllib.request

BASE = sys.argv[1]
CHECKS = ("not_a_server_error,status_code_conformance,content_type_conformance,"
          "response_schema_conformance")
# Paths that change what others need: those of a row come after all others, those of the next later.
DISRUPTIVE = [
    ["/sandbox/reset", "/sandbox/state", "/sandbox/faults", "/sandbox/faults/next",
     "/sandbox/tokens", "/sandbox/clock", "/sandbox/sockets/close",
     "/sandbox/snapshots/{name}/restore"],
    ["/sandbox/calls/{conversationId}/hangup"],
    ["/sandbox/calls/{conversationId}/abandon"],
    ["/sandbox/calls/{conversationId}/noanswer",
     "/api/v2/conversations/{conversationId}/disconnect"],
    ["/api/v2/users/{userId}"],
    ["/api/v2/tokens/me"],
    ["/api/v2/tokens/{userId}"],
]
PAGE = "http://localhost:3000/"
USER = "bef0707d-67c7-422a-a4fc-1f75556e73b0"
CODE = "166866e9-1363-4827-abc6-617f7c29aae3"
VALUES = {
    "userId": USER, "memberId": USER, "queueId": "ba484b49-7518-4a14-b84d-57e3e3df1baa",
    "codeId": CODE, "skillId": "fe23c89f-3d07-491e-a2f4-f0c4b86028a6",
    "definitionId": "7410f603-a627-4022-bc7b-74f96592002c",
    "presenceId": "7410f603-a627-4022-bc7b-74f96592002c", "name": "before", "sourceId": "purecloud",
}


def ask(method, path, body, headers):
    request = urllib.request.Request(BASE + path, method=method, data=body, headers=headers)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or b"null")


def control(method, path, body=None):
    return ask(method, path, json.dumps(body or {}).encode(), {"Content-Type": "application/json"})


def token():
    """A token that may do everything, also what takes a user."""
    return control("POST", "/sandbox/tokens", {"userId": USER})["access_token"]


def parts(medium):
    """The ids of a conversation that rings."""
    placed = control("POST", "/sandbox/calls", {"user": USER, "media": medium})
    return {"conversationId": placed["conversationId"],
            "participantId": placed["agent"]["participantId"],
            "communicationId": placed["agent"]["communicationId"]}


def check(folder, *arguments):
    client = base64.b64encode(b"sandbox:sandbox").decode()
    bearer = token()
    channel = ask("POST", "/api/v2/notifications/channels", b"null",
                  {"Content-Type": "application/json", "Authorization": f"Bearer {bearer}"})
    control("PUT", "/sandbox/snapshots/before")
    values = VALUES | parts("voice") | {"channelId": channel["id"]}
    with open(f"{folder}/schemathesis.toml", "w") as file:
        file.write(f'headers = {{ Authorization = "Bearer {bearer}" }}\n')
        # What the document doesn't name and the platform has is answered with 501.
        file.write('[checks.not_a_server_error]\nexpected-statuses = ["2xx", "3xx", "4xx", 501]\n')
        file.write(f'[parameters]\n"query.redirect_uri" = "{PAGE}"\n')
        for name, value in values.items():
            file.write(f'"path.{name}" = {json.dumps(value)}\n')
        file.write('[[operations]]\ninclude-path = "/oauth/token"\n'
                   f'headers = {{ Authorization = "Basic {client}" }}\n')
        for plural in ("callbacks", "emails", "messages"):
            file.write(f'[[operations]]\ninclude-path-regex = "/conversations/{plural}/"\n'
                       '[operations.parameters]\n')
            for name, value in parts(plural[:-1]).items():
                file.write(f'"path.{name}" = {json.dumps(value)}\n')
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{BASE}/sandbox/openapi.json",
               "--phases", "coverage,fuzzing", "--checks", CHECKS, "--seed", "1", "--no-color", "--workers", "1", *arguments]
    environment = dict(os.environ, HOME=folder)
    run = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True)
    print(run.stdout)
    if run.returncode != 0:
        print(run.stderr[-2000:])
        sys.exit(1)


def main():
    folder = tempfile.mkdtemp()
    others = [a for row in DISRUPTIVE for path in row for a in ("--exclude-path", path)]
    check(folder, "--max-examples", "15", *others)
    for row in DISRUPTIVE:
        control("POST", "/sandbox/reset")
        check(folder, "--max-examples", "10", *(a for path in row for a in ("--include-path", path)))
        control("PUT", "/sandbox/faults")
        ask("DELETE", "/sandbox/faults/next", None, {})


main()
