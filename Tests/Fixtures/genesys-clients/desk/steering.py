"""What tests need: the journal, faults, snapshots, sockets' ends."""

import datetime
import json
import threading
import urllib.request

from .support import (
    InvalidStatus, connect, ADA, AVAILABLE, BEN, BREAK, Desktop, Ear, MISSING, ON_QUEUE, advance,
    bodies, center, check, control, customer, last, login, now, outcome, place, refused, status,
)


def journal():
    queue = center.set_up("Noted", "MANDATORY")
    agent = center.hire("Vera Noted", queue)
    with Ear(agent.client, f"v2.users.{agent.user}.routingStatus") as ear:
        start = last()
        agent.be(ON_QUEUE)
        call = place(queue=queue)
        agent.pick_up(call)
        for wanted in [{"held": True}, {"held": False}, {"muted": True}, {"muted": False}]:
            agent.ask(call, **wanted)
        agent.hang_up(call)
        agent.wrap_up(call)
        ear.socket.send('{"message": "ping"}')
        ear.hear()

    def entries(**query):
        text = "&".join(f"{name}={value}" for name, value in {
            "after": start, "limit": 100000, **query}.items())
        return control("GET", f"/sandbox/journal?{text}")["entries"]

    patches = entries(method="PATCH", path=f"/api/v2/conversations/calls/{call}/*")
    progress = [[e["type"] for e in entry["effects"] if e["type"] not in (
        "routingStatus", "ended", "terminated")] for entry in patches]
    check("what came of requests is told apart", progress, [
        ["answered"], ["held"], ["retrieved"], ["muted"], ["unmuted"], []])
    check("an end is told apart", {e["type"] for e in patches[-1]["effects"]},
          {"ended", "terminated"})
    check("a wrap-up is told apart", [e["type"] for e in entries(
        path=f"/api/v2/conversations/calls/{call}/*", method="POST")[0]["effects"]],
        ["wrappedUp", "routingStatus"])
    status = [e for e in patches[0]["effects"] if e["type"] == "routingStatus"]
    check("whose status became what", [(e["userId"], e["from"], e["to"]) for e in status],
          [(agent.user, "IDLE", "INTERACTING")])
    check("bodies", (patches[1]["requestBody"], "responseBody" in patches[1], patches[1]["status"]),
          ({"held": True}, False, 204))
    read = entries(method="GET", path=f"/api/v2/conversations/{call}")[0]
    check("answers", (read["responseBody"]["id"], "requestBody" in read), (call, False))
    check("whose request", {(e["user"], e["client"], "PureCloud SDK" in e["userAgent"])
                            for e in patches}, {(agent.user, "sandbox", True)})
    outcome(lambda: agent.wrap_up(call))
    for what, query, expected in [
        ("user", {"user": agent.user, "path": "/api/v2/users/*/presences/purecloud"}, 1),
        ("another user", {"user": ADA}, 0), ("client", {"client": "nobody"}, 0),
        ("status", {"status": 409}, 1), ("method", {"method": "patch", "user": agent.user}, 7),
        ("agent string", {"user_agent": "curl"}, 0), ("fault", {"fault": "dropped"}, 0),
        ("path", {"path": "/api/v2/users/*/routingstatus"}, 0),
    ]:
        check(f"the journal by {what}", len(entries(**query)), expected)
    sockets = entries(kind="socket")
    check("sockets stand in it", [(e["event"], e["channelId"], e["user"]) for e in sockets],
          [("received", ear.channel.id, agent.user), ("closed", ear.channel.id, agent.user)])
    check("and what they said", sockets[0]["message"], '{"message": "ping"}')
    check("all kinds", [e["number"] for e in entries(kind="all")],
          sorted(e["number"] for kind in ("request", "socket", "happening")
                 for e in entries(kind=kind)))
    told = control("GET", f"/sandbox/journal?kind=notification&channel={ear.channel.id}"
                   f"&topic=v2.users.{agent.user}.routingStatus")["entries"]
    check("notifications", [e["body"]["routingStatus"]["status"] for e in told],
          ["IDLE", "INTERACTING", "IDLE"])
    elsewhere = control("GET", f"/sandbox/notifications?channel={ear.channel.id}")["entries"]
    check("the same elsewhere", [
        e["body"] for e in elsewhere if e["topic"].endswith(".routingStatus")],
        [e["body"] for e in told])
    for wrong in ["kind=gossip", "colour=red", "status=9", "limit=0", "after=-1"]:
        check(f"the journal by {wrong}", refused("GET", f"/sandbox/journal?{wrong}")[0], 400)
    start = last()
    answers = []
    path = "/api/v2/systempresences"
    waiter = threading.Thread(target=lambda: answers.append(control(
        "POST", "/sandbox/journal/wait", {"path": path, "times": 2, "after": start,
                                          "timeout": "30s"})))
    waiter.start()
    center.presence.get_systempresences()
    center.presence.get_systempresences()
    waiter.join()
    check("a test waits for requests", [e["target"] for e in answers[0]["entries"]], [path] * 2)
    check("what is there isn't waited for", len(control("POST", "/sandbox/journal/wait", {
        "path": path, "after": start})["entries"]), 2)
    check("in vain", refused("POST", "/sandbox/journal/wait", {
        "path": "/api/v2/nothing", "after": start, "timeout": "50ms"}), (408, "sandbox.timeout"))
    heard = control("POST", "/sandbox/journal/wait", {
        "topic": f"v2.users.{agent.user}.routingStatus", "times": 3})["entries"]
    check("it waits for notifications too", len(heard), 3)
    start = last()
    agent.users.get_users_me()
    agent.users.get_users_me()
    me = {"method": "GET", "path": "/api/v2/users/me"}

    def verify(*requests, **more):
        return refused("POST", "/sandbox/journal/verify",
                       {"requests": requests, "after": start, **more})

    unverified = (409, "sandbox.unverified")
    check("so it was", control("POST", "/sandbox/journal/verify", {
        "requests": [{**me, "times": 2}], "after": start}), {"verified": True})
    check("not so often", [verify({**me, "times": n}) for n in (1, 2, 3)],
          [unverified, "accepted", unverified])
    check("never", [verify({"method": "DELETE", "times": 0}), verify({**me, "times": 0})],
          ["accepted", unverified])
    check("exactly that", verify({**me, "times": 2}, exactly=True), "accepted")
    center.presence.get_systempresences()
    check("and something else", [
        verify({**me, "times": 2}, exactly=exactly) for exactly in (False, True)],
        ["accepted", unverified])
    try:
        control("POST", "/sandbox/journal/verify",
                {"requests": [{**me, "times": 1}], "after": start, "exactly": True})
    except urllib.error.HTTPError as error:
        message = json.loads(error.read())["message"]
    check("it says what", message, "expected 1 x GET /api/v2/users/me, found 2; "
          "there is also GET /api/v2/systempresences")
    check("a misspelt wish", verify({**me, "tmes": 2})[0], 400)
    agent.be(AVAILABLE)


def next_faults():
    path = f"/api/v2/users/{ADA}/routingstatus"
    ada, ben = Desktop(ADA), Desktop(BEN)

    def fails(desktop, user=ADA):
        return outcome(lambda: desktop.users.get_user_routingstatus(user))

    def next_one(**wanted):
        return control("POST", "/sandbox/faults/next", wanted)

    error = (500, "internal.server.error")
    next_one(fault="server_error", path="/api/v2/users/*/routingstatus", user=ADA, times=2)
    check("only of that user", [fails(ben), fails(ben)], ["accepted"] * 2)
    check("only that path", outcome(ada.users.get_users_me), "accepted")
    check("so many times, and no more", [fails(ada) for _ in range(3)], [error, error, "accepted"])
    next_one(fault="server_error", path="/api/v2/users/*", method="PUT")
    check("only of that method", fails(ada), "accepted")
    check("below that path", outcome(lambda: ada.users.put_user_routingstatus(
        ADA, {"status": "OFF_QUEUE"})), error)
    next_one(fault="gateway_timeout", path=path)
    next_one(fault="server_error", path=path)
    check("in the order in which they were asked for", [fails(ada) for _ in range(3)],
          [(504, "request.timeout"), error, "accepted"])
    next_one(fault="server_error", path=path, times=5)
    fails(ada)
    check("what is still to come", [(f["fault"], f["path"], f["times"]) for f in control(
        "GET", "/sandbox/faults/next")["faults"]], [("server_error", path, 4)])
    control("DELETE", "/sandbox/faults/next")
    check("what is taken back doesn't come", fails(ada), "accepted")
    next_one(fault="token_expired", user=BEN)
    check("a token expires", [fails(ada), fails(ben), fails(ben)],
          ["accepted", *[(401, "credentials.expired")] * 2])
    next_one(fault="token_revoked", user=ADA)
    check("a token is revoked", [fails(ada), fails(ada)], [(401, "bad.credentials")] * 2)
    ada = Desktop(ADA)
    next_one(fault="unavailable", path="/oauth/token")
    check("a login fails, once", [outcome(login), outcome(login)],
          [(503, "temporarily_unavailable"), "accepted"])
    start = last()
    next_one(fault="dropped", path="/api/v2/users/*/presences/*", user=ADA)
    ada.be(BREAK)
    seen = control("GET", f"/sandbox/journal?after={start}&method=PATCH&user={ADA}")["entries"]
    check("the SDK sends again what was dropped", [
        (e.get("status"), e.get("fault"), bool(e.get("effects"))) for e in seen],
        [(None, "dropped", True), (200, None, False)])
    start = last()
    next_one(fault="dropped_before", path="/api/v2/users/*/presences/*", user=ADA)
    ada.be(AVAILABLE)
    seen = control("GET", f"/sandbox/journal?after={start}&method=PATCH&user={ADA}")["entries"]
    check("or what never arrived", [(e.get("status"), bool(e.get("effects"))) for e in seen],
          [(None, False), (200, True)])
    next_one(fault="rate_limited", path=path, retry_after="1s")
    start = last()
    check("the SDK waits as it is told", fails(ada), "accepted")
    seen = control("GET", f"/sandbox/journal?after={start}&path={path}")["entries"]
    check("both stand in the journal", [(e["status"], e.get("fault")) for e in seen],
          [(429, "rate_limited"), (200, None)])
    topic = f"v2.users.{ADA}.presence"
    with Ear(ada.client, topic) as ear:
        next_one(fault="notification_lost", topic=topic)
        ada.be(BREAK)
        ada.be(AVAILABLE)
        check("a notification is lost", [b["presenceDefinition"]["id"] for b in bodies(
            ear.hear(), topic)], [AVAILABLE])
        next_one(fault="notification_duplicated", user=ADA, topic=topic)
        ada.be(BREAK)
        check("a notification comes twice", len(bodies(ear.hear(), topic)), 2)
        next_one(fault="socket_cut", topic=topic)
        ada.be(AVAILABLE)
        check("a socket is cut", ear.end(), ([], None))
        next_one(fault="socket_refused", user=ADA)
        try:
            ear.connect()
            check("a socket is refused", "open", "refused")
        except InvalidStatus as problem:
            check("a socket is refused", problem.response.status_code, 503)
        ear.connect()
        ada.be(BREAK)
        check("the next isn't", len(bodies(ear.hear(), topic)), 1)
    for wrong in [{}, {"fault": "tired"}, {"fault": "dropped", "topic": topic}, {
            "fault": "notification_lost", "path": path}, {"fault": "dropped", "times": 0},
            {"fault": "dropped", "usr": ADA}]:
        check(f"a fault of {wrong}", refused("POST", "/sandbox/faults/next", wrong)[0], 400)
    check("none is left", control("GET", "/sandbox/faults/next")["faults"], [])
    ada.be(AVAILABLE)


def snapshots():
    queue = center.set_up("Kept", "MANDATORY_TIMEOUT", timeoutMs=60000)
    agent = center.hire("Wim Kept", queue).be(ON_QUEUE)
    call = place(queue=queue)
    agent.pick_up(call)
    control("POST", "/sandbox/faults/next", {"fault": "server_error", "path": "/api/v2/nowhere"})
    control("PUT", "/sandbox/snapshots/talking")
    before = control("GET", "/sandbox/clock")["now"]
    agent.hang_up(call)
    advance("2h")
    made = center.hire("Late Comer")
    control("DELETE", "/sandbox/faults/next")
    check("then it went on", (agent.part(call).wrapup.code, agent.status),
          ("ININ-WRAP-UP-TIMEOUT", "IDLE"))
    requests = last()
    control("POST", "/sandbox/snapshots/talking/restore")
    check("back in the call", (agent.call(call).state, agent.status, agent.part(call).wrapup),
          ("connected", "INTERACTING", None))
    check("who came later isn't there", outcome(lambda: center.users.get_user(made.user)), MISSING)
    after = control("GET", "/sandbox/clock")["now"]
    gone = datetime.datetime.fromisoformat(after) - datetime.datetime.fromisoformat(before)
    check("back in time", abs(gone.total_seconds()) < 30, True)
    check("faults are as they were", len(control("GET", "/sandbox/faults/next")["faults"]), 1)
    check("the journal stays", last() > requests, True)
    agent.hang_up(call)
    check("it goes on from there", (agent.call(call).after_call_work.state, agent.status),
          ("pending", "INTERACTING"))
    advance("61s")
    check("time goes on from there", agent.part(call).wrapup.code, "ININ-WRAP-UP-TIMEOUT")
    control("POST", "/sandbox/snapshots/talking/restore")
    check("as often as one likes", agent.call(call).state, "connected")
    check("what snapshots there are", [s["name"] for s in control(
        "GET", "/sandbox/snapshots")["snapshots"]], ["talking"])
    control("DELETE", "/sandbox/snapshots/talking")
    check("what was forgotten", [
        refused(method, f"/sandbox/snapshots/talking{more}")
        for method, more in [("POST", "/restore"), ("DELETE", "")]], [MISSING] * 2)
    control("DELETE", "/sandbox/faults/next")
    customer(call, "hangup")
    agent.be(AVAILABLE)


def sockets_close():
    topic = f"v2.users.{ADA}.presence"
    ada, ben = Desktop(ADA), Desktop(BEN)

    with Ear(ada.client, topic) as ear, Ear(ben.client, topic) as other:
        check("one user's sockets", control("POST", "/sandbox/sockets/close", {
            "user": ADA, "notice": "0s"}), {"closing": 1})
        check("a socket's end is announced", ear.end(), (["v2.system.socket_closing"], 1000))
        ada.be(BREAK)
        check("the other one goes on", [name for name, _ in other.hear()], [topic])
        ear.connect()
        ada.be(AVAILABLE)
        check("what happened in between is lost", len(ear.hear()), 1)
        other.hear()
        check("all sockets, abruptly", control(
            "POST", "/sandbox/sockets/close", {"abruptly": True}), {"closing": 2})
        ends = [ear.end(), other.end()]
        for _ in range(10):
            ear.connect()
            control("POST", "/sandbox/sockets/close", {"abruptly": True, "user": ADA})
            ends.append(ear.end())
        check("a socket that breaks says nothing", [said for said, _ in ends], [[]] * 12)
        check("not even that it ends", {code for _, code in ends}, {None})
        ear.connect()
        check("one channel's socket", control("POST", "/sandbox/sockets/close", {
            "channel": ear.channel.id, "notice": "50ms"}), {"closing": 1})
        ada.be(BREAK)
        check("until its end everything goes on", ear.end(),
              (["v2.system.socket_closing", topic], 1000))
        start = last()
        ear.connect()
        control("POST", "/sandbox/sockets/close?abruptly=true")
        ear.end()
        found = control("POST", "/sandbox/journal/wait", {
            "kind": "socket", "after": start, "times": 2, "channel": ear.channel.id})["entries"]
        check("the journal has both ends", [e["event"] for e in found], ["opened", "closed"])
        check("no sockets are left", control("POST", "/sandbox/sockets/close"), {"closing": 0})
        check("a misspelt wish", refused("POST", "/sandbox/sockets/close", {"abrupt": True})[0],
              400)
        ear.connect()
        other.connect()
    ada.be(AVAILABLE)
