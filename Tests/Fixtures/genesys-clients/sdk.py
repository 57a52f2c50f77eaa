"""Drives a sandbox with the official Genesys Cloud SDK for Python, unmodified.

Usage: sdk.py BASE_URL
Prints one line for each check and exits with 1 at the first that fails. The sandbox must admit any
number of requests, except where a check sets a fault or moves the clock itself.
"""

import datetime
import json
import os
import sys
import tempfile
import urllib.request
import uuid

# The SDK reads a configuration file below HOME and watches it.
os.environ["HOME"] = tempfile.mkdtemp()

import PureCloudPlatformClientV2 as genesys  # noqa: E402
from PureCloudPlatformClientV2.rest import ApiException  # noqa: E402
from websockets.exceptions import ConnectionClosed  # noqa: E402
from websockets.sync.client import connect  # noqa: E402

BASE = sys.argv[1]
ON_QUEUE = "e08eaf1b-ee47-4fa9-a231-1200e284798f"
BREAK = "227b37e2-f1d0-4dd0-8f50-badd7cf6d158"

calls = 0


def control(method, path, body=None):
    """Asks the sandbox's own API, which the SDK doesn't know."""
    request = urllib.request.Request(
        BASE + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        text = response.read()
    return json.loads(text) if text else None


def journal(path):
    """The journal's entries of a path, whatever its query."""
    entries = control("GET", "/sandbox/journal?limit=100000")["entries"]
    return [entry for entry in entries if entry["target"].split("?")[0] == path]


def check(what, found, expected):
    global calls
    calls += 1
    if found != expected:
        print(f"FAILED {what}: expected {expected!r}, found {found!r}")
        sys.exit(1)
    print(f"ok {what}")


def refused(what, status, code, call):
    """Checks that a call is refused; gives the exception."""
    try:
        call()
    except ApiException as error:
        body = json.loads(error.body)
        check(what, (error.status, body.get("code") or body.get("error")), (status, code))
        return error
    check(what, "accepted", "refused")


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def login(secret="sandbox", client="sandbox"):
    return genesys.api_client.ApiClient(host=BASE).get_client_credentials_token(client, secret)


def login_of(user):
    """A client with the token of a user, as a browser's login would give it."""
    client = genesys.api_client.ApiClient(host=BASE)
    client.access_token = control("POST", "/sandbox/tokens", {"userId": user})["access_token"]
    return client


def tokens():
    refused("an unknown client", 400, "invalid_client", lambda: login(client="nobody"))
    refused("a wrong secret", 401, "invalid_client", lambda: login(secret="wrong"))
    client = login()
    info = genesys.TokensApi(client).get_tokens_me()
    check("what the token stands for", info.o_auth_client.id, "sandbox")
    genesys.TokensApi(client).head_tokens_me()
    check("the token is valid", True, True)
    return client


def states(client, user):
    users = genesys.UsersApi(client)
    presence = genesys.PresenceApi(client)
    check("an unknown user is off queue", users.get_user_routingstatus(user).status, "OFF_QUEUE")
    check("definitions", presence.get_presence_definitions().total, 10)
    names = [entity.name for entity in presence.get_systempresences()]
    check("system presences", "On Queue" in names, True)
    check("older definitions", len(presence.get_presencedefinitions().entities), 10)
    check("one definition", presence.get_presence_definition(ON_QUEUE).name, "On Queue")
    patched = presence.patch_user_presences_purecloud(
        user, {"presenceDefinition": {"id": ON_QUEUE}, "message": "here"}
    )
    check("presence patched", patched.presence_definition.system_presence, "On Queue")
    read = presence.get_user_presences_purecloud(user)
    check("presence read back", (read.presence_definition.id, read.message), (ON_QUEUE, "here"))
    check("on queue is idle", users.get_user_routingstatus(user).status, "IDLE")
    put = users.put_user_routingstatus(user, {"status": "NOT_RESPONDING"})
    check("routing status put", put.status, "NOT_RESPONDING")
    check("routing status read back", users.get_user_routingstatus(user).status, "NOT_RESPONDING")
    users.put_user_routingstatus(user, {"status": "IDLE"})
    refused(
        "on queue can't be off queue", 409, "general.conflict",
        lambda: users.put_user_routingstatus(user, {"status": "OFF_QUEUE"}),
    )
    found = users.get_user(user, expand=["presence", "routingStatus"])
    check("user expanded", (found.id, found.routing_status.status), (user, "IDLE"))
    check("users listed", user in [u.id for u in users.get_users(id=[user]).entities], True)
    bulk = presence.get_users_presences_purecloud_bulk(id=[user])
    check("bulk read", [p.presence_definition.id for p in bulk], [ON_QUEUE])
    other = str(uuid.uuid4())
    put = presence.put_users_presences_bulk([
        {"id": user, "presenceDefinition": {"id": ON_QUEUE}},
        {"id": other, "presenceDefinition": {"id": BREAK}},
    ])
    check("bulk put", [p.presence_definition.system_presence for p in put], ["On Queue", "Break"])
    refused(
        "an unknown user's presence", 404, "not.found",
        lambda: presence.get_user_presences_purecloud(str(uuid.uuid4())),
    )
    me = genesys.UsersApi(login_of(user)).get_users_me()
    check("a user's own token", me.id, user)


def events(client, user):
    """Batches with a part that fails; resent, nothing happens twice."""
    api = genesys.EventsApi(client)
    good, bad, malformed = (str(uuid.uuid4()) for _ in range(3))
    batch = {"userRoutingStatusEvents": [
        {"eventId": good, "eventDateTime": now(), "agentId": user, "status": "NotResponding"},
        {"eventId": bad, "eventDateTime": now(), "agentId": user, "status": "OffQueue"},
        {"eventId": malformed, "eventDateTime": now(), "agentId": user, "status": "Asleep"},
    ]}
    answer = api.post_events_users_routingstatus(batch)
    check("a part fails", {e.event_id for e in answer.errors}, {bad, malformed})
    check("not worth another try", {e.retryable for e in answer.errors}, {False})
    status = genesys.UsersApi(client).get_user_routingstatus(user).status
    check("the rest happened", status, "NOT_RESPONDING")
    api.post_events_users_routingstatus(batch)
    results = [e["result"] for entry in journal("/api/v2/events/users/routingstatus")
               for e in entry["events"] if e["eventId"] == good]
    check("resent, it is a duplicate", results, ["accepted", "duplicate"])
    answer = api.post_events_users_presence({"userPresenceEvents": [
        {"eventId": str(uuid.uuid4()), "eventDateTime": now(), "userId": user,
         "presenceDefinitionId": BREAK},
        {"eventId": str(uuid.uuid4()), "eventDateTime": now(),
         "userId": user, "presenceDefinitionId": ON_QUEUE, "message": "back"},
    ]})
    check("presence events", answer.errors, [])
    presence = genesys.PresenceApi(client).get_user_presences_purecloud(user)
    check("presence by event", presence.message, "back")


def life(client, user):
    """A conversation from its first ring to its wrap-up, with what a socket hears of it."""
    api = genesys.EventsApi(client)
    conversations = genesys.ConversationsApi(client)
    notifications = genesys.NotificationsApi(client)
    conversation, customer, agent = (str(uuid.uuid4()) for _ in range(3))

    def event(communication, **more):
        return {"eventId": str(uuid.uuid4()), "eventDateTime": now(),
                "conversationId": conversation, "communicationId": communication, **more}

    def post(name, *batch):
        answer = api.post_events_conversations({name: list(batch)})
        check(name, answer.errors, [])

    def participant(purpose):
        found = conversations.get_conversation(conversation)
        return [p for p in found.participants if p.purpose == purpose][-1]

    topics = notifications.get_notifications_availabletopics().entities
    check("available topics", "v2.users.{id}.routingStatus" in [t.id for t in topics], True)
    channel = notifications.post_notifications_channels()
    subscribed = notifications.post_notifications_channel_subscriptions(
        channel.id, [{"id": f"v2.users.{user}?routingStatus&presence"}])
    check("subscribed", [t.state for t in subscribed.entities], ["Permitted"])
    notifications.put_notifications_channel_subscriptions(channel.id, [
        {"id": f"v2.users.{user}.routingStatus"},
        {"id": f"v2.detail.events.conversation.{conversation}.user.end"}])
    listed = notifications.get_notifications_channel_subscriptions(channel.id)
    check("topics replaced", len(listed.entities), 2)
    check("channels", channel.id in
          [c.id for c in notifications.get_notifications_channels().entities], True)

    with connect(channel.connect_uri) as socket:
        socket.send('{"message": "ping"}')
        check("pong", json.loads(socket.recv(timeout=10))["eventBody"]["message"], "pong")

        def heard():
            while True:
                message = json.loads(socket.recv(timeout=10))
                if message["topicName"] != "channel.metadata":
                    return message

        post("externalEstablishedEvents", event(customer, ani="tel:+4930123456"))
        post("userEstablishedEvents", event(
            agent, userId=user, afterCallWorkRequired=True,
            initialConfiguration={"alerting": True, "inbound": True}))
        check("it rings", participant("agent").calls[0].state, "alerting")
        post("communicationAnsweredEvents", event(agent))
        message = heard()
        check("the socket hears of it", (message["topicName"],
              message["eventBody"]["routingStatus"]["status"]),
              (f"v2.users.{user}.routingStatus", "INTERACTING"))
        check("it is talked", participant("agent").calls[0].state, "connected")
        status = genesys.AnalyticsApi(client).get_analytics_agent_status(user)
        check("analytics see it", (status.routing_status, status.session_count,
              status.sessions[0].segment_type), ("INTERACTING", 1, "interact"))
        post("holdUpdatedEvents", event(agent, held=True))
        check("it is held", participant("agent").calls[0].held, True)
        own = genesys.ConversationsApi(login_of(user))
        own.patch_conversation_participant(
            conversation, participant("agent").id, {"held": False})
        check("the agent goes on", participant("agent").calls[0].held, False)
        refused("a client is nobody's agent", 400, "bad.request",
                lambda: conversations.patch_conversation_participant(
                    conversation, participant("agent").id, {"state": "disconnected"}))
        post("communicationEndedEvents", event(agent, disconnectType="Peer"),
             event(customer, disconnectType="Peer"))
        message = heard()
        check("a part ends", (message["topicName"].split(".")[-2:],
              message["eventBody"]["disconnectType"]), (["user", "end"], "PEER"))
        check("after-call work", participant("agent").calls[0].after_call_work.state, "pending")
        own.patch_conversations_call_participant(
            conversation, participant("agent").id,
            {"wrapup": {"code": "7fb334b0-0e9e-11e4-9191-0800200c9a66", "notes": "done"}})
        check("wrapped up", participant("agent").wrapup.notes, "done")
        check("idle again", heard()["eventBody"]["routingStatus"]["status"], "IDLE")
    notifications.delete_notifications_channel_subscriptions(channel.id)
    check("it is over", conversations.get_conversation(conversation).end_time is not None, True)


def notification_faults(client, user):
    """What goes wrong with notifications, one kind at a time."""
    notifications = genesys.NotificationsApi(client)
    presence = genesys.PresenceApi(client)
    channel = notifications.post_notifications_channels()
    notifications.post_notifications_channel_subscriptions(
        channel.id, [{"id": f"v2.users.{user}.presence"}])

    def change(message):
        presence.patch_user_presences_purecloud(user, {"message": message})

    def heard(socket):
        """All that the socket has said up to now."""
        socket.send('{"message": "ping"}')
        messages = []
        while True:
            message = json.loads(socket.recv(timeout=10))
            if message["eventBody"].get("message") == "pong":
                return messages
            if message["topicName"] != "channel.metadata":
                messages.append(message["eventBody"]["message"])

    with connect(channel.connect_uri) as socket:
        for fault, expected in [("lost", []), ("duplicated", ["b", "b"]), ("reordered", []),
                                (None, ["d", "c"])]:
            control("PUT", "/sandbox/faults", {"notifications": {fault: 1} if fault else {}})
            change({"lost": "a", "duplicated": "b", "reordered": "c", None: "d"}[fault])
            # Messages go out by a task of their own; a moment later the pong comes behind them.
            wait_for(lambda: heard(socket), expected, f"notifications, {fault}")
        control("PUT", "/sandbox/faults",
                {"notifications": {"closing": 1, "closing_notice": "0s"}})
        change("e")
        topics = []
        try:
            while True:
                topics.append(json.loads(socket.recv(timeout=10))["topicName"])
        except ConnectionClosed:
            pass
        check("the socket's end is announced", topics[-1], "v2.system.socket_closing")
    control("PUT", "/sandbox/faults", {})


def wait_for(read, expected, what):
    """Gathers what is read until it is as expected; one more reading shows that nothing follows."""
    found = []
    for _ in range(100):
        found += read()
        if len(found) >= len(expected):
            break
    check(what, found + read(), expected)


def details(client, user):
    query = {
        "interval": f"{(now() - datetime.timedelta(hours=1)).isoformat()}/"
                    f"{(now() + datetime.timedelta(hours=1)).isoformat()}",
        "userFilters": [{"type": "or", "predicates": [
            {"dimension": "userId", "operator": "matches", "value": user}]}],
    }
    found = genesys.AnalyticsApi(client).post_analytics_users_details_query(query)
    check("one user's details", (found.total_hits, found.user_details[0].user_id), (1, user))
    statuses = [r.routing_status for r in found.user_details[0].routing_status]
    check("what the user did", [s for s in statuses if s == "INTERACTING"], ["INTERACTING"])
    check("what lasts has no end", found.user_details[0].routing_status[-1].end_time, None)
    query["segmentFilters"] = query.pop("userFilters")
    found = genesys.AnalyticsApi(client).post_analytics_conversations_details_query(query)
    check("one conversation's details", found.total_hits, 1)
    share = [p for p in found.conversations[0].participants if p.user_id == user][0]
    segments = share.sessions[0].segments
    check("what the user's share went through", [s.segment_type for s in segments],
          ["alert", "interact", "hold", "interact", "wrapup"])
    check("parts follow each other", [s.segment_end for s in segments[:-1]],
          [s.segment_start for s in segments[1:]])
    check("how it ended, and how it was wrapped up",
          (segments[3].disconnect_type is not None, segments[4].wrap_up_code is not None),
          (True, True))


def resends(client, user):
    """The SDK tries again by itself; the journal shows the resend and one effect."""
    api = genesys.EventsApi(client)
    for fault, seen in [({"dropped": 1}, [None, 200]), ({"rate_limited": 1}, [429, 200])]:
        control("PUT", "/sandbox/faults", fault)
        identity = str(uuid.uuid4())
        before = len(journal("/api/v2/events/users/presence"))
        stop = relieve(before)
        api.post_events_users_presence({"userPresenceEvents": [
            {"eventId": identity, "eventDateTime": now(),
             "userId": user, "presenceDefinitionId": BREAK}]})
        stop()
        entries = [e for e in journal("/api/v2/events/users/presence")[before:]]
        check(f"the SDK sent again after {fault}",
              [entries[0].get("status"), entries[-1].get("status")], seen)
        accepted = [e for entry in entries for e in entry.get("events", [])
                    if e["eventId"] == identity and e["result"] == "accepted"]
        check(f"one effect after {fault}", len(accepted), 1)
    control("PUT", "/sandbox/faults", {"rate_limited": 1, "retry_after": "1s"})
    stop = relieve(len(journal("/api/v2/systempresences")), "/api/v2/systempresences")
    check("a read is repeated too", len(genesys.PresenceApi(client).get_systempresences()), 10)
    stop()


def relieve(before, path="/api/v2/events/users/presence"):
    """Takes the faults away once the sandbox has seen a first request."""
    import threading

    done = threading.Event()

    def watch():
        while not done.is_set():
            if len(journal(path)) > before:
                control("PUT", "/sandbox/faults", {})
                return

    thread = threading.Thread(target=watch)
    thread.start()

    def stop():
        done.set()
        thread.join()
        control("PUT", "/sandbox/faults", {})

    return stop


def at_once(client, user):
    """A change right after a socket has connected is told; many times, since it is a race."""
    notifications = genesys.NotificationsApi(client)
    presence = genesys.PresenceApi(client)
    channel = notifications.post_notifications_channels()
    topic = f"v2.users.{user}.presence"
    notifications.put_notifications_channel_subscriptions(channel.id, [{"id": topic}])
    told = 0
    for number in range(40):
        with connect(channel.connect_uri) as socket:
            presence.patch_user_presences_purecloud(user, {"message": f"number {number}"})
            try:
                told += json.loads(socket.recv(timeout=10))["topicName"] == topic
            except TimeoutError:
                pass
    check("what happens right after connecting is told", told, 40)


def expiry():
    client = login()
    channel = genesys.NotificationsApi(client).post_notifications_channels()
    with connect(channel.connect_uri) as socket:
        control("POST", "/sandbox/clock", {"advance": "25h"})
        check("a channel that expires says so",
              json.loads(socket.recv(timeout=10))["message"], "channel expired")
        try:
            socket.recv(timeout=10)
            check("its socket is closed", "open", "closed")
        except ConnectionClosed:
            check("its socket is closed", "closed", "closed")
    refused("an expired token", 401, "credentials.expired",
            lambda: genesys.PresenceApi(client).get_systempresences())
    client = login()
    genesys.TokensApi(client).delete_tokens_me()
    refused("a revoked token", 401, "bad.credentials",
            lambda: genesys.PresenceApi(client).get_systempresences())


def main():
    user = str(uuid.uuid4())
    client = tokens()
    states(client, user)
    events(client, user)
    life(client, user)
    details(client, user)
    notification_faults(client, user)
    at_once(client, user)
    resends(client, user)
    expiry()
    used = {(e["method"], e["target"].split("?")[0]) for e in
            control("GET", "/sandbox/journal?limit=100000")["entries"]}
    print(f"{calls} checks, {len(used)} kinds of requests")


main()
