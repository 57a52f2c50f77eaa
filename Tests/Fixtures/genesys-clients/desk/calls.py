"""Calls until somebody has answered, or nobody."""

from .support import (
    genesys, ADA, AVAILABLE, BEN, BILLING, BREAK, CEM, CONFLICT, DORA, Desktop, Ear, GERMAN,
    MISSING, NOBODY, ON_QUEUE, RESOLVED, advance, aggregates, bodies, center, check, control,
    customer, flat_parts, in_turn, nested_parts, observed, outcome, place, refused, status,
)


def call_to_user():
    """A call from its first ring to its end, as desktops hear of it."""
    greta = center.hire("Greta Hale").be(ON_QUEUE)
    flat, nested = (f"v2.users.{greta.user}.conversations{more}" for more in (".calls", ""))
    summary = f"v2.users.{greta.user}.conversationsummary"
    with Ear(greta.client, flat, nested, summary) as ear:
        placed = control("POST", "/sandbox/calls", {
            "user": greta.user, "from": "tel:+4930111222", "to": "tel:+4930999",
            "name": "Mia Brandt", "attributes": {"contract": "A-17"}})
        call = placed["conversationId"]
        check("a call rings", (placed["agent"]["userId"], placed["agent"]["state"],
                               placed["customer"]["state"], "acd" in placed),
              (greta.user, "alerting", "connected", False))
        heard = ear.hear()
        part = flat_parts(heard, flat, greta.user)[-1]
        check("a desktop hears it ring", (
            part["id"], part["state"], part["direction"], part["held"], part["muted"],
            part["provider"], part["ani"], part["dnis"], part["wrapupRequired"], "queue" in part),
            (placed["agent"]["participantId"], "alerting", "inbound", False, False, "Edge",
             "tel:+4930111222", "tel:+4930999", False, False))
        part = nested_parts(heard, nested, greta.user)[-1]
        check("or in the nested form", (
            part["id"], part["calls"][0]["id"], part["calls"][0]["state"], part["chats"],
            part["wrapupRequired"], part["wrapupExpected"]),
            (placed["agent"]["participantId"], placed["agent"]["communicationId"], "alerting", [],
             False, False))
        caller = [p for p in bodies(heard, flat)[-1]["participants"] if p["purpose"] == "customer"]
        check("who calls", [(p["name"], p["address"], p["state"], p["attributes"]) for p in caller],
              [("Mia Brandt", "tel:+4930111222", "connected", {"contract": "A-17"})])
        check("how many calls there are", [b["call"]["contactCenter"] for b in
                                           bodies(heard, summary)][-1], {"active": 1, "acw": 0})
        check("the status while it rings", greta.status, "IDLE")
        check("it is answered", (greta.pick_up(call).state, greta.status),
              ("connected", "INTERACTING"))
        check("it is answered once", (outcome(lambda: greta.pick_up(call)), greta.call(call).state),
              ("accepted", "connected"))
        check("it is held", greta.ask(call, held=True).held, True)
        check("held and muted", (greta.ask(call, muted=True).muted, greta.call(call).held),
              (True, True))
        seen = greta.ask(call, held=False, muted=False)
        check("both are ended", (seen.held, seen.muted), (False, False))
        heard = ear.hear()
        parts = flat_parts(heard, flat, greta.user)
        check("all of it is heard", in_turn([(p["state"], p["held"], p["muted"]) for p in parts]), [
            ("connected", False, False), ("connected", True, False), ("connected", True, True),
            ("connected", False, True), ("connected", False, False)])
        check("since when it is held", ["startHoldTime" in p for p in parts if p["held"]],
              [True] * len([p for p in parts if p["held"]]))
        greta.conversations.patch_conversations_call_participant_attributes(
            call, center.part(call, "customer").id, {"attributes": {"mood": "fine"}})
        check("a note is kept", center.part(call, "customer").attributes,
              {"contract": "A-17", "mood": "fine"})
        check("a note is heard", [p["attributes"] for p in bodies(ear.hear(), flat)[-1][
            "participants"] if p["purpose"] == "customer"], [{"contract": "A-17", "mood": "fine"}])
        ended = greta.hang_up(call)
        check("it ends", (ended.state, ended.disconnect_type), ("terminated", "client"))
        check("and with it the customer", (
            center.part(call, "customer").calls[0].state,
            center.part(call, "customer").calls[0].disconnect_type,
            center.whole(call).end_time is not None), ("terminated", "peer", True))
        heard = ear.hear()
        check("how a call ends", in_turn([p["state"] for p in flat_parts(heard, flat, greta.user)]),
              ["disconnected", "terminated"])
        check("how it ends in the nested form", in_turn([
            p["calls"][0]["state"] for p in nested_parts(heard, nested, greta.user)]),
            ["disconnected", "terminated"])
        check("whose end it was", {p["disconnectType"] for p in flat_parts(
            heard, flat, greta.user)}, {"client"})
        check("no calls are left", [b["call"]["contactCenter"] for b in
                                    bodies(heard, summary)][-1], {"active": 0, "acw": 0})
    check("the agent is free", greta.status, "IDLE")
    for what in [{"state": "connected"}, {"held": True}, {"muted": True}]:
        check(f"{what} of a call that is over", outcome(lambda: greta.ask(call, **what)), CONFLICT)
    check("an end of a call that is over", outcome(lambda: greta.hang_up(call)), "accepted")
    check("what isn't a wish", [status(lambda: greta.ask(call, **what)) for what in [
        {}, {"state": "terminated"}, {"held": "yes"}, {"recording": True}]], [400] * 4)


def who_may():
    """Only a participant's own user may act for them."""
    greta = center.hire("Greta Moor")
    call = place(user=greta.user)
    part = greta.part(call)
    own, wanted = greta.conversations, {"state": "connected"}
    other = Desktop(CEM).conversations
    check("another user can't answer", [outcome(call_) for call_ in [
        lambda: other.patch_conversations_call_participant(call, part.id, wanted),
        lambda: other.patch_conversation_participant(call, part.id, wanted),
        lambda: other.post_conversations_call_participant_replace(
            call, part.id, {"userId": BEN})]], [(403, "missing.permissions")] * 3)
    check("nor a client", [outcome(call_) for call_ in [
        lambda: center.conversations.patch_conversations_call_participant(call, part.id, wanted),
        lambda: center.conversations.post_conversations_call_participant_communication_wrapup(
            call, part.id, part.calls[0].id, body={"code": RESOLVED})]], [(400, "bad.request")] * 2)
    check("nor one's own user elsewhere", [outcome(call_) for call_ in [
        lambda: own.patch_conversations_call_participant(NOBODY, part.id, wanted),
        lambda: own.patch_conversations_call_participant(call, NOBODY, wanted),
        lambda: own.patch_conversations_callback_participant(call, part.id, wanted)]],
        [MISSING] * 3)
    check("the customer is nobody's", outcome(lambda: own.patch_conversations_call_participant(
        call, center.part(call, "customer").id, {"state": "disconnected"})),
        (403, "missing.permissions"))
    check("nothing came of it", greta.call(call).state, "alerting")
    own.patch_conversation_participant(call, part.id, wanted)
    check("one's own user may, on the common path too", greta.call(call).state, "connected")
    check("an end for all", customer(call, "hangup")["agent"]["state"], "terminated")


def call_to_queue():
    """A queue's call with skills: who waits, who gets it, and what wallboards hear."""
    queue = center.set_up("Contracts", "MANDATORY")
    center.routing.post_routing_queue_members(
        queue, [{"id": user} for user in (ADA, BEN, CEM, DORA)])
    ada, ben, cem, dora = (Desktop(user).be(AVAILABLE) for user in (ADA, BEN, CEM, DORA))
    everybody = f"v2.routing.queues.{queue}.conversations"
    with Ear(center.client, everybody, f"{everybody}.calls") as ear:
        call = control("POST", "/sandbox/calls", {
            "queue": "Contracts", "skills": ["Billing", "German"], "from": "tel:+4930444"})
        check("nobody is there", ("agent" in call, call["acd"]["state"], call["acd"]["queueId"]),
              (False, "connected", queue))
        call = call["conversationId"]
        heard = ear.hear()
        check("a wallboard hears who waits", [
            (p["purpose"], p["state"], p.get("queue", {}).get("id"))
            for p in bodies(heard, f"{everybody}.calls")[-1]["participants"]],
            [("customer", "connected", None), ("acd", "connected", queue)])
        check("or in the nested form", [
            (p["purpose"], p["calls"][0]["state"], p.get("queueId"))
            for p in bodies(heard, everybody)[-1]["participants"]],
            [("customer", "connected", None), ("acd", "connected", queue)])
        check("which skills are wanted", {s["id"] for s in bodies(heard, everybody)[-1][
            "participants"][1]["conversationRoutingData"]["skills"]}, {BILLING, GERMAN})
        for desktop in (ada, cem, dora):
            desktop.be(ON_QUEUE)
        check("who lacks a skill isn't asked", "agent" in {
            p.purpose for p in center.whole(call).participants}, False)
        check("who waits is seen", observed(queue, "oWaiting"), {"voice": 1})
        detail = f"v2.detail.events.conversation.{call}"
        ear.listen(*[f"{detail}.{name}" for name in [
            "acd.start", "acd.end", "user.start", "user.end", "customer.start", "customer.end",
            "acw", "wrapup"]])
        ben.be(ON_QUEUE)
        ringing = ben.part(call)
        check("it rings once somebody is there who can", (
            ringing.calls[0].state, ringing.queue_id, ringing.alerting_timeout_ms,
            ringing.wrapup_required, ringing.wrapup_prompt), ("alerting", queue, 60000, True,
                                                              "mandatory"))
        check("nobody else was asked", [d.conversations.get_conversations_calls().total
                                        for d in (ada, ben, cem, dora)], [0, 1, 0, 0])
        heard = ear.hear()
        started = bodies(heard, f"{detail}.user.start")
        check("a ring is told", [(b["userId"], b["queueId"], b["mediaType"], b["direction"],
                                  b["sessionId"]) for b in started],
              [(BEN, queue, "VOICE", "INBOUND", ringing.calls[0].id)])
        check("a queue hears it ring", [p["state"] for p in flat_parts(
            heard, f"{everybody}.calls", BEN)], ["alerting"])
        ben.pick_up(call)
        heard = ear.hear()
        check("the wait ends", [(b["acdOutcome"], b["answeredUserId"], b["queueId"],
                                 b["disconnectType"]) for b in bodies(heard, f"{detail}.acd.end")],
              [("ANSWERED", BEN, queue, "TRANSFER")])
        acd = center.part(call, "acd").calls[0]
        check("a queue's part stays disconnected", (acd.state, acd.disconnect_type),
              ("disconnected", "transfer"))
        check("who talks is seen", (observed(queue, "oInteracting"), observed(queue, "oWaiting")),
              ({"voice": 1}, {"voice": 0}))
        ben.ask(call, held=True)
        answer = customer(call, "hangup")
        check("a customer hangs up", (answer["customer"]["state"], answer["agent"]["state"],
                                      answer["acd"]["state"]), ("terminated",) * 3)
        seen = ben.part(call)
        check("the agent's part ends with it", (
            seen.calls[0].disconnect_type, seen.calls[0].held, seen.calls[0].after_call_work.state,
            seen.calls[0].after_call_work_required, seen.wrapup_required, seen.wrapup),
            ("peer", False, "pending", True, True, None))
        check("how the customer ended", center.part(call, "customer").calls[0].disconnect_type,
              "endpoint")
        check("the agent isn't free yet", ben.status, "INTERACTING")
        heard = ear.hear()
        check("the ends are told", [
            [b["disconnectType"] for b in bodies(heard, f"{detail}.{who}.end")]
            for who in ("customer", "user")], [["ENDPOINT"], ["PEER"]])
        check("how the agent's part went on", in_turn([
            p["state"] for p in flat_parts(heard, f"{everybody}.calls", BEN)]),
            ["connected", "disconnected", "terminated"])
        check("somebody is still to say how it was", [
            p["wrapupExpected"] for p in nested_parts(heard, everybody, BEN)][-1], True)
        check("no wrap-up yet", outcome(
            lambda: ben.conversations.get_conversations_call_participant_wrapup(call, seen.id)),
            MISSING)
        ben.wrap_up(call, notes="all well", tags=["gold"])
        heard = ear.hear()
        check("a wrap-up is told", [
            [(b["wrapupCode"], b["wrapupNotes"]) for b in bodies(heard, f"{detail}.{name}")]
            for name in ("acw", "wrapup")], [[(RESOLVED, "all well")]] * 2)
        check("nobody is to say more", [
            p["wrapupExpected"] for p in nested_parts(heard, everybody, BEN)][-1], False)
        check("a wrap-up in the flat form", [
            p["wrapup"]["code"] for p in flat_parts(heard, f"{everybody}.calls", BEN)][-1],
            RESOLVED)
    for what, read in [
        ("a participant", lambda: ben.conversations.get_conversations_call_participant_wrapup(
            call, seen.id)),
        ("a communication",
         lambda: ben.conversations.get_conversations_call_participant_communication_wrapup(
             call, seen.id, seen.calls[0].id)),
        ("a participant on the common path",
         lambda: ben.conversations.get_conversation_participant_wrapup(call, seen.id)),
        ("a conversation", lambda: ben.part(call).wrapup),
    ]:
        found = read()
        check(f"the wrap-up of {what}", (found.code, found.notes, found.tags),
              (RESOLVED, "all well", ["gold"]))
    check("the agent is free", (ben.status, ben.call(call).after_call_work.state),
          ("IDLE", "complete"))
    check("it is wrapped up once", outcome(lambda: ben.wrap_up(call)), CONFLICT)
    check("a queue without codes", ben.conversations.get_conversation_participant_wrapupcodes(
        call, seen.id), [])
    for desktop in (ada, ben, cem, dora):
        desktop.be(AVAILABLE)
    for wrong in [{"queue": "Contract"}, {"queue": queue, "skills": ["Juggling"]}, {},
                  {"queue": queue, "sklls": []}, {"queue": queue, "media": "fax"},
                  {"user": "ben"}]:
        check(f"a call of {list(wrong.values())[-1:]}", refused("POST", "/sandbox/calls", wrong)[0],
              400)


def longest_idle():
    """Who was idle longest is asked first; who has a call, or has left, isn't."""
    queue = center.set_up("Orders")
    first, second, third = (center.hire(f"{name} Order", queue) for name in
                            ["Zoe", "Yan", "Xenia"])
    for desktop in (first, second, third):
        desktop.be(ON_QUEUE)
        advance("1s")
    calls_placed = [place(queue=queue) for _ in range(4)]
    check("who was idle longest comes first", [
        [p.user_id for p in center.whole(call).participants if p.purpose == "agent"]
        for call in calls_placed], [[first.user], [second.user], [third.user], []])
    second.pick_up(calls_placed[1])
    second.hang_up(calls_placed[1])
    check("who waits gets the next who is free", second.call(calls_placed[3]).state, "alerting")
    customer(calls_placed[3], "abandon")
    check("one who gives up frees them", (second.status, center.whole(
        calls_placed[3]).end_time is not None), ("IDLE", True))
    first.pick_up(calls_placed[0])
    first.hang_up(calls_placed[0])
    advance("1s")
    last_call = place(queue=queue)
    check("the second has been idle longer than the first", center.part(
        last_call, "agent").user_id, second.user)
    customer(last_call, "abandon")
    second.be(BREAK)
    genesys.RoutingApi(first.client).patch_user_queue(queue, first.user, {"joined": False})
    lonely = place(queue=queue)
    check("who left isn't asked", "agent" in {
        p.purpose for p in center.whole(lonely).participants}, False)
    genesys.RoutingApi(first.client).patch_user_queue(queue, first.user, {"joined": True})
    check("who comes back is", first.call(lonely).state, "alerting")
    order = [place(queue=queue) for _ in range(2)]
    first.pick_up(lonely)
    first.hang_up(lonely)
    check("who came first is served first", (
        first.call(order[0]).state,
        "agent" in {p.purpose for p in center.whole(order[1]).participants}), ("alerting", False))
    check("somebody who isn't free isn't chosen", refused(
        "POST", "/sandbox/calls", {"queue": queue, "user": first.user}), CONFLICT)
    for call in [*order, calls_placed[2]]:
        customer(call, "hangup")
    named = control("POST", "/sandbox/calls", {"queue": queue, "user": third.user})
    check("a queue's call to somebody", (named["agent"]["userId"], named["acd"]["queueId"]),
          (third.user, queue))
    customer(named["conversationId"], "hangup")
    for desktop in (first, second, third):
        desktop.be(AVAILABLE)


def no_answer():
    """It rings in vain: at the next, and then it waits."""
    queue = center.set_up("Returns")
    first, second = (center.hire(f"{name} Return", queue).be(ON_QUEUE) for name in ["Ida", "Jon"])
    topic = f"v2.users.{first.user}.routingStatus"
    flat = f"v2.routing.queues.{queue}.conversations.calls"
    with Ear(center.client, topic, flat) as ear:
        call = place(queue=queue)
        ear.listen(f"v2.detail.events.conversation.{call}.user.end",
                   f"v2.detail.events.conversation.{call}.user.start")
        asked = center.part(call, "agent").user_id
        one, other = (first, second) if asked == first.user else (second, first)
        customer(call, "noanswer")
        check("who doesn't answer", (one.status, one.call(call).state,
                                     one.call(call).disconnect_type),
              ("NOT_RESPONDING", "terminated", "system"))
        check("the next is asked", (other.call(call).state, other.status), ("alerting", "IDLE"))
        check("each offer is a participant of its own", [
            p.user_id for p in center.whole(call).participants if p.purpose == "agent"],
            [one.user, other.user])
        heard = ear.hear()
        check("an offer that fails is told", [
            (b["userId"], b["disconnectType"]) for b in
            bodies(heard, f"v2.detail.events.conversation.{call}.user.end")],
            [(one.user, "SYSTEM")])
        check("and the next one", [b["userId"] for b in bodies(
            heard, f"v2.detail.events.conversation.{call}.user.start")], [other.user])
        other.hang_up(call)
        check("who declines", (other.status, other.call(call).disconnect_type),
              ("NOT_RESPONDING", "client"))
        acd = center.part(call, "acd").calls[0]
        check("then it waits", (acd.state, observed(queue, "oWaiting")),
              ("connected", {"voice": 1}))
        check("who doesn't respond is seen", observed(queue, "oUserRoutingStatuses"),
              {"NOT_RESPONDING": 2})
        one.users.put_user_routingstatus(one.user, {"status": "IDLE"})
        check("who is back is asked again", one.call(call).state, "alerting")
        advance("61s")
        check("a minute later it rang in vain", (one.status, one.call(call).state),
              ("NOT_RESPONDING", "terminated"))
        one.be(ON_QUEUE)
        check("on queue again is another way back", (one.status, one.call(call).state),
              ("IDLE", "alerting"))
        ear.hear()
        other.users.put_user_routingstatus(other.user, {"status": "IDLE"})
        advance("61s")
        # Nobody asks for anything meanwhile: a desktop only listens.
        try:
            told = ear.until(lambda name, body: name == flat and any(
                p.get("user", {}).get("id") == other.user and p["state"] == "alerting"
                for p in body["participants"]), timeout=3)
        except TimeoutError:
            told = None
        check("a socket hears of what the clock brought", told is not None, True)
        ear.hear()
        check("it rings at the other one", other.call(call).state, "alerting")
    customer(call, "abandon")
    for desktop in (one, other):
        desktop.be(AVAILABLE)


def abandon():
    """A customer gives up: while they wait, and while it rings."""
    queue = center.set_up("Advice")
    agent = center.hire("Kim Advice", queue)
    call = place(queue=queue)
    topic = f"v2.detail.events.conversation.{call}"
    with Ear(center.client, f"{topic}.acd.end", f"{topic}.customer.end") as ear:
        advance("30s")
        ended = customer(call, "abandon")
        check("a customer gives up", (ended["customer"]["state"], ended["acd"]["state"]),
              ("terminated", "terminated"))
        heard = ear.hear()
        check("that is an abandon", [(b["acdOutcome"], "answeredUserId" in b, round(
            b["connectedDurationMs"], -4)) for b in bodies(heard, f"{topic}.acd.end")],
            [("ABANDON", False, 30000)])
    check("nobody gives up twice", refused("POST", f"/sandbox/calls/{call}/abandon"), CONFLICT)
    agent.be(ON_QUEUE)
    check("it isn't offered any more", agent.conversations.get_conversations_calls().total, 0)
    ringing = place(queue=queue)
    customer(ringing, "abandon")
    check("while it rings", (agent.call(ringing).state, agent.call(ringing).disconnect_type,
                             agent.status), ("terminated", "peer", "IDLE"))
    answered = place(queue=queue)
    customer(answered, "answer")
    check("once it is answered, it is no abandon", refused(
        "POST", f"/sandbox/calls/{answered}/abandon"), CONFLICT)
    customer(answered, "hangup")
    figures = aggregates(queue, ["nOffered", "tAbandon", "tAnswered"])
    check("abandons are counted", (
        figures["nOffered"].count, figures["tAbandon"].count, round(figures["tAbandon"].max, -4),
        figures["tAnswered"].count), (3, 2, 30000, 1))
    for does in ["answer", "noanswer", "hangup"]:
        check(f"{does} of what is over", refused("POST", f"/sandbox/calls/{call}/{does}"), CONFLICT)
        check(f"{does} of nothing", refused("POST", f"/sandbox/calls/{NOBODY}/{does}"), MISSING)
    agent.be(AVAILABLE)
