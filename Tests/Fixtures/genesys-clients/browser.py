"""Plays a browser whose pages use a sandbox: asks first, sends what browsers send, logs in.

Usage: browser.py BASE_URL
The sandbox must have been started with the organisation of organization.json and admit the origin
http://localhost:3000 and any number of requests. Prints one line for each check and exits with 1 at
the first that fails.

Headers are written by hand, since no library would send what a page of somebody else makes a
browser send. What a page can't change stands in Host, Origin and Sec-Fetch-*.
"""

import base64
import hashlib
import html.parser
import http.client
import json
import os
import pathlib
import secrets
import socket
import sys
import tempfile
import urllib.parse

# The SDK reads a configuration file below HOME and watches it.
os.environ["HOME"] = tempfile.mkdtemp()

import PureCloudPlatformClientV2 as genesys  # noqa: E402
from PureCloudPlatformClientV2.rest import ApiException  # noqa: E402
from websockets.exceptions import ConnectionClosed, InvalidStatus  # noqa: E402
from websockets.sync.client import connect  # noqa: E402

BASE = sys.argv[1]
HOST = urllib.parse.urlsplit(BASE).netloc
PAGE = "http://localhost:3000"
EVIL = "http://evil.example"
REDIRECT = f"{PAGE}/callback"
FORM = "application/x-www-form-urlencoded"
STATE = "s&t=a te/?#+%\"'<b>\u00e9\N{SNOWMAN}"
BASIC = "Basic " + base64.b64encode(b"sandbox:sandbox").decode()

ORGANIZATION = json.loads(pathlib.Path(__file__).with_name("organization.json").read_text())
ADA, BEN, CEM, DORA = (user["id"] for user in ORGANIZATION["users"])

# What browsers say of where a request comes from, and what for.
NAVIGATION = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
              "Sec-Fetch-Dest": "document"}
FETCH = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}

calls = 0
# Whatever opens something; none of it may stand in the journal.
known_secrets = []


def check(what, found, expected):
    global calls
    calls += 1
    if found != expected:
        print(f"FAILED {what}: expected {expected!r}, found {found!r}")
        sys.exit(1)
    print(f"ok {what}")


class Answer:
    """What came back, with its headers by their names in lower case."""

    def __init__(self, response):
        self.status = response.status
        self.fields = {name.lower(): value for name, value in response.getheaders()}
        self.text = response.read().decode()

    def json(self):
        return json.loads(self.text) if self.text else {}

    def cors(self):
        """What it tells a browser about pages of other origins."""
        return {n: v for n, v in self.fields.items() if n.startswith("access-control-")}

    def words(self, name):
        """A header that is a list."""
        return [word.strip().lower() for word in self.fields.get(name, "").split(",")]


def ask(method, path, headers=None, body=None, host=HOST):
    """Sends a request with just these headers; in pairs, if one is there twice."""
    connection = http.client.HTTPConnection(*HOST.split(":"), timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    pairs = headers.items() if isinstance(headers, dict) else headers or []
    for name, value in [("Host", host)] * (host is not None) + list(pairs):
        connection.putheader(name, value)
    data = None if body is None else body.encode()
    if data is not None:
        connection.putheader("Content-Length", str(len(data)))
    connection.endheaders(data)
    answer = Answer(connection.getresponse())
    connection.close()
    return answer


def control(method, path, body=None):
    """Asks the sandbox's own API, as a test does."""
    answer = ask(method, path, {"Content-Type": "application/json"},
                 None if body is None else json.dumps(body))
    if answer.status >= 300:
        raise RuntimeError(f"{method} {path}: {answer.status} {answer.text}")
    return answer.json()


def token_of(user):
    known_secrets.append(control("POST", "/sandbox/tokens", {"userId": user})["access_token"])
    return known_secrets[-1]


def bearer(token, **more):
    return {"Authorization": f"Bearer {token}", **more}


def from_page(token=None, **more):
    """The headers of a script's request, from the page that may use the sandbox."""
    return {"Origin": PAGE, **FETCH, **(bearer(token) if token else {}), **more}


# Whether a page may ask at all.


def preflights():
    wanted = "authorization,content-type,purecloud-sdk,x-my-own"
    for method, path in [
        ("GET", "/api/v2/users/me"), ("POST", "/api/v2/notifications/channels"),
        ("PATCH", f"/api/v2/users/{ADA}/presences/purecloud"), ("DELETE", "/api/v2/tokens/me"),
        ("PUT", f"/api/v2/users/{ADA}/routingstatus"), ("HEAD", "/api/v2/tokens/me"),
        ("POST", "/oauth/token"), ("GET", "/oauth/authorize"), ("POST", "/oauth/authorize"),
        # What isn't there answers that itself, once it was asked.
        ("GET", "/api/v2/nothing/of/it"), ("GET", "/api/v2/routing/languages"),
    ]:
        what = f"preflight of {method} {path.replace(ADA, 'ADA')}"
        headers = {"Access-Control-Request-Method": method,
                   "Access-Control-Request-Headers": wanted}
        answer = ask("OPTIONS", path, {"Origin": PAGE, **FETCH, **headers})
        check(what, (answer.status, answer.text, answer.fields.get("access-control-allow-origin"),
                     method.lower() in answer.words("access-control-allow-methods"),
                     set(wanted.split(",")) - set(answer.words("access-control-allow-headers")),
                     "origin" in answer.words("vary")),
              (204, "", PAGE, True, set(), True))
        for whose, status, headers_of, host in [
            ("a foreign origin", 403, {"Origin": EVIL}, HOST),
            ("a foreign host", 421, {"Origin": PAGE}, "evil.example"),
        ]:
            answer = ask("OPTIONS", path, {**headers_of, **FETCH, **headers}, host=host)
            check(f"{what} by {whose}", (answer.status, answer.cors()), (status, {}))
    asked = control("GET", "/sandbox/journal?method=OPTIONS")["entries"]
    check("preflights stand in no journal", asked, [])


def preflight_details():
    def answer(**more):
        return ask("OPTIONS", "/api/v2/users/me", {
            "Origin": PAGE, "Access-Control-Request-Method": "GET",
            **{f"Access-Control-Request-{name}": value for name, value in more.items()}})

    check("how long a preflight holds", answer().fields["access-control-max-age"].isdigit(), True)
    check("cookies aren't asked for", "access-control-allow-credentials" in answer().cors(), False)
    name = "access-control-allow-private-network"
    check("a private network", answer(**{"Private-Network": "true"}).cors().get(name), "true")
    check("no private network", answer().cors().get(name), None)
    odd = answer(Headers="authorization, b@d, sp ace,, " + "x" * 500)
    allowed = set(odd.words("access-control-allow-headers"))
    check("names that are none", allowed, {"authorization", "content-type"})
    words = answer(Headers="authorization,content-type").words("access-control-allow-headers")
    check("each header is allowed once", sorted(words), ["authorization", "content-type"])
    plain = ask("OPTIONS", "/api/v2/users/me", {"Origin": PAGE})
    check("OPTIONS that isn't a preflight", (plain.status, plain.fields.get("allow")),
          (405, "GET, HEAD"))
    without = ask("OPTIONS", "/api/v2/users/me", {"Access-Control-Request-Method": "GET"})
    check("a preflight of nobody", (without.status, without.cors()), (405, {}))


def origins():
    """Which pages may ask."""
    token = token_of(ADA)

    def status(headers, host=HOST):
        answer = ask("GET", "/api/v2/users/me", [*bearer(token).items(), *headers], host=host)
        return answer.status, bool(answer.cors())

    port = HOST.rpartition(":")[2]
    for origin in [PAGE, PAGE.upper().replace("HTTP", "http")]:
        check(f"the origin {origin}", status([("Origin", origin)]), (200, True))
    for host in [HOST, f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}", "localhost"]:
        check(f"the host {host}", status([], host), (200, False))
        check(f"a page of the host {host}", status([("Origin", f"http://{host}")], host)[0], 200)
    for origin in [
        EVIL, "null", "https://localhost:3000", "http://localhost:3001", "http://localhost",
        "http://localhost:3000.evil.example", "http://localhost:30001", "http://127.0.0.1:3000",
        "http://evil.example@localhost:3000", "http://localhost:3000/", "file://", "",
        f"https://{HOST}",
    ]:
        check(f"the origin {origin!r}", status([("Origin", origin)]), (403, False))
    check("two origins", status([("Origin", PAGE), ("Origin", EVIL)]), (403, False))
    for host in ["evil.example", f"evil.example:{port}", f"localhost.evil.example:{port}",
                 f"127.0.0.1.evil.example:{port}", "127.0.0.2", "localhost:80:80", "127.0.0.1.",
                 f"localhost@evil.example:{port}", "0.0.0.0"]:
        check(f"the host {host}", status([("Origin", PAGE)], host), (421, False))
    check("no host", status([], None), (400, False))
    check("two hosts", status([("Host", HOST)]), (400, False))
    check("a foreign page of a foreign host", status([("Origin", EVIL)], "evil.example"),
          (421, False))
    for site, expected in [("same-origin", 200), ("none", 200), ("same-site", 403),
                           ("cross-site", 403)]:
        check(f"a request of {site} without an origin", status([("Sec-Fetch-Site", site)]),
              (expected, False))
    check("a page that may, of another site", status(
        [("Origin", PAGE), ("Sec-Fetch-Site", "cross-site")]), (200, True))


def effects():
    """What a foreign page asks for doesn't happen, whether or not it may read the answer."""
    token = token_of(ADA)
    before = control("GET", "/sandbox/state")
    marker = control("GET", "/sandbox/journal?limit=100000")["last"]
    for method, path, body in [
        ("POST", "/sandbox/reset?clients=true", ""), ("DELETE", "/sandbox/tokens", None),
        ("POST", "/sandbox/sockets/close", ""), ("POST", "/sandbox/clock", '{"advance": "1h"}'),
        ("PUT", "/sandbox/faults", '{"dropped": 1}'), ("GET", "/sandbox/journal", None),
        ("POST", "/api/v2/users", '{"name": "Eve", "email": "eve@evil.example"}'),
        ("POST", "/oauth/token", "grant_type=client_credentials"),
        ("POST", "/qa/metrics", "{}"),
    ]:
        for kind in ["text/plain", "application/json"]:
            headers = {"Origin": EVIL, "Content-Type": kind, **bearer(token), **FETCH}
            answer = ask(method, path, headers, body)
            check(f"a foreign page's {method} {path} as {kind}", (answer.status, answer.cors()),
                  (403, {}))
    check("nothing has happened", control("GET", "/sandbox/state"), before)
    check("nothing of it is in the journal",
          control("GET", f"/sandbox/journal?after={marker}&limit=100000")["entries"], [])
    check("the token is still good", ask("GET", "/api/v2/users/me", bearer(token)).status, 200)


def exposed():
    """What scripts may read of answers."""
    token = token_of(ADA)
    json_type = {"Content-Type": "application/json"}
    presence = f"/api/v2/users/{ADA}/presences/purecloud"
    for what, status, method, path, headers, body in [
        ("a read", 200, "GET", "/api/v2/users/me", from_page(token), None),
        ("a head", 200, "HEAD", "/api/v2/tokens/me", from_page(token), None),
        ("a change", 200, "PATCH", presence, from_page(token, **json_type), '{"message": "hi"}'),
        ("no content", 204, "POST", f"/api/v2/routing/queues/{queue('Sales')}/members",
         from_page(token, **json_type), json.dumps([{"id": DORA}])),
        ("a login", 200, "POST", "/oauth/token",
         from_page(Authorization=BASIC, **{"Content-Type": FORM}), "grant_type=client_credentials"),
        ("a refused login", 400, "POST", "/oauth/token", from_page(**{"Content-Type": FORM}), "a"),
        ("the document", 200, "GET", "/sandbox/openapi.json", from_page(), None),
        ("no token", 401, "GET", "/api/v2/users/me", from_page(), None),
        ("a bad token", 401, "GET", "/api/v2/users/me", from_page("nonsense"), None),
        ("a bad body", 400, "PATCH", presence, from_page(token, **json_type), "{"),
        ("nothing there", 404, "GET", "/api/v2/nothing", from_page(token), None),
        ("a wrong method", 405, "DELETE", "/api/v2/systempresences", from_page(token), None),
        ("a conflict", 409, "PUT", f"/api/v2/users/{ADA}/routingstatus",
         from_page(token, **json_type), '{"status": "IDLE"}'),
        ("a wrong type", 415, "PATCH", presence, from_page(token), '{"message": "hi"}'),
        ("too much", 413, "PATCH", presence, from_page(token, **json_type), "x" * 600_000),
        ("what the sandbox lacks", 501, "GET", "/api/v2/routing/languages", from_page(token), None),
    ]:
        answer = ask(method, path, headers, body)
        check(f"a script sees {what}", (
            answer.status, answer.fields.get("access-control-allow-origin"),
            {"inin-correlation-id", "retry-after"}
            - set(answer.words("access-control-expose-headers")),
            "origin" in answer.words("vary"), "access-control-allow-credentials" in answer.fields),
            (status, PAGE, set(), True, False))
    for fault, status in [("rate_limited", 429), ("unavailable", 503), ("server_error", 500),
                          ("gateway_timeout", 504)]:
        after = {"retry_after": "7s"} if status in (429, 503) else {}
        control("POST", "/sandbox/faults/next",
                {"fault": fault, "path": "/api/v2/users/me"} | after)
        answer = ask("GET", "/api/v2/users/me", from_page(token))
        check(f"a script sees {fault}", (
            answer.status, answer.fields.get("access-control-allow-origin"),
            answer.fields.get("retry-after")),
            (status, PAGE, "7" if status in (429, 503) else None))
    answer = ask("GET", "/api/v2/users/me", bearer(token))
    check("who is no page needs none of it", (answer.status, answer.cors()), (200, {}))


def queue(name):
    return next(queue["id"] for queue in ORGANIZATION["queues"] if queue["name"] == name)


# How a user logs in.


class Page(html.parser.HTMLParser):
    """What a page has of forms, and of what could run in it."""

    def __init__(self, text):
        super().__init__()
        self.title = self.shown = ""
        self.forms, self.hidden, self.buttons, self.active = [], {}, [], []
        self.inside = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag not in ("meta", "input", "br"):
            self.inside.append(tag)
        if tag == "form":
            self.forms.append((values.get("method"), values.get("action")))
        elif tag == "input":
            self.hidden[values["name"]] = values.get("value", "")
        elif tag == "button":
            self.buttons.append({"name": values.get("name"), "value": values.get("value"),
                                 "type": values.get("type", "submit"), "text": ""})
        if tag in ("script", "iframe", "img", "object", "embed", "link", "base", "svg") or any(
                name.startswith("on") or name in ("src", "href") for name in values):
            self.active.append(tag)

    def handle_endtag(self, tag):
        while tag in self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if "style" in self.inside:
            return
        if "title" in self.inside:
            self.title += data
        if "button" in self.inside and "small" not in self.inside:
            self.buttons[-1]["text"] += data
        self.shown += data


def challenge_of(verifier):
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def verifier():
    known_secrets.append(secrets.token_urlsafe(48))
    return known_secrets[-1]


def asked_for(proof=None, **more):
    """The parameters of a login; with a verifier that is to be shown later."""
    wanted = {"response_type": "code", "client_id": "sandbox", "redirect_uri": REDIRECT, **more}
    if proof is not None:
        wanted |= {"code_challenge": challenge_of(proof), "code_challenge_method": "S256"}
    return {name: value for name, value in wanted.items() if value is not None}


def navigate(wanted, headers=None, host=HOST):
    """Leads the browser to the login."""
    query = urllib.parse.urlencode(wanted)
    return ask("GET", f"/oauth/authorize?{query}", NAVIGATION if headers is None else headers,
               host=host)


def send(fields, **more):
    """Sends a form as the browser does from the sandbox's own page."""
    headers = {"Origin": f"http://{HOST}", "Sec-Fetch-Site": "same-origin",
               "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Content-Type": FORM}
    headers = {n: v for n, v in {**headers, **more}.items() if v is not None}
    return ask("POST", "/oauth/authorize", headers, urllib.parse.urlencode(fields))


def press(page, user):
    """Presses a user's button."""
    button = next(b for b in page.buttons if b["value"] == user)
    return send({**page.hidden, button["name"]: button["value"]})


def came_back(answer):
    """What the page is told that the browser is led back to."""
    query = urllib.parse.urlsplit(answer.fields.get("location", "")).query
    return dict(urllib.parse.parse_qsl(query))


def code_for(user, proof=None, **more):
    """Logs a user in, and gives the code."""
    code = came_back(press(Page(navigate(asked_for(proof, **more)).text), user))["code"]
    known_secrets.append(code)
    return code


def login_page():
    control("POST", "/sandbox/clock", {"advance": "1s"})
    token = token_of(ADA)
    name = "Eve <script>alert(1)</script> \"&' O'Hara"
    headers = bearer(token, **{"Content-Type": "application/json"})
    made = ask("POST", "/api/v2/users", headers,
               json.dumps({"name": name, "email": "eve\"><b>@example.com"})).json()
    left = ask("POST", "/api/v2/users", headers,
               json.dumps({"name": "Gone", "email": "gone@example.com"})).json()
    ask("PATCH", f"/api/v2/users/{left['id']}", headers,
        json.dumps({"state": "inactive", "version": left["version"]}))
    proof = verifier()
    wanted = asked_for(proof, state=STATE)
    answer = navigate(wanted)
    check("the page is shown", (answer.status, answer.fields["content-type"]),
          (200, "text/html; charset=utf-8"))
    page = Page(answer.text)
    check("its form", page.forms, [("post", "/oauth/authorize")])
    check("what its form hands on", page.hidden, wanted)
    check("a button for each user", {b["text"]: b["value"] for b in page.buttons},
          {"Ada Lindt": ADA, "Ben Okafor": BEN, "Cem Yilmaz": CEM, "Dora Novak": DORA,
           name: made["id"]})
    check("users are in the order of their names", [b["text"] for b in page.buttons],
          sorted(b["text"] for b in page.buttons))
    check("each sends the form", {(b["name"], b["type"]) for b in page.buttons},
          {("user", "submit")})
    check("addresses tell users apart", "eve\"><b>@example.com" in page.shown, True)
    check("nothing runs in it, and nothing is fetched", page.active, [])
    check("it says who asks", PAGE in page.shown, True)
    policy = dict(part.strip().partition(" ")[::2]
                  for part in answer.fields["content-security-policy"].split(";"))
    check("its policy", (policy["default-src"], policy["frame-ancestors"], policy["base-uri"],
                         policy["form-action"].split()),
          ("'none'", "'none'", "'none'", ["'self'", PAGE]))
    check("nobody guesses its type", answer.fields["x-content-type-options"], "nosniff")
    check("nobody keeps it", "no-store" in answer.words("cache-control"), True)
    check("a form's origin will be there", answer.fields["referrer-policy"], "same-origin")
    check("without a state there is none",
          "state" in Page(navigate(asked_for(proof)).text).hidden, False)
    # Somebody who doesn't work here any more can't log in.
    gone = send({**wanted, "user": left["id"]})
    check("a user who has left", (gone.status, "location" in gone.fields), (400, False))


def who_may_see_it():
    wanted = asked_for(verifier())
    for what, headers, status in [
        ("a navigation of another page", NAVIGATION, 200),
        ("an address that was typed", {**NAVIGATION, "Sec-Fetch-Site": "none"}, 200),
        ("a page of its own", {**NAVIGATION, "Sec-Fetch-Site": "same-origin"}, 200),
        ("a browser that says nothing", {}, 200),
        ("a fetch", FETCH, 403),
        ("a fetch by a foreign page", {**FETCH, "Origin": EVIL}, 403),
        ("a fetch without CORS", {**FETCH, "Sec-Fetch-Mode": "no-cors"}, 403),
        ("an image", {**FETCH, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403),
        *[(f"a page inside {dest}", {**NAVIGATION, "Sec-Fetch-Dest": dest}, 403)
          for dest in ["iframe", "frame", "embed", "object", "fencedframe"]],
        ("a prerendering that says too little", {"Sec-Fetch-Site": "cross-site",
                                                 "Sec-Fetch-Mode": "navigate"}, 403),
    ]:
        answer = navigate(wanted, headers)
        check(f"{what} gets {status}", (answer.status, "<form" in answer.text, answer.cors()),
              (status, status == 200, {}))
    check("by a foreign host", navigate(wanted, host="evil.example").status, 421)
    for method, path in [("GET", "/sandbox/state"), ("GET", "/api/v2/users/me"),
                         ("GET", "/oauth/token"), ("POST", "/sandbox/reset")]:
        check(f"{method} {path} isn't navigated to", ask(method, path, NAVIGATION).status, 403)


def sent_on():
    proof = verifier()
    page = Page(navigate(asked_for(proof, state=STATE)).text)
    answer = press(page, BEN)
    location = answer.fields["location"]
    check("the browser is led back", (answer.status, location.partition("?")[0]), (303, REDIRECT))
    check("with code and state", (sorted(came_back(answer)), came_back(answer)["state"]),
          (["code", "state"], STATE))
    check("both are encoded", set(location) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?=&%"), True)
    known_secrets.append(came_back(answer)["code"])
    query = Page(navigate(asked_for(proof, redirect_uri=f"{REDIRECT}?a=b")).text)
    check("its query stays", press(query, BEN).fields["location"].startswith(
        f"{REDIRECT}?a=b&code="), True)
    check("without a state none comes back",
          list(came_back(press(Page(navigate(asked_for(proof)).text), BEN))), ["code"])
    split = send({**asked_for(proof, state="a\r\nSet-Cookie: b=c"), "user": BEN})
    check("a state doesn't end its header", ("set-cookie" in split.fields,
                                             came_back(split).get("state")),
          (False, "a\r\nSet-Cookie: b=c"))
    # The platform's own clients send them to skip a choice.
    more = navigate(asked_for(proof, org="acme", provider="okta", prompt="login"))
    check("what it doesn't know is left out", (more.status, set(Page(more.text).hidden)),
          (200, set(asked_for(proof))))
    fields = {**asked_for(proof), "user": BEN}
    for what, status, sent in [
        ("by a foreign page", 403, lambda: send(fields, Origin=EVIL)),
        ("by a page without an origin", 403, lambda: send(fields, Origin="null")),
        ("across sites without an origin", 403,
         lambda: send(fields, Origin=None, **{"Sec-Fetch-Site": "cross-site"})),
        ("as JSON", 415, lambda: send(fields, **{"Content-Type": "application/json"})),
        ("as text", 415, lambda: send(fields, **{"Content-Type": "text/plain"})),
        ("for nobody", 400, lambda: send(asked_for(proof))),
        ("for somebody unknown", 400,
         lambda: send({**fields, "user": "00000000-0000-4000-8000-000000000000"})),
        ("for what is no id", 400, lambda: send({**fields, "user": "ben"})),
    ]:
        answer = sent()
        # Its own page is told that it may read the answer, and nobody else.
        told = answer.cors().get("access-control-allow-origin")
        check(f"a form {what}", (answer.status, "location" in answer.fields, told),
              (status, False, None if status == 403 else f"http://{HOST}"))
    last = ask("GET", f"/api/v2/users/{BEN}?expand=dateLastLogin", bearer(token_of(ADA))).json()
    check("the login is noted", "dateLastLogin" in last, True)


def nobody_is_sent_elsewhere():
    """An address that isn't a page's that may use the sandbox is never led to."""
    proof = verifier()
    for redirect in [
        f"{EVIL}/callback", "https://localhost:3000/callback", "http://localhost:3001/callback",
        "http://localhost/callback", "http://localhost:3000.evil.example/",
        "http://localhost:30001/", "http://127.0.0.1:3000/", f"{REDIRECT}#", f"{REDIRECT}#a=b",
        "http://localhost:3000@evil.example", "http://localhost:3000@evil.example/callback",
        "http://user@localhost:3000/", "http://user:word@localhost:3000/",
        "http://evil.example\\@localhost:3000/", "http://localhost:3000\\@evil.example/",
        "http://evil.example#@localhost:3000/", "http://localhost:3000%40evil.example/",
        "http://localhost:3000%2eevil.example/", "http://localhost:3000;@evil.example/",
        "//localhost:3000/callback", "/callback", "callback", "localhost:3000/callback",
        "http:localhost:3000/", "http:///localhost:3000/", "http:/localhost:3000/", "http://",
        "http:\\\\localhost:3000\\", " http://localhost:3000/", "http://localhost:3000/ a",
        "http://localhost:3000/\r\nSet-Cookie: a=b", "http://localhost:3000\t/",
        "http://local\nhost:3000/", "http://localhost:3000\u3002evil.example/",
        "http://\uff4cocalhost:3000/", "javascript:alert(1)", "JavaScript:alert(1)",
        "javascript://localhost:3000/%0aalert(1)", "data:text/html,<script>alert(1)</script>",
        "vbscript:x", "file:///etc/passwd", "ws://localhost:3000/", "ftp://localhost:3000/",
        "http://<script>alert(1)</script>/", "null", "*", None, "",
    ]:
        for how, answer in [
            ("page", navigate(asked_for(proof, redirect_uri=redirect, state="s"))),
            ("form", send({**asked_for(proof, redirect_uri=redirect, state="s"), "user": BEN})),
            # Nor is it told what else is wrong.
            ("mistake", navigate(asked_for(proof, redirect_uri=redirect, response_type="token"))),
        ]:
            page = Page(answer.text)
            check(f"{how}: never led to {redirect!r}", (
                answer.status, "location" in answer.fields, page.forms, page.active,
                answer.fields["content-type"].partition(";")[0],
                "form-action 'none'" in answer.fields["content-security-policy"]),
                (400, False, [], [], "text/html", True))
    good, bad = list(asked_for(proof).items()), ("redirect_uri", f"{EVIL}/")
    for pairs in [[*good, bad], [bad, *good], [*good, *good]]:
        answer = navigate(pairs)
        check("two addresses", (answer.status, "location" in answer.fields), (400, False))
    for client in ["nobody", "<script>alert(1)</script>", None, ""]:
        answer = navigate(asked_for(proof, client_id=client))
        check(f"the client {client!r}", (
            answer.status, "location" in answer.fields, Page(answer.text).active),
            (400, False, []))
    broken = ask("GET", "/oauth/authorize?client_id=%zz", NAVIGATION)
    check("a query that can't be decoded", (broken.status, "location" in broken.fields),
          (400, False))
    page = Page(navigate(asked_for(proof, redirect_uri="HTTP://LOCALHOST:3000/x")).text)
    upper = press(page, BEN)
    check("an origin's case doesn't matter", upper.fields["location"].partition("?")[0],
          "HTTP://LOCALHOST:3000/x")


def who_asks_is_told():
    """Mistakes that the page is told, since its address is good."""
    proof = verifier()
    for what, error, more in [
        ("an implicit grant", "unsupported_response_type", {"response_type": "token"}),
        ("an unknown response type", "unsupported_response_type", {"response_type": "x"}),
        ("two response types", "unsupported_response_type", {"response_type": "code token"}),
        ("a plain challenge", "invalid_request", {"code_challenge_method": "plain"}),
        ("a challenge without a method, which is plain", "invalid_request",
         {"code_challenge_method": None}),
    ]:
        wanted = {**asked_for(proof, state=STATE), **more}
        wanted = {name: value for name, value in wanted.items() if value is not None}
        for how, answer in [("page", navigate(wanted)), ("form", send({**wanted, "user": BEN}))]:
            back = came_back(answer)
            check(f"{how}: {what}", (answer.status,
                  answer.fields.get("location", "").partition("?")[0], back.get("error"),
                  back.get("state"), "code" in back, bool(back.get("error_description"))),
                  (303, REDIRECT, error, STATE, False, True))
    missing = came_back(navigate(asked_for(proof, response_type=None)))
    # RFC 6749, 4.1.2.1: a missing parameter makes the request invalid.
    check("no response type", missing.get("error"), "invalid_request")


# How a page gets a token.


def exchange(headers=None, **fields):
    """Asks for a token as a script does; a field that is None isn't sent."""
    fields = {name: value for name, value in fields.items() if value is not None}
    answer = ask("POST", "/oauth/token", from_page(**{"Content-Type": FORM, **(headers or {})}),
                 urllib.parse.urlencode(fields, doseq=True))
    for name in ["access_token", "refresh_token"]:
        if name in answer.json():
            known_secrets.append(answer.json()[name])
    return answer


def by_code(code, proof=None, headers=None, **more):
    public = {} if headers else {"client_id": "sandbox"}
    return exchange(headers, **{"grant_type": "authorization_code", "code": code,
                                "redirect_uri": REDIRECT, "code_verifier": proof, **public, **more})


def outcome(answer):
    """The status, and what is wrong or whose token it is."""
    body = answer.json()
    if answer.status != 200:
        members = {"error", "description", "error_description"}
        return answer.status, body["error"] if set(body) == members else body
    me = ask("GET", "/api/v2/users/me", from_page(body["access_token"])).json()
    return answer.status, me["id"]


def tokens_by_code():
    proof = verifier()
    code = code_for(CEM, proof)
    answer = by_code(code, proof)
    check("the right verifier", outcome(answer), (200, CEM))
    check("a page can read it", (answer.fields["access-control-allow-origin"],
                                 "no-store" in answer.words("cache-control")), (PAGE, True))
    body = answer.json()
    check("what a page gets", (body["token_type"].lower(), body["expires_in"],
                               "refresh_token" in body), ("bearer", 86400, False))
    check("a second time", outcome(by_code(code, proof)), (400, "invalid_grant"))
    code = code_for(CEM, proof)
    check("a wrong verifier", outcome(by_code(code, verifier())), (400, "invalid_grant"))
    check("the right one after a wrong one", outcome(by_code(code, proof)), (400, "invalid_grant"))
    check("no verifier", outcome(by_code(code_for(CEM, proof))), (400, "invalid_grant"))
    check("an empty verifier", outcome(by_code(code_for(CEM, proof), "")), (400, "invalid_grant"))
    check("the challenge as verifier", outcome(by_code(code_for(CEM, proof), challenge_of(proof))),
          (400, "invalid_grant"))
    code = code_for(CEM, proof)
    control("POST", "/sandbox/clock", {"advance": "4m"})
    check("four minutes later", outcome(by_code(code, proof)), (200, CEM))
    code = code_for(CEM, proof)
    control("POST", "/sandbox/clock", {"advance": "6m"})
    check("six minutes later", outcome(by_code(code, proof)), (400, "invalid_grant"))
    for redirect in [f"{PAGE}/other", f"{REDIRECT}?a=b", f"{REDIRECT}/", EVIL]:
        answer = by_code(code_for(CEM, proof), proof, redirect_uri=redirect)
        check(f"for {redirect}", outcome(answer), (400, "invalid_grant"))
    answer = by_code(code_for(CEM, proof), proof, redirect_uri=None)
    check("for no address", outcome(answer), (400, "invalid_request"))
    check("a client without a secret or challenge", outcome(by_code(code_for(CEM))),
          (400, "invalid_client"))
    check("a verifier without a challenge", outcome(by_code(code_for(CEM), proof)),
          (400, "invalid_client"))
    check("an unknown code", outcome(by_code("nonsense", proof)), (400, "invalid_grant"))
    check("no code", outcome(by_code(None, proof)), (400, "invalid_request"))
    code = code_for(CEM, proof)
    check("two codes", outcome(by_code([code, code], proof)), (400, "invalid_request"))
    check("it wasn't used up by that", outcome(by_code(code, proof)), (200, CEM))
    check("another client", outcome(by_code(code_for(CEM, proof), proof, client_id="other")),
          (400, "invalid_client"))
    check("no client", outcome(by_code(code_for(CEM, proof), proof, client_id=None)),
          (400, "invalid_request"))
    check("a client's own token takes a secret", outcome(exchange(
        grant_type="client_credentials", client_id="sandbox")), (400, "invalid_request"))
    check("an unknown grant", outcome(exchange(
        {"Authorization": BASIC}, grant_type="password", username="a", password="b")),
        (400, "unsupported_grant_type"))
    check("as JSON", outcome(exchange({"Content-Type": "application/json"}, code="a")),
          (400, "invalid_request"))


def tokens_by_secret():
    secret = {"Authorization": BASIC}
    wrong = {"Authorization": "Basic " + base64.b64encode(b"sandbox:wrong").decode()}
    answer = by_code(code_for(DORA), headers=secret)
    check("a secret instead of a challenge", outcome(answer), (200, DORA))
    first = answer.json()["refresh_token"]
    proof = verifier()
    check("a secret and a challenge", outcome(by_code(code_for(DORA, proof), proof, secret)),
          (200, DORA))
    check("a secret and a wrong verifier", outcome(
        by_code(code_for(DORA, proof), verifier(), secret)), (400, "invalid_grant"))
    check("a secret doesn't replace the verifier", outcome(
        by_code(code_for(DORA, proof), None, secret)), (400, "invalid_grant"))
    # RFC 9700, 2.1.1: else who steals a code could leave the challenge out of its login.
    check("a verifier for a code without a challenge", outcome(
        by_code(code_for(DORA), verifier(), secret)), (400, "invalid_grant"))
    code = code_for(DORA)
    check("a wrong secret", outcome(by_code(code, headers=wrong)), (401, "invalid_client"))
    check("it didn't use up the code", outcome(by_code(code, headers=secret)), (200, DORA))

    def refresh(token, headers=secret, **more):
        return exchange(headers, grant_type="refresh_token", refresh_token=token, **more)

    answer = refresh(first)
    check("a refresh token", outcome(answer), (200, DORA))
    second = answer.json()["refresh_token"]
    check("it is another one", second == first, False)
    check("the first is used up", outcome(refresh(first)), (400, "invalid_grant"))
    check("without a secret", outcome(refresh(second, None, client_id="sandbox")),
          (400, "invalid_request"))
    check("with a wrong secret", outcome(refresh(second, wrong)), (401, "invalid_client"))
    answer = refresh(second)
    check("the second is still good", outcome(answer), (200, DORA))
    check("no refresh token", outcome(refresh(None)), (400, "invalid_request"))
    check("an access token isn't one", outcome(refresh(token_of(DORA))), (400, "invalid_grant"))
    control("POST", "/sandbox/clock", {"advance": "25h"})
    old = ask("GET", "/api/v2/users/me", from_page(answer.json()["access_token"]))
    check("the access token has expired", (old.status, old.json()["code"]),
          (401, "credentials.expired"))
    answer = refresh(answer.json()["refresh_token"])
    check("the refresh token hasn't", outcome(answer), (200, DORA))
    third = answer.json()["refresh_token"]
    check("a user's tokens are revoked", ask(
        "DELETE", f"/api/v2/tokens/{DORA}", bearer(token_of(ADA))).status, 200)
    gone = ask("GET", "/api/v2/users/me", from_page(answer.json()["access_token"]))
    check("the access token is no more", (gone.status, gone.json()["code"]),
          (401, "bad.credentials"))
    check("nor is the refresh token", outcome(refresh(third)), (400, "invalid_grant"))


def official_client():
    """The logins of the official SDK, with a browser in between."""
    def client():
        return genesys.api_client.ApiClient(host=BASE)

    def me(logged_in):
        return genesys.UsersApi(logged_in).get_users_me().id

    page = client()
    for length in [43, 128]:
        proof = page.generate_pkce_code_verifier(length)
        known_secrets.append(proof)
        wanted = {**asked_for(), "code_challenge_method": "S256",
                  "code_challenge": page.compute_pkce_code_challenge(proof)}
        code = came_back(press(Page(navigate(wanted).text), ADA))["code"]
        known_secrets.append(code)
        logged_in, body = page.get_pkce_token("sandbox", proof, code, REDIRECT)
        known_secrets.append(body["access_token"])
        check(f"the SDK's login with a verifier of {length}", me(logged_in), ADA)
    try:
        page.get_pkce_token("sandbox", proof, code, REDIRECT)
        check("the SDK's code a second time", "accepted", "refused")
    except ApiException as error:
        check("the SDK's code a second time", (error.status, json.loads(error.body)["error"]),
              (400, "invalid_grant"))
    server = client()
    logged_in, body = server.get_code_authorization_token(
        "sandbox", "sandbox", code_for(BEN), REDIRECT)
    known_secrets.extend([body["access_token"], body["refresh_token"]])
    check("the SDK's login with a secret", me(logged_in), BEN)
    server.refresh_code_authorization_token("sandbox", "sandbox", server.refresh_token)
    known_secrets.extend([server.access_token, server.refresh_token])
    check("the SDK refreshes", (me(server), server.access_token == body["access_token"],
                                server.refresh_token == body["refresh_token"]),
          (BEN, False, False))
    before = server.access_token
    control("POST", "/sandbox/clock", {"advance": "25h"})
    check("the SDK refreshes by itself", (me(server), server.access_token == before), (BEN, False))
    known_secrets.extend([server.access_token, server.refresh_token])


# How a page listens.


def sockets():
    token = token_of(ADA)
    channel = ask("POST", "/api/v2/notifications/channels",
                  from_page(token, **{"Content-Type": "application/json"}), "null").json()
    uri = channel["connectUri"]
    topic = f"v2.users.{ADA}.presence"
    subscribed = ask("PUT", f"/api/v2/notifications/channels/{channel['id']}/subscriptions",
                     from_page(token, **{"Content-Type": "application/json"}),
                     json.dumps([{"id": topic}]))
    check("a page subscribes", subscribed.status, 200)
    address = urllib.parse.urlsplit(uri)
    for what, origin in [("the page that may", PAGE), ("its own", f"http://{address.netloc}"),
                         ("no page", None)]:
        with connect(uri, origin=origin) as listener:
            ask("PATCH", f"/api/v2/users/{ADA}/presences/purecloud",
                from_page(token, **{"Content-Type": "application/json"}),
                json.dumps({"message": f"for {what}"}))
            message = json.loads(listener.recv(timeout=10))
            check(f"a socket of {what}", (message["topicName"], message["eventBody"]["message"]),
                  (topic, f"for {what}"))
    marker = control("GET", "/sandbox/journal?kind=socket&limit=100000")["last"]

    def refused(what, status, origin=None, host=None, path=address.path):
        """Asks for a socket with a foreign origin or host."""
        where = f"ws://{host or address.netloc}{path}"
        stream = socket.create_connection((address.hostname, address.port), timeout=10)
        try:
            connect(where, origin=origin, sock=stream).close()
            check(what, "accepted", status)
        except InvalidStatus as error:
            fields = [n for n, _ in error.response.headers.raw_items()
                      if n.lower().startswith("access-control-")]
            check(what, (error.response.status_code, fields), (status, []))
        finally:
            stream.close()

    for origin in [EVIL, "null", "https://localhost:3000", "http://localhost:3001",
                   f"http://evil.example@{address.netloc}", f"{PAGE}.evil.example"]:
        refused(f"a socket of {origin}", 403, origin)
    for host in ["evil.example", f"evil.example:{address.port}",
                 f"localhost.evil.example:{address.port}"]:
        refused(f"a socket at {host}", 421, None, host)
        refused(f"a socket at {host} of the page that may", 421, PAGE, host)
    refused("a path that is no channel's", 426, PAGE, None, "/nothing")
    check("they stand in no journal", control(
        "GET", f"/sandbox/journal?kind=socket&after={marker}")["entries"][1:], [])
    with connect(f"{uri}x", origin=PAGE) as listener:
        message = json.loads(listener.recv(timeout=10))
        check("an unknown channel", (message["result"], message["status"]), ("404", "error"))
        try:
            listener.recv(timeout=10)
            check("its socket is closed", "open", "closed")
        except ConnectionClosed:
            check("its socket is closed", "closed", "closed")
    plain = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    plain.request("GET", address.path)
    check("what isn't a socket", plain.getresponse().status, 426)
    plain.close()


# What is left of all that.


def journal():
    entries = control("GET", "/sandbox/journal?path=/oauth/token&limit=100000")["entries"]
    sent = [entry["requestBody"] for entry in entries if "requestBody" in entry]
    got = [entry["responseBody"] for entry in entries if "responseBody" in entry]

    def values(bodies, name):
        return {body[name] for body in bodies if isinstance(body, dict) and name in body}

    for name in ["code", "code_verifier", "refresh_token"]:
        check(f"a request's {name} is left out", values(sent, name), {"***"})
    for name in ["access_token", "refresh_token"]:
        check(f"an answer's {name} is left out", values(got, name), {"***"})
    check("what is no secret stays", (
        {"authorization_code", "refresh_token", "client_credentials"} - values(sent, "grant_type"),
        "invalid_grant" in values(got, "error"), 86400 in values(got, "expires_in")),
        (set(), True, True))
    forms = control("GET", "/sandbox/journal?path=/oauth/authorize&method=POST&limit=100000")
    check("whom somebody logged in as stays",
          BEN in values([e["requestBody"] for e in forms["entries"] if "requestBody" in e], "user"),
          True)
    text = json.dumps([control("GET", f"/sandbox/{path}") for path in [
        "journal?kind=all&limit=100000", "journal?kind=notification&limit=100000",
        "notifications?limit=100000", "state?events=true"]])
    check("no secret stands anywhere", [s for s in known_secrets if s in text], [])
    check("there were some", len(known_secrets) > 60, True)
    # Whoever sends a form as something else sends secrets all the same.
    code, proof = secrets.token_urlsafe(24), verifier()
    body = urllib.parse.urlencode({"grant_type": "authorization_code", "code": code,
                                   "code_verifier": proof, "client_id": "sandbox"})
    ask("POST", "/oauth/token", {"Content-Type": "text/plain"}, body)
    ask("POST", "/oauth/token", {"Content-Type": "application/json"},
        json.dumps({"grant_type": "authorization_code", "code": code, "code_verifier": proof}))
    text = json.dumps(control("GET", "/sandbox/journal?path=/oauth/token&limit=100000"))
    check("nor in a form of another type", [s for s in (code, proof) if s in text], [])


def main():
    control("POST", "/sandbox/reset?clients=true")
    preflights()
    preflight_details()
    origins()
    effects()
    exposed()
    login_page()
    who_may_see_it()
    sent_on()
    nobody_is_sent_elsewhere()
    who_asks_is_told()
    tokens_by_code()
    tokens_by_secret()
    official_client()
    sockets()
    journal()
    print(f"{calls} checks")


main()
