"""Calls that go to somebody else, what comes after a call, and calls that are none."""

from .support import (
    ADA, AVAILABLE, BAD_QUERY, BREAK, CONFLICT, Desktop, Ear, MISSING, NOBODY, ON_QUEUE,
    RESOLVED, advance, aggregates, bodies, center, check, control, customer, flat_parts, in_turn,
    last, nested_parts, observed, outcome, place, status,
)


def transfers():
    queue = center.set_up("First Level", "MANDATORY")
    level = center.set_up("Second Level", "MANDATORY")
    one = center.hire("Lea First", queue).be(ON_QUEUE)
    two = center.hire("Max Second", level).be(ON_QUEUE)

    def talk():
        call = place(queue=queue)
        one.pick_up(call)
        return call

    def finish(call, *desktops):
        if center.whole(call).end_time is None:
            customer(call, "hangup")
        for desktop in desktops:
            if desktop.call(call).after_call_work.state == "pending":
                desktop.wrap_up(call)

    call = talk()
    topic = f"v2.detail.events.conversation.{call}"
    with Ear(center.client, f"{topic}.user.end", f"{topic}.acd.end",
             f"v2.users.{two.user}.conversations.calls") as ear:
        one.hand_over(call, userId=two.user, transferType="Unattended")
        check("handed over to a user", (
            one.call(call).state, one.call(call).disconnect_type, two.call(call).state),
            ("terminated", "transfer", "alerting"))
        check("the customer stays", center.part(call, "customer").calls[0].state, "connected")
        check("the first writes up", (one.call(call).after_call_work.state, one.status),
              ("pending", "INTERACTING"))
        heard = ear.hear()
        check("that is told", [(b["userId"], b["disconnectType"]) for b in
                               bodies(heard, f"{topic}.user.end")], [(one.user, "TRANSFER")])
        check("the second hears it ring", flat_parts(
            heard, f"v2.users.{two.user}.conversations.calls", two.user)[-1]["state"], "alerting")
        one.wrap_up(call)
        check("the first is free", one.status, "IDLE")
        two.pick_up(call)
        check("the second talks", (two.call(call).state, two.status), ("connected", "INTERACTING"))
    two.hang_up(call)
    check("the second ends it", (center.whole(call).end_time is not None, one.status),
          (True, "IDLE"))
    finish(call, two)
    call = talk()
    topic = f"v2.detail.events.conversation.{call}"
    with Ear(center.client, f"{topic}.acd.start", f"{topic}.acd.end") as ear:
        one.hand_over(call, queueId=level)
        check("handed over to a queue", (one.call(call).disconnect_type, two.call(call).state,
                                         two.part(call).queue_id), ("transfer", "alerting", level))
        check("its second wait begins", [b["queueId"] for b in bodies(
            ear.hear(), f"{topic}.acd.start")], [level])
        two.pick_up(call)
        check("and ends", [(b["queueId"], b["acdOutcome"], b["answeredUserId"]) for b in bodies(
            ear.hear(), f"{topic}.acd.end")], [(level, "ANSWERED", two.user)])
    check("first and second", [(p.purpose, p.queue_id, p.user_id) for p in
                               center.whole(call).participants],
          [("customer", None, None), ("acd", queue, None), ("agent", queue, one.user),
           ("acd", level, None), ("agent", level, two.user)])
    finish(call, one, two)
    call = talk()
    one.hand_over(call, userId=two.user, transferType="Attended")
    check("asked to take it over", (one.call(call).state, two.call(call).state),
          ("connected", "alerting"))
    check("one transfer at a time", outcome(lambda: one.hand_over(call, queueId=level)), CONFLICT)
    two.pick_up(call)
    check("taken over", (one.call(call).state, one.call(call).disconnect_type,
                         two.call(call).state, one.call(call).after_call_work.state),
          ("terminated", "transfer.consult", "connected", "pending"))
    finish(call, one, two)
    call = talk()
    one.hand_over(call, queueId=level, transferType="Attended")
    check("asked a queue to take it over", (one.call(call).state, two.call(call).state),
          ("connected", "alerting"))
    two.pick_up(call)
    check("taken over by a queue", (one.call(call).disconnect_type, two.part(call).queue_id),
          ("transfer.consult", level))
    finish(call, one, two)
    call = talk()
    one.hand_over(call, userId=two.user, transferType="Attended")
    two.hang_up(call)
    check("declined", (one.call(call).state, two.status), ("connected", "NOT_RESPONDING"))
    two.be(ON_QUEUE)
    finish(call, one)
    call = talk()
    one.hand_over(call, userId=two.user, transferType="Attended")
    customer(call, "hangup")
    check("a customer who doesn't wait for that", (
        one.call(call).disconnect_type, two.call(call).disconnect_type, two.status),
        ("peer", "peer", "IDLE"))
    finish(call, one)
    call = talk()
    one.hand_over(call, userId=two.user, transferType="Attended")
    one.hang_up(call)
    check("who leaves before it is answered", (
        one.call(call).disconnect_type, two.call(call).state,
        center.part(call, "customer").calls[0].state), ("client", "alerting", "connected"))
    two.pick_up(call)
    finish(call, one)
    two.be(BREAK)
    call = talk()
    one.ask(call, held=True)
    one.hand_over(call, queueId=level)
    check("on hold, and to where nobody is", (
        one.call(call).state, one.call(call).held, center.part(call, "acd").queue_id,
        observed(level, "oWaiting")), ("terminated", False, level, {"voice": 1}))
    two.be(ON_QUEUE)
    check("until somebody is", two.call(call).state, "alerting")
    two.pick_up(call)
    finish(call, one, two)
    call = talk()
    one.hand_over(call, queueId=level, transferType="Attended")
    customer(call, "noanswer")
    check("a queue's agent doesn't answer", (one.call(call).state, two.status),
          ("connected", "NOT_RESPONDING"))
    two.be(ON_QUEUE)
    check("the queue asks again", two.call(call).state, "alerting")
    finish(call, one)
    call = talk()
    for kind, wanted in [("replace_agent", {"userId": two.user}),
                         ("replace_queue", {"queueId": level})]:
        method = getattr(one.conversations, f"post_conversation_participant_{kind}")
        method(call, one.part(call).id, {**wanted, "transferType": "Unattended"})
        check(f"the newer path: {kind}", (one.call(call).disconnect_type, two.call(call).state),
              ("transfer", "alerting"))
        finish(call, one)
        call = talk()
    check("what can't be", [outcome(lambda: one.hand_over(call, **wanted)) for wanted in [
        {"userId": one.user}, {"queueId": NOBODY}, {}, {"userId": two.user, "queueId": level},
        {"address": "+4930"}, {"userId": two.user, "transferType": "Blind"}]],
        [CONFLICT, MISSING, (400, "bad.request"), (400, "bad.request"), (400, "bad.request"),
         (400, "invalid.value")])
    check("nothing came of it", one.call(call).state, "connected")
    finish(call, one)
    # Back into the queue that it came from, where nobody answers any more.
    one.be(ON_QUEUE)
    call = talk()
    topic = f"v2.detail.events.conversation.{call}.acd.end"
    with Ear(center.client, topic) as ear:
        one.hand_over(call, queueId=queue)
        customer(call, "hangup")
        check("given up in the queue where it was answered before", [
            (b["acdOutcome"], b.get("answeredUserId")) for b in bodies(ear.hear(), topic)],
            [("ABANDON", None)])
    finish(call, one)
    figures = aggregates(queue, ["nTransferred", "nBlindTransferred", "nConsultTransferred"])
    check("transfers are counted", {name: stats.count for name, stats in figures.items()},
          {"nTransferred": 8, "nBlindTransferred": 6, "nConsultTransferred": 2})
    for desktop in (one, two):
        desktop.be(AVAILABLE)


def after_call_work():
    """Work afterwards, by what its queue wants."""
    def after(name, prompt, **more):
        queue = center.set_up(name, prompt, **more)
        agent = center.hire(f"Nia {name}", queue).be(ON_QUEUE)
        call = place(queue=queue)
        agent.pick_up(call)
        return queue, agent, call

    queue, agent, call = after("Boxed", "MANDATORY_TIMEOUT", timeoutMs=1000)
    part = agent.part(call)
    check("a time-boxed prompt", (part.wrapup_prompt, part.wrapup_timeout_ms,
                                  part.alerting_timeout_ms, part.wrapup_required),
          ("timeout", 1000, 60000, True))
    flat, nested = (f"v2.users.{agent.user}.conversations{more}" for more in (".calls", ""))
    acw = f"v2.detail.events.conversation.{call}.acw"
    with Ear(agent.client, flat, nested, acw) as ear:
        start = last()
        customer(call, "hangup")
        heard = ear.hear()
        for what, parts in [("flat", flat_parts(heard, flat, agent.user)),
                            ("nested", nested_parts(heard, nested, agent.user))]:
            check(f"a desktop sees the time, {what}", (
                parts[-1]["wrapupPrompt"], parts[-1]["wrapupTimeoutMs"],
                parts[-1]["alertingTimeoutMs"], "startAcwTime" in parts[-1],
                "endAcwTime" in parts[-1]), ("timeout", 1000, 60000, True, False))
        # A second of real time.
        told = ear.until(lambda name, body: name == acw)
        check("it ends by itself, and that is told", (
            told["wrapupCode"], told["userId"], 900 <= told["wrapupDurationMs"] <= 1500),
            ("ININ-WRAP-UP-TIMEOUT", agent.user, True))
    check("it ended by itself", (agent.part(call).wrapup.code, agent.status,
                                 agent.call(call).after_call_work.state),
          ("ININ-WRAP-UP-TIMEOUT", "IDLE", "complete"))
    found = control("POST", "/sandbox/journal/wait", {"kind": "happening", "after": start})
    check("the journal tells what happened by itself", [
        [e["type"] for e in entry["effects"]] for entry in found["entries"]],
        [["wrappedUp", "routingStatus"]])
    agent.be(AVAILABLE)
    queue, agent, call = after("Longer", "MANDATORY_TIMEOUT", timeoutMs=60000)
    agent.hang_up(call)
    advance("59s")
    check("a minute isn't over", (agent.status, agent.call(call).after_call_work.state),
          ("INTERACTING", "pending"))
    advance("2s")
    check("a minute is over", (agent.part(call).wrapup.code, agent.status),
          ("ININ-WRAP-UP-TIMEOUT", "IDLE"))
    work = agent.part(call)
    check("when it ended", round((work.end_acw_time - work.start_acw_time).total_seconds()), 60)
    call = place(queue=queue)
    agent.pick_up(call)
    agent.hang_up(call)
    agent.wrap_up(call)
    advance("2m")
    check("what is done in time stays", (agent.part(call).wrapup.code, agent.status),
          (RESOLVED, "IDLE"))
    agent.be(AVAILABLE)
    queue, agent, call = after("Forced", "MANDATORY_FORCED_TIMEOUT", timeoutMs=60000)
    check("a forced prompt", agent.part(call).wrapup_prompt, "forcedTimeout")
    agent.hang_up(call)
    agent.wrap_up(call)
    check("no early end of a forced time", agent.status, "INTERACTING")
    advance("61s")
    check("its end", (agent.part(call).wrapup.code, agent.status), (RESOLVED, "IDLE"))
    agent.be(AVAILABLE)
    queue, agent, call = after("Whenever", "MANDATORY")
    agent.hang_up(call)
    advance("30m")
    check("what has no time doesn't end", (agent.status, agent.part(call).wrapup_timeout_ms),
          ("INTERACTING", None))
    agent.be(BREAK)
    check("a break with it", (agent.status, agent.call(call).after_call_work.state),
          ("OFF_QUEUE", "pending"))
    agent.be(ON_QUEUE)
    check("on queue with it", agent.status, "INTERACTING")
    agent.conversations.patch_conversations_call_participant(
        call, agent.part(call).id, {"wrapupSkipped": True})
    check("left out", (agent.call(call).after_call_work.state, agent.status,
                       agent.part(call).wrapup_skipped), ("skipped", "IDLE", True))
    call = place(queue=queue)
    agent.pick_up(call)
    agent.hang_up(call)
    check("a code that is none", status(lambda: agent.wrap_up(call, "nonsense")), 400)
    if agent.call(call).after_call_work.state == "pending":
        agent.wrap_up(call)
    agent.be(AVAILABLE)
    agent = Desktop(ADA).be(ON_QUEUE)
    call = place(queue="Support")
    agent.pick_up(call)
    codes = agent.conversations.get_conversation_participant_wrapupcodes(call, agent.part(call).id)
    check("what a call can be wrapped up with", [(c.id, c.name) for c in codes],
          [(RESOLVED, "Resolved")])
    codes = agent.conversations.get_conversations_call_participant_wrapupcodes(
        call, agent.part(call).id)
    check("or by its medium", [c.id for c in codes], [RESOLVED])
    agent.hang_up(call)
    check("where it is optional, nobody waits for it", (
        agent.status, agent.part(call).wrapup_prompt, agent.part(call).wrapup_required),
        ("IDLE", "optional", False))
    check("but it may be", outcome(lambda: agent.wrap_up(call)), "accepted")
    agent.be(AVAILABLE)


def two_calls():
    """Out of not responding, while there is another call."""
    queue = center.set_up("Doubles")
    agent = center.hire("Omar Double", queue).be(ON_QUEUE)
    call = place(queue=queue)
    agent.pick_up(call)
    check("who talks isn't idle", outcome(
        lambda: agent.users.put_user_routingstatus(agent.user, {"status": "IDLE"})), CONFLICT)
    second = place(user=agent.user)
    customer(second, "noanswer")
    check("a second call isn't answered", agent.status, "NOT_RESPONDING")
    put = agent.users.put_user_routingstatus(agent.user, {"status": "IDLE"})
    check("back to the first", (put.status, agent.status), ("INTERACTING", "INTERACTING"))
    third = place(user=agent.user)
    agent.pick_up(third)
    agent.ask(call, held=True)
    lists = agent.conversations.get_conversations_calls()
    check("two at once", {c.id: [p.held for p in c.participants if p.user and
                                 p.user.id == agent.user] for c in lists.entities},
          {call: [True], third: [False]})
    agent.hang_up(third)
    check("one is left", (agent.status, agent.conversations.get_conversations().total),
          ("INTERACTING", 1))
    agent.hang_up(call)
    check("none is left", (agent.status, agent.conversations.get_conversations().total),
          ("IDLE", 0))
    agent.be(AVAILABLE)
    outside = place(user=agent.user)
    agent.pick_up(outside)
    check("a call off queue", agent.status, "OFF_QUEUE")
    center.conversations.post_conversation_disconnect(outside)
    check("a supervisor ends it", (agent.call(outside).state, agent.call(outside).disconnect_type,
                                   center.part(outside, "customer").calls[0].disconnect_type),
          ("terminated", "system", "system"))
    check("what is over isn't ended", outcome(
        lambda: center.conversations.post_conversation_disconnect(outside)), CONFLICT)
    check("nothing is ended", outcome(
        lambda: center.conversations.post_conversation_disconnect(NOBODY)), MISSING)
    call = place(user=agent.user)
    ended = center.conversations.patch_conversations_call(call, {"state": "disconnected"})
    check("or by its medium", (ended.id, ended.end_time is not None), (call, True))
    check("a call has no other end", status(lambda: center.conversations.patch_conversations_call(
        call, {"state": "connected"})), 400)


def media():
    """Callbacks, chats, emails and messages, and lists of them."""
    queue = center.set_up("Everything", "MANDATORY")
    agent = center.hire("Pia Every", queue).be(ON_QUEUE)
    conversations = agent.conversations
    table = [
        ("callback", "callbacks", conversations.get_conversations_callbacks,
         conversations.get_conversations_callback,
         conversations.patch_conversations_callback_participant, "terminated"),
        ("message", "messages", conversations.get_conversations_messages,
         conversations.get_conversations_message,
         lambda c, p, body: conversations.patch_conversations_message_participant(c, p, body=body),
         "disconnected"),
        ("email", "emails", conversations.get_conversations_emails,
         conversations.get_conversations_email,
         conversations.patch_conversations_email_participant, "disconnected"),
        ("chat", "chats", None, None, conversations.patch_conversation_participant, "terminated"),
    ]
    for medium, plural, listed, read, patch, end in table:
        flat = f"v2.users.{agent.user}.conversations.{plural}"
        nested = f"v2.users.{agent.user}.conversations"
        of_queue = f"v2.routing.queues.{queue}.conversations.{plural}"
        calls_topic = f"v2.users.{agent.user}.conversations.calls"
        summary = f"v2.users.{agent.user}.conversationsummary"
        with Ear(agent.client, flat, nested, of_queue, calls_topic, summary) as ear:
            found = place(media=medium, queue=queue, name="Mia Brandt", **{
                "from": "+4930555123"})
            heard = ear.hear()
            check(f"a {medium} is offered", (
                flat_parts(heard, flat, agent.user)[-1]["state"],
                nested_parts(heard, nested, agent.user)[-1][plural][0]["state"],
                flat_parts(heard, of_queue, agent.user)[-1]["queue"]["id"],
                bodies(heard, calls_topic)), ("alerting", "alerting", queue, []))
            check(f"how many {plural}", bodies(heard, summary)[-1][medium]["contactCenter"],
                  {"active": 1, "acw": 0})
            if medium == "callback":
                part = flat_parts(heard, flat, agent.user)[-1]
                check("whom to call back", (part["callbackNumbers"], [
                    p["callbackNumbers"] for p in bodies(heard, flat)[-1]["participants"]]),
                    (["+4930555123"], [["+4930555123"]] * 3))
            part = agent.part(found)
            patch(found, part.id, {"state": "connected"})
            check(f"a {medium} is taken", (getattr(agent.part(found), plural)[0].state,
                                           agent.status), ("connected", "INTERACTING"))
            if listed is not None:
                check(f"{plural} of the agent", [c.id for c in listed().entities], [found])
                check(f"the {medium} by itself", [
                    p.state for p in read(found).participants if p.purpose == "agent"],
                    ["connected"])
            check(f"a {medium} isn't a call", (
                conversations.get_conversations_calls().entities,
                outcome(lambda: conversations.get_conversations_call(found))), ([], MISSING))
            check(f"a {medium} by its kind", [
                [c.id for c in conversations.get_conversations(communication_type=kind).entities]
                for kind in [medium.title(), medium, "Call"]], [[found], [found], []])
            check("all there is", [c.id for c in conversations.get_conversations().entities],
                  [found])
            ear.hear()
            patch(found, part.id, {"state": "disconnected"})
            heard = ear.hear()
            check(f"how a {medium} ends", in_turn([
                p["state"] for p in flat_parts(heard, flat, agent.user)])[-1], end)
            check(f"how a {medium} is read then",
                  getattr(agent.part(found), plural)[0].after_call_work.state, "pending")
            patch(found, part.id, {"wrapup": {"code": RESOLVED}})
            check(f"a {medium} is wrapped up", (agent.part(found).wrapup.code, agent.status),
                  (RESOLVED, "IDLE"))
    check("a client has no conversations", [outcome(call) for call in [
        center.conversations.get_conversations, center.conversations.get_conversations_calls,
        center.conversations.get_conversations_emails]], [(400, "bad.request")] * 3)
    check("no kind", outcome(lambda: conversations.get_conversations(communication_type="Fax")),
          BAD_QUERY)
    made = center.conversations.post_conversations_callbacks({
        "routingData": {"queueId": queue, "skillIds": []}, "callbackUserName": "Nils Falk",
        "callbackNumbers": ["+4930777"]})
    call = made.conversation.id
    promised = agent.part(call).callbacks[0]
    check("a callback that was asked for rings", (promised.state, promised.callback_numbers),
          ("alerting", ["+4930777"]))
    check("a desktop sees whom to call", promised.callback_user_name, "Nils Falk")
    center.conversations.post_conversation_disconnect(call)
    check("it is over", agent.conversations.get_conversations().total, 0)
    agent.be(AVAILABLE)


# Figures.
