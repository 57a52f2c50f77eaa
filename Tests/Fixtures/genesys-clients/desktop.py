"""Does with the official SDK what agents' desktops and wallboards do, and what their tests need.

Usage: desktop.py BASE_URL
The sandbox must have been started with the organisation of organization.json and admit any number
of requests. Prints one line for each check and exits with 1 at the first that fails.

A user's token is that of their desktop; a client's is that of a wallboard or of an administrator.
What customers do, and what time does, comes from the sandbox's own API.
"""

import contextlib
import datetime
import json
import os
import pathlib
import sys
import tempfile
import threading
import urllib.error
import urllib.request
import uuid

# The SDK reads a configuration file below HOME and watches it.
os.environ["HOME"] = tempfile.mkdtemp()

import PureCloudPlatformClientV2 as genesys  # noqa: E402
from PureCloudPlatformClientV2.rest import ApiException  # noqa: E402
from websockets.exceptions import ConnectionClosed, InvalidStatus  # noqa: E402
from websockets.sync.client import connect  # noqa: E402

BASE = sys.argv[1]
AVAILABLE = "6a3af858-942f-489d-9700-5f9bcdcdae9b"
BREAK = "227b37e2-f1d0-4dd0-8f50-badd7cf6d158"
ON_QUEUE = "e08eaf1b-ee47-4fa9-a231-1200e284798f"
NOBODY = "00000000-0000-4000-8000-000000000000"

ORGANIZATION = json.loads(pathlib.Path(__file__).with_name("organization.json").read_text())
IDS = {kind: {entity["name"]: entity["id"] for entity in ORGANIZATION[kind]}
       for kind in ORGANIZATION}
ADA, BEN, CEM, DORA = (IDS["users"][name] for name in
                       ["Ada Lindt", "Ben Okafor", "Cem Yilmaz", "Dora Novak"])
SUPPORT, SALES = IDS["queues"]["Support"], IDS["queues"]["Sales"]
BILLING, GERMAN = IDS["skills"]["Billing"], IDS["skills"]["German"]
RESOLVED, COFFEE = IDS["wrapup_codes"]["Resolved"], IDS["presences"]["Coffee"]

CONFLICT, MISSING = (409, "general.conflict"), (404, "not.found")
BAD_QUERY = (400, "invalid.query.param.value")

calls = 0


def check(what, found, expected):
    global calls
    calls += 1
    if found != expected:
        print(f"FAILED {what}: expected {expected!r}, found {found!r}")
        sys.exit(1)
    print(f"ok {what}")


def wish(what, found, expected):
    """Like check, for what the sandbox doesn't do yet: goes on."""
    global calls
    calls += 1
    if found == expected:
        print(f"ok {what}")
    else:
        print(f"OPEN {what}: expected {expected!r}, found {found!r}")


def outcome(call):
    """The status and the code with which a call is refused, or that it isn't."""
    try:
        call()
    except ApiException as error:
        body = json.loads(error.body)
        return error.status, body.get("code") or body.get("error")
    return "accepted"


def status(call):
    """The status with which a call is refused, or that it isn't."""
    found = outcome(call)
    return found if found == "accepted" else found[0]


def control(method, path, body=None):
    """Asks the sandbox's own API, which the SDK doesn't know."""
    request = urllib.request.Request(
        BASE + path, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=70) as response:
        text = response.read()
    return json.loads(text) if text else None


def refused(method, path, body=None):
    """The status and the code with which the sandbox's own API refuses something."""
    try:
        control(method, path, body)
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())["code"]
    return "accepted"


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def login():
    client = genesys.api_client.ApiClient(host=BASE)
    return client.get_client_credentials_token("sandbox", "sandbox")


def login_of(user, **more):
    """A client with the token of a user, as a browser's login would give it."""
    client = genesys.api_client.ApiClient(host=BASE)
    token = control("POST", "/sandbox/tokens", {"userId": user, **more})
    client.access_token = token["access_token"]
    return client


def advance(time):
    control("POST", "/sandbox/clock", {"advance": time})


def last(known=[0]):
    """The number of the journal's last entry; it only grows."""
    known[0] = control("GET", f"/sandbox/journal?kind=all&after={known[0]}&limit=100000")["last"]
    return known[0]


class Center:
    """What an administrator and a wallboard see: everything, with a client's token."""

    def __init__(self):
        self.client = login()
        self.users = genesys.UsersApi(self.client)
        self.routing = genesys.RoutingApi(self.client)
        self.presence = genesys.PresenceApi(self.client)
        self.conversations = genesys.ConversationsApi(self.client)
        self.analytics = genesys.AnalyticsApi(self.client)
        self.notifications = genesys.NotificationsApi(self.client)

    def set_up(self, name, prompt="OPTIONAL", **more):
        """A new queue, where it rings for a minute."""
        settings = {"wrapupPrompt": prompt, **more}
        return self.routing.post_routing_queues({
            "name": name, "acwSettings": settings,
            "mediaSettings": {"call": {"alertingTimeoutSeconds": 60}}}).id

    def hire(self, name, *queues):
        """A new user, in queues; gives their desktop."""
        address = f"{name.lower().replace(' ', '.')}@example.com"
        user = self.users.post_users({"name": name, "email": address}).id
        for queue in queues:
            self.routing.post_routing_queue_members(queue, [{"id": user}])
        return Desktop(user)

    def whole(self, conversation):
        return self.conversations.get_conversation(conversation)

    def part(self, conversation, purpose):
        """Somebody's latest part in a conversation."""
        return [p for p in self.whole(conversation).participants if p.purpose == purpose][-1]


class Desktop:
    """A user's desktop, which has their own token."""

    def __init__(self, user):
        self.user = user
        self.client = login_of(user)
        self.users = genesys.UsersApi(self.client)
        self.conversations = genesys.ConversationsApi(self.client)
        self.presence = genesys.PresenceApi(self.client)

    @property
    def status(self):
        return self.users.get_user_routingstatus(self.user).status

    def be(self, presence):
        self.presence.patch_user_presences_purecloud(
            self.user, {"presenceDefinition": {"id": presence}})
        return self

    def part(self, conversation):
        """The user's latest part in a conversation."""
        found = self.conversations.get_conversation(conversation)
        return [p for p in found.participants if p.user_id == self.user][-1]

    def call(self, conversation):
        return self.part(conversation).calls[0]

    def ask(self, conversation, **what):
        """Answers, holds, mutes, hangs up or wraps up."""
        self.conversations.patch_conversations_call_participant(
            conversation, self.part(conversation).id, what)
        return self.call(conversation)

    def pick_up(self, conversation):
        return self.ask(conversation, state="connected")

    def hang_up(self, conversation):
        return self.ask(conversation, state="disconnected")

    def hand_over(self, conversation, **to):
        self.conversations.post_conversations_call_participant_replace(
            conversation, self.part(conversation).id, to)

    def wrap_up(self, conversation, code=RESOLVED, **more):
        """Wraps the user's part up, by its communication."""
        part = self.part(conversation)
        self.conversations.post_conversations_call_participant_communication_wrapup(
            conversation, part.id, part.calls[0].id, body={"code": code, **more})


class Ear:
    """A channel with its socket; what it hears is told in order."""

    count = 0

    def __init__(self, client, *topics):
        self.notifications = genesys.NotificationsApi(client)
        self.channel = self.notifications.post_notifications_channels()
        self.fence = f"v2.users.{center.fence}.presence"
        self.listen(self.fence, *topics)
        self.sockets = contextlib.ExitStack()
        self.connect()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sockets.close()
        self.notifications.delete_notifications_channel_subscriptions(self.channel.id)

    def connect(self):
        self.socket = self.sockets.enter_context(connect(self.channel.connect_uri))

    def listen(self, *topics):
        self.notifications.post_notifications_channel_subscriptions(
            self.channel.id, [{"id": topic} for topic in topics])

    def next(self, timeout=10):
        """The next message, heartbeats and fences left out."""
        while True:
            message = json.loads(self.socket.recv(timeout=timeout))
            if message.get("topicName") not in ("channel.metadata", self.fence):
                return message

    def hear(self):
        """All that was told up to now: topics and bodies.

        Messages of a channel come in order: behind one of our own, no earlier one is under way.
        """
        Ear.count += 1
        mark = f"fence {Ear.count}"
        center.presence.patch_user_presences_purecloud(center.fence, {"message": mark})
        heard = []
        while True:
            message = json.loads(self.socket.recv(timeout=10))
            topic, body = message["topicName"], message["eventBody"]
            if topic == self.fence and body["message"] == mark:
                return heard
            if topic not in ("channel.metadata", self.fence):
                heard.append((topic, body))

    def end(self):
        """The topics that a socket still says, and the code with which it ends, if any."""
        said = []
        try:
            while True:
                said.append(self.next()["topicName"])
        except ConnectionClosed as closed:
            return said, closed.rcvd.code if closed.rcvd else None

    def until(self, fits, timeout=10):
        """The first body that fits; what comes before is passed over."""
        while True:
            message = self.next(timeout)
            if fits(message["topicName"], message["eventBody"]):
                return message["eventBody"]


def in_turn(values):
    """Values without those that are as the one before."""
    return [v for i, v in enumerate(values) if i == 0 or v != values[i - 1]]


def flat_parts(heard, topic, user):
    """A user's latest part as each flat message has it."""
    parts = [[p for p in body["participants"] if p.get("user", {}).get("id") == user]
             for name, body in heard if name == topic]
    return [found[-1] for found in parts if found]


def nested_parts(heard, topic, user):
    """A user's latest part as each nested message has it."""
    parts = [[p for p in body["participants"] if p.get("userId") == user]
             for name, body in heard if name == topic]
    return [found[-1] for found in parts if found]


def bodies(heard, topic):
    return [body for name, body in heard if name == topic]


def place(**wanted):
    """Lets a customer call; gives the conversation's id."""
    return control("POST", "/sandbox/calls", wanted)["conversationId"]


def customer(conversation, does):
    """Has the customer, or time, do something about a call."""
    return control("POST", f"/sandbox/calls/{conversation}/{does}")


# A clean start, which is the first thing that a test needs.


def clean_start():
    client = login()
    users = genesys.UsersApi(client)
    notifications = genesys.NotificationsApi(client)
    users.post_users({"name": "Left Over", "email": "left.over@example.com"})
    channel = notifications.post_notifications_channels()
    own = login_of(ADA)
    advance("1h")
    control("POST", "/sandbox/faults/next", {"fault": "server_error"})
    control("PUT", "/sandbox/faults", {"latency": {"fixed": {"time": "1ms"}}})
    with connect(channel.connect_uri) as socket:
        control("POST", "/sandbox/reset?clients=true")
        message = json.loads(socket.recv(timeout=10))
        check("a socket hears that its token is no more", (
            message["topicName"], message["eventBody"]["channelId"]),
            ("v2.system.token_revoked", channel.id))
        try:
            socket.recv(timeout=10)
            check("a clean start ends sockets", "open", "closed")
        except ConnectionClosed:
            check("a clean start ends sockets", "closed", "closed")
    check("a clean start ends clients' tokens", outcome(users.get_users), (401, "bad.credentials"))
    check("a clean start ends users' tokens", outcome(genesys.UsersApi(own).get_users_me),
          (401, "bad.credentials"))
    notifications = genesys.NotificationsApi(login())
    check("a clean start ends channels", (
        notifications.get_notifications_channels().entities,
        outcome(lambda: notifications.get_notifications_channel_subscriptions(channel.id))),
        ([], MISSING))
    check("a clean start ends faults", (
        control("GET", "/sandbox/faults/next")["faults"],
        control("GET", "/sandbox/faults")["latency"]), ([], "none"))
    check("a clean start sets the clock", control("GET", "/sandbox/clock")["ahead"], "0s")
    names = [user.name for user in genesys.UsersApi(login()).get_users().entities]
    check("a clean start has the organisation of the file", names,
          [user["name"] for user in ORGANIZATION["users"]])
    targets = {entry["target"] for entry in control("GET", "/sandbox/journal")["entries"]}
    check("a clean start has an empty journal", "/api/v2/users" in targets
          and "/api/v2/events/conversations" not in targets, True)


# Who and what there is.


def queues():
    routing = center.routing

    def names(**query):
        return [queue.name for queue in routing.get_routing_queues(**query).entities]

    everything = routing.get_routing_queues()
    check("queues", (
        [q.name for q in everything.entities], everything.total, everything.page_count,
        everything.next_uri), (["Sales", "Support"], 2, 1, None))
    for name, expected in [("Support", ["Support"]), ("S*", ["Sales", "Support"]),
                           ("*port", ["Support"]), ("*al*", ["Sales"]), ("*", ["Sales", "Support"]),
                           ("Supp", []), ("Complaints", [])]:
        check(f"queues of the name {name}", names(name=name), expected)
    page = routing.get_routing_queues(page_size=1)
    check("a page of queues", ([q.name for q in page.entities], page.page_count, page.total,
                               page.next_uri is not None, page.previous_uri),
          (["Sales"], 2, 2, True, None))
    page = routing.get_routing_queues(page_size=1, page_number=2)
    check("the last page", ([q.name for q in page.entities], page.next_uri,
                            page.previous_uri is not None), (["Support"], None, True))
    check("a page beyond", names(page_size=1, page_number=3), [])
    check("in descending order", names(sort_order="desc"), ["Support", "Sales"])
    check("by id", (names(id=[SALES]), names(id=[SALES, SUPPORT]), names(id=[NOBODY])),
          (["Sales"], ["Sales", "Support"], []))
    for query in [{"sort_order": "up"}, {"page_size": 0}, {"page_size": 501}, {"page_number": 0},
                  {"id": ["x"]}, {"division_id": [NOBODY]}, {"has_peer": True},
                  {"expand": ["identityresolution"]}]:
        check(f"queues by {query}", outcome(lambda: routing.get_routing_queues(**query)), BAD_QUERY)
    check("a queue", (routing.get_routing_queue(SUPPORT).name,
                      routing.get_routing_queue(SUPPORT).member_count), ("Support", 3))
    for queue in [NOBODY, "support"]:
        check(f"the queue {queue}", outcome(lambda: routing.get_routing_queue(queue)), MISSING)
    made = routing.post_routing_queues({
        "name": "Claims", "description": "What broke",
        "acwSettings": {"wrapupPrompt": "MANDATORY_TIMEOUT", "timeoutMs": 30000},
        "mediaSettings": {"call": {"alertingTimeoutSeconds": 20}}})
    for what, queue in [("made", made), ("read", routing.get_routing_queue(made.id))]:
        check(f"a queue that was {what}", (
            queue.name, queue.description, queue.acw_settings.wrapup_prompt,
            queue.acw_settings.timeout_ms, queue.media_settings.call.alerting_timeout_seconds,
            queue.member_count), ("Claims", "What broke", "MANDATORY_TIMEOUT", 30000, 20, 0))
    check("it is listed", names(name="Claims"), ["Claims"])
    check("a name is there once", outcome(lambda: routing.post_routing_queues({"name": "Claims"})),
          CONFLICT)
    for wrong in [{}, {"name": 1}, {"name": "X", "acwSettings": {"wrapupPrompt": "SOMETIMES"}},
                  {"name": "X", "acwSettings": {"timeoutMs": 999}}]:
        check(f"a queue of {wrong}", status(lambda: routing.post_routing_queues(wrong)), 400)
    wish("a queue without a name", status(  # open
        lambda: routing.post_routing_queues({"name": ""})), 400)
    own = genesys.RoutingApi(login_of(BEN))
    check("one's own queues", [q.name for q in own.get_routing_queues_me().entities],
          ["Sales", "Support"])
    check("a client has no queues of its own", outcome(routing.get_routing_queues_me),
          (400, "bad.request"))


def members():
    routing = center.routing

    def names(**query):
        listing = routing.get_routing_queue_members(SUPPORT, **query)
        return [member.name for member in listing.entities]

    ada, ben, cem, dora = "Ada Lindt", "Ben Okafor", "Cem Yilmaz", "Dora Novak"
    check("members", names(), [ada, ben, cem])
    check("members in descending order", names(sort_order="desc"), [cem, ben, ada])
    page = routing.get_routing_queue_members(SUPPORT, page_size=2)
    check("a page of members", (len(page.entities), page.next_uri is not None), (2, True))
    check("the rest of them", names(page_size=2, page_number=2), [cem])
    check("of no queue", outcome(lambda: routing.get_routing_queue_members(NOBODY)), MISSING)
    check("by what nobody knows", outcome(lambda: names(languages=["German"])), BAD_QUERY)
    topic = f"v2.routing.queues.{SUPPORT}.users"
    with Ear(center.client, topic, f"v2.users.{DORA}.activity") as ear:
        routing.post_routing_queue_members(SUPPORT, [{"id": DORA}])
        told = ear.hear()
        check("a new member is told of", [
            (b["id"], b["user"]["id"], b["queueId"], b["joined"]) for b in bodies(told, topic)],
            [(DORA, DORA, SUPPORT, True)])
        check("whose queues those are", [
            set(b["activeQueueIds"]) for b in bodies(told, f"v2.users.{DORA}.activity")],
            [{SUPPORT, SALES}])
        check("a new member is listed", names(), [ada, ben, cem, dora])
        routing.post_routing_queue_members(SUPPORT, [{"id": DORA}])
        check("twice is once", (ear.hear(), len(names())), ([], 4))
        own = genesys.RoutingApi(login_of(DORA))
        seen = own.patch_user_queue(SUPPORT, DORA, {"joined": False})
        check("a member leaves for a while", (seen.id, seen.joined), (SUPPORT, False))
        check("that is told", [b["joined"] for b in bodies(ear.hear(), topic)], [False])
        check("who takes calls", [names(joined=True), names(joined=False)],
              [[ada, ben, cem], [dora]])
        queue = routing.get_routing_queue(SUPPORT)
        check("how many do", (queue.member_count, queue.joined_member_count), (4, 3))
        check("a user's queues", [
            [(q.name, q.joined) for q in center.users.get_user_queues(DORA, **query).entities]
            for query in [{}, {"joined": True}, {"joined": False}, {"page_size": 1}]],
            [[("Sales", True), ("Support", False)], [("Sales", True)], [("Support", False)],
             [("Sales", True)]])
        routing.patch_routing_queue_member(SUPPORT, DORA, {"joined": True, "ringNumber": 3})
        found = routing.get_routing_queue_members(SUPPORT, name=dora).entities[0]
        check("an administrator changes that", (found.joined, found.ring_number), (True, 3))
        ear.hear()
        routing.post_routing_queue_members(SUPPORT, [{"id": DORA}], delete=True)
        check("a member is taken away", (names(), [
            (b["id"], b["joined"]) for b in bodies(ear.hear(), topic)]),
            ([ada, ben, cem], [(DORA, False)]))
        check("nobody is taken away twice", (outcome(
            lambda: routing.patch_routing_queue_member(SUPPORT, DORA, {"joined": True})), outcome(
            lambda: own.patch_user_queue(SUPPORT, DORA, {"joined": True}))), (MISSING, MISSING))
    for queue, user in [(NOBODY, DORA), (SUPPORT, NOBODY)]:
        check("a member of nothing, or nobody", outcome(
            lambda: routing.post_routing_queue_members(queue, [{"id": user}])), MISSING)
    check("no members at all", outcome(lambda: routing.post_routing_queue_members(SUPPORT, [])),
          (400, "bad.request"))
    check("by skill", (names(skills=["German"]), names(skills=["German", "Billing"]),
                       names(skills=["Juggling"])), ([ben, cem], [ben], []))
    Desktop(BEN).be(ON_QUEUE)
    check("by routing status", [names(routing_status=[word]) for word in ["IDLE", "OFF_QUEUE"]],
          [[ben], [ada, cem]])
    # The SDK has a list there, and says of names and skills: "contains-style search".
    wish("by two routing statuses", outcome(  # open
        lambda: names(routing_status=["IDLE", "OFF_QUEUE"])), "accepted")
    wish("by a part of a name", names(name="Okaf"), [ben])  # open
    wish("by a part of a skill", names(skills=["Germ"]), [ben, cem])  # open
    found = routing.get_routing_queue_members(
        SUPPORT, expand=["presence", "routingStatus", "skills"]).entities[1]
    check("all about a member", (
        found.user.presence.presence_definition.system_presence, found.routing_status.status,
        [skill.name for skill in found.user.skills]), ("On Queue", "IDLE", ["Billing", "German"]))
    Desktop(BEN).be(AVAILABLE)


def codes_and_skills():
    routing = center.routing
    codes = routing.get_routing_wrapupcodes()
    check("wrap-up codes", [(c.id, c.name) for c in codes.entities], [(RESOLVED, "Resolved")])
    check("wrap-up codes by name", [
        len(routing.get_routing_wrapupcodes(name=name).entities)
        for name in ["Resolved", "Res*", "*ved", "Open"]], [1, 1, 1, 0])
    check("wrap-up codes by id", [
        len(routing.get_routing_wrapupcodes(id=[code]).entities) for code in [RESOLVED, NOBODY]],
        [1, 0])
    check("a wrap-up code", routing.get_routing_wrapupcode(RESOLVED).name, "Resolved")
    check("no wrap-up code", outcome(lambda: routing.get_routing_wrapupcode(NOBODY)), MISSING)
    check("a queue's wrap-up codes", [
        c.id for c in routing.get_routing_queue_wrapupcodes(SUPPORT).entities], [RESOLVED])
    check("no queue's wrap-up codes", outcome(
        lambda: routing.get_routing_queue_wrapupcodes(NOBODY)), MISSING)
    check("wrap-up codes by division", outcome(
        lambda: routing.get_routing_wrapupcodes(division_id=[NOBODY])), BAD_QUERY)
    skills = routing.get_routing_skills()
    check("skills", [(s.id, s.name, s.state) for s in skills.entities],
          [(BILLING, "Billing", "active"), (GERMAN, "German", "active")])
    page = routing.get_routing_skills(page_size=1, page_number=2)
    check("a page of skills", ([s.name for s in page.entities], page.total), (["German"], 2))
    check("a skill", routing.get_routing_skill(GERMAN).name, "German")
    check("no skill", outcome(lambda: routing.get_routing_skill(NOBODY)), MISSING)
    # The SDK says: "Filter for results that start with this value".
    wish("skills by their beginning", [  # open
        s.name for s in routing.get_routing_skills(name="Ger").entities], ["German"])
    check("a user's skills", [
        [s.name for s in routing.get_user_routingskills(user, **query).entities]
        for user, query in [(BEN, {}), (BEN, {"sort_order": "DESC"}), (BEN, {"page_size": 1}),
                            (DORA, {})]],
        [["Billing", "German"], ["German", "Billing"], ["Billing"], []])
    check("nobody's skills", outcome(lambda: routing.get_user_routingskills(NOBODY)), MISSING)
    expanded = center.users.get_user(ADA, expand=["skills"])
    check("a user with their skills", [s.id for s in expanded.skills], [BILLING])


def presences():
    presence = center.presence
    found = {d.name: d for d in presence.get_presence_definitions().entities}
    check("definitions", (len(found), found["On Queue"].system_presence, found["On Queue"].type),
          (11, "OnQueue", "System"))
    coffee = found["Coffee"]
    check("a definition of one's own", (coffee.id, coffee.system_presence, coffee.type,
                                        coffee.deactivated), (COFFEE, "Break", "User", False))
    check("what the SDK doesn't know", [d.name for d in found.values() if "outdated_sdk_version" in
                                        (d.system_presence, d.type)], [])
    check("it by its id", (presence.get_presence_definition(COFFEE).name,
                           presence.get_presencedefinition(COFFEE).system_presence),
          ("Coffee", "Break"))
    older = {d.name: d for d in presence.get_presencedefinitions(page_size=100).entities}
    check("definitions in the older form", (
        len(older), older["On Queue"].system_presence, older["On Queue"].primary,
        older["Coffee"].primary), (11, "On Queue", True, False))
    check("the system's presences", "Coffee" in [
        entity.name for entity in presence.get_systempresences()], False)
    check("no definition", outcome(lambda: presence.get_presence_definition(NOBODY)), MISSING)
    wish("definitions in use", outcome(  # open
        lambda: presence.get_presence_definitions(deactivated="FALSE")), "accepted")
    ada = Desktop(ADA).be(ON_QUEUE)
    topics = [f"v2.users.{ADA}.{name}" for name in ["presence", "activity", "routingStatus"]]
    with Ear(ada.client, *topics) as ear:
        ada.be(COFFEE)
        told = ear.hear()
        check("a coffee is told of", [
            b["presenceDefinition"] for b in bodies(told, topics[0])],
            [{"id": COFFEE, "systemPresence": "BREAK"}])
        check("and that nothing is taken meanwhile", [
            (b["routingStatus"]["status"], b["presence"]["presenceDefinition"]["id"])
            for b in bodies(told, topics[1])][-1], ("OFF_QUEUE", COFFEE))
        check("and the routing status", [
            b["routingStatus"]["status"] for b in bodies(told, topics[2])], ["OFF_QUEUE"])
        read = presence.get_user_presences_purecloud(ADA).presence_definition
        check("a coffee is read", (read.id, read.system_presence), (COFFEE, "Break"))
        errors = genesys.EventsApi(center.client).post_events_users_presence({
            "userPresenceEvents": [
                {"eventId": str(uuid.uuid4()), "eventDateTime": now(), "userId": ADA,
                 "presenceDefinitionId": definition, "message": "by event"}
                for definition in [AVAILABLE, COFFEE, NOBODY]]}).errors
        check("a coffee by event", ([b["presenceDefinition"]["id"] for b in bodies(
            ear.hear(), topics[0])], [error.retryable for error in errors]),
            ([AVAILABLE, COFFEE], [False]))
    put = presence.put_users_presences_bulk([
        {"id": ADA, "presenceDefinition": {"id": BREAK}},
        {"id": BEN, "presenceDefinition": {"id": COFFEE}}])
    check("many at once", [p.presence_definition.id for p in put], [BREAK, COFFEE])
    check("many are read", [p.presence_definition.id for p in
                            presence.get_users_presences_purecloud_bulk(id=[BEN, ADA, NOBODY])],
          [COFFEE, BREAK])
    check("an unknown presence", outcome(lambda: ada.be(NOBODY)), (400, "invalid.value"))
    details = center.analytics.post_analytics_users_details_query({
        "interval": hours(), "userFilters": [{"type": "or", "predicates": [
            {"dimension": "userId", "value": ADA}]}]}).user_details[0]
    check("what was drunk", [
        (p.system_presence, p.organization_presence_id) for p in details.primary_presence
        if p.organization_presence_id == COFFEE][0], ("BREAK", COFFEE))
    state = center.analytics.get_analytics_agent_status(BEN)
    check("what is drunk", (state.system_presence, state.organization_presence_id),
          ("BREAK", COFFEE))
    for user in (ADA, BEN):
        Desktop(user).be(AVAILABLE)


def hours(before=4, after=4):
    """An interval around now, wherever the sandbox's clock is."""
    present = datetime.datetime.fromisoformat(control("GET", "/sandbox/clock")["now"])
    start, end = (present + datetime.timedelta(hours=n) for n in (-before, after))
    return f"{start.isoformat()}/{end.isoformat()}"


def users():
    api = center.users

    def names(**query):
        return [user.name for user in api.get_users(**query).entities]

    made = api.post_users({"name": "Finn Moe", "email": "finn.moe@example.com", "title": "Agent",
                           "department": "Claims", "password": "not kept"})
    check("a new user", (made.name, made.email, made.title, made.department, made.state,
                         made.version), ("Finn Moe", "finn.moe@example.com", "Agent", "Claims",
                                         "active", 1))
    check("a new user is offline", (
        api.get_user(made.id, expand=["presence", "routingStatus"]).presence
        .presence_definition.system_presence, api.get_user_routingstatus(made.id).status),
        ("Offline", "OFF_QUEUE"))
    check("an address is there once", outcome(lambda: api.post_users(
        {"name": "Finn", "email": "finn.moe@example.com"})), CONFLICT)
    check("a user without an address", outcome(lambda: api.post_users({"name": "Finn"})),
          (400, "constraint.validation"))
    changed = api.patch_user(made.id, {"version": 1, "name": "Finn Berg", "title": "Lead"})
    check("a user changes", (changed.name, changed.title, changed.department, changed.version),
          ("Finn Berg", "Lead", "Claims", 2))
    check("of an older version", outcome(
        lambda: api.patch_user(made.id, {"version": 1, "name": "Finn"})), CONFLICT)
    check("of no version", outcome(lambda: api.patch_user(made.id, {"name": "Finn"})),
          (400, "constraint.validation"))
    check("nobody changes", outcome(lambda: api.patch_user(NOBODY, {"version": 1})), MISSING)
    wish("an address that is taken", outcome(  # open
        lambda: api.patch_user(made.id, {"version": 2, "email": "ada.lindt@example.com"})),
        CONFLICT)
    version = api.get_user(made.id).version
    check("a user leaves", api.patch_user(
        made.id, {"version": version, "state": "inactive"}).state, "inactive")
    check("who works here", ["Finn Berg" in names(**query) for query in [
        {}, {"state": "active"}, {"state": "inactive"}, {"state": "any"}]],
        [False, False, True, True])
    check("who has left", names(state="inactive"), ["Finn Berg"])
    check("users in order", (names(sort_order="ASC", page_size=2), names(
        sort_order="DESC") == names()[::-1]), (["Ada Lindt", "Ben Okafor"], True))
    check("users by id", names(id=[CEM, ADA, NOBODY]), ["Ada Lindt", "Cem Yilmaz"])
    for query in [{"state": "gone"}, {"sort_order": "up"}, {"jabber_id": ["x"]},
                  {"expand": ["geolocation"]}, {"integration_presence_source": "MicrosoftTeams"}]:
        check(f"users by {query}", outcome(lambda: api.get_users(**query)), BAD_QUERY)
    queue = center.set_up("Empty Desks")
    gone = center.hire("Gil Desk", queue).be(ON_QUEUE)
    api.patch_user(gone.user, {"version": 1, "state": "inactive"})
    call = place(queue=queue)
    wish("who has left is offered nothing", "agent" in {  # open
        p.purpose for p in center.whole(call).participants}, False)
    customer(call, "abandon")


def authorization():
    api = genesys.AuthorizationApi(center.client)
    roles = api.get_authorization_roles()
    role = roles.entities[0]
    check("roles", (roles.total, role.name, bool(role.permission_policies)), (1, "Sandbox", True))
    check("roles by name", [len(api.get_authorization_roles(name=name).entities)
                            for name in ["Sand*", "Admin"]], [1, 0])
    everything = api.get_authorization_permissions(page_size=100)
    domains = [p.domain for p in everything.entities]
    paged = [p.domain for number in range(1, len(domains) + 2) for p in
             api.get_authorization_permissions(page_size=1, page_number=number).entities]
    check("permissions, page by page", paged, domains)
    check("of what they are", {"analytics", "conversation", "presence", "routing"} - set(domains),
          set())
    actions = [p.action for p in next(
        p for p in everything.entities if p.domain == "routing").permission_map["queue"]]
    check("a permission", "view" in actions, True)
    for whose, client, subject in [("a client", center.client, "sandbox"),
                                   ("a user", login_of(ADA), ADA)]:
        me = genesys.AuthorizationApi(client).get_authorization_subjects_me(include_full_roles=True)
        check(f"what {whose} may", (me.id, me.grants[0].role.name,
                                    bool(me.grants[0].role.policies)), (subject, "Sandbox", True))
    little = login_of(ADA, permissions=["routing:queue:view"])
    routing = genesys.RoutingApi(little)
    check("what a token permits", outcome(routing.get_routing_queues), "accepted")
    check("what it doesn't", [outcome(call) for call in [
        lambda: routing.post_routing_queues({"name": "Mine"}),
        lambda: routing.post_routing_queue_members(SUPPORT, [{"id": ADA}]),
        lambda: genesys.AnalyticsApi(little).get_analytics_agent_status(ADA)]],
        [(403, "missing.permissions")] * 3)
    me = genesys.AuthorizationApi(little).get_authorization_subjects_me(include_full_roles=True)
    check("what it says of itself", [
        (p.domain, p.entity_name, p.actions) for p in me.grants[0].role.policies],
        [("routing", "queue", ["view"])])
    short = login_of(ADA, lifetime="1m")
    advance("2m")
    check("a token of a minute", outcome(genesys.UsersApi(short).get_users_me),
          (401, "credentials.expired"))
    check("a token of nobody's wish", refused("POST", "/sandbox/tokens", {"expiresIn": 5})[0], 400)


def lacking():
    """What the platform has and the sandbox doesn't is told from what nobody has."""
    def found(call):
        try:
            call()
        except ApiException as error:
            body = json.loads(error.body)
            return error.status, body["code"], body["message"].partition(" GET ")[0].partition(
                " POST ")[0].partition(" DELETE ")[0]
        return "accepted"

    lacks = (501, "sandbox.lacks", "the sandbox has no")
    for what, call in [
        ("languages", center.routing.get_routing_languages),
        ("a search of users", lambda: center.users.post_users_search({"query": []})),
        ("a user's station", lambda: center.users.get_user_station(ADA)),
        ("skill groups", center.routing.get_routing_skillgroups),
        ("waiting times", lambda: center.routing.get_routing_queue_estimatedwaittime(SUPPORT)),
        ("observations of users",
         lambda: center.analytics.post_analytics_users_observations_query({})),
        ("leaving a queue for ever", lambda: center.routing.delete_routing_queue(SUPPORT)),
        ("outbound calls", lambda: center.conversations.post_conversations_calls({})),
        ("a consultation in a call that isn't there",
         lambda: center.conversations.post_conversations_call_participant_voice_consult(
             NOBODY, NOBODY, {})),
    ]:
        check(f"{what}: the sandbox has none", found(call), lacks)

    def raw(method, path):
        request = urllib.request.Request(BASE + path, method=method, headers={
            "Authorization": f"Bearer {center.client.access_token}"})
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, None, None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())["code"], error.headers["Allow"]

    check("a path that nobody has", raw("GET", "/api/v2/routing/kues"), (404, "not.found", None))
    check("a method that nobody has", raw("DELETE", "/api/v2/systempresences"),
          (405, "method.not.allowed", "GET, HEAD"))
    check("a method that only the platform has", raw("POST", "/api/v2/routing/skills")[:2],
          (501, "sandbox.lacks"))
    check("an id that isn't there", raw("GET", f"/api/v2/users/{NOBODY}")[:2], MISSING)


# What is told.


def topics():
    notifications = center.notifications
    channel = notifications.post_notifications_channels()

    def subscribe(*names, **more):
        listing = notifications.post_notifications_channel_subscriptions(
            channel.id, [{"id": name} for name in names], **more)
        return {t.id: t.state for t in listing.entities}

    for topic in [f"v2.users.{ADA}.station", f"v2.users.{ADA}.voicemail.messages",
                  f"v2.users.{ADA}.geolocation", f"v2.users.{ADA}.outofoffice",
                  f"v2.flows.{NOBODY}", f"v2.detail.events.conversation.{NOBODY}.flow.start",
                  f"v2.analytics.queues.{SUPPORT}.observations"]:
        check(f"the topic {topic.replace(ADA, 'ADA').replace(SUPPORT, 'SUPPORT')} is taken",
              subscribe(topic)[topic], "Permitted")
    for topic in [f"v2.users.{ADA}.nonsense", f"v2.user.{ADA}.presence",
                  f"v2.users.{ADA}", f"v2.users.{ADA}.", f"v2.users.{ADA}?nonsense",
                  f"v2.users.{ADA}.presence.more", ""]:
        check(f"the topic {topic.replace(ADA, 'ADA')!r} isn't", outcome(lambda: subscribe(topic)),
              (400, "invalid.value"))
    for topic in ["v2.users.ada.presence", "v2.routing.queues.*.users"]:
        wish(f"the topic {topic}, which nothing could fill", outcome(  # open
            lambda: subscribe(topic)), (400, "invalid.value"))
    mixed = subscribe(f"v2.users.{ADA}.nonsense", f"v2.users.{ADA}.presence", ignore_errors=True)
    check("one by one", (mixed[f"v2.users.{ADA}.nonsense"], mixed[f"v2.users.{ADA}.presence"]),
          ("Rejected", "Permitted"))
    listed = {t.id for t in
              notifications.get_notifications_channel_subscriptions(channel.id).entities}
    check("what was rejected isn't listed", (f"v2.users.{ADA}.nonsense" in listed,
                                             f"v2.users.{ADA}.station" in listed), (False, True))
    notifications.head_notifications_channel(channel.id)
    check("another's channel", outcome(lambda: genesys.NotificationsApi(
        login_of(ADA)).get_notifications_channel_subscriptions(channel.id)), MISSING)


def by_socket():
    """Subscriptions over the socket itself."""
    topic, other = (f"v2.users.{user}.presence" for user in (ADA, BEN))
    ada, ben = Desktop(ADA), Desktop(BEN)
    with Ear(center.client) as ear:
        def say(**what):
            ear.socket.send(json.dumps(what))
            return ear.next()

        answer = say(message="subscribe", topics=[topic, other], correlationId="one")
        check("subscribed by socket", (answer["result"], answer["status"], answer["topics"],
                                       answer["correlationId"]),
              ("200", "subscribed", [topic, other], "one"))
        ada.be(BREAK)
        ben.be(BREAK)
        check("both are heard", [name for name, _ in ear.hear()], [topic, other])
        listed = {t.id for t in center.notifications.get_notifications_channel_subscriptions(
            ear.channel.id).entities}
        check("REST sees them", {topic, other} <= listed, True)
        answer = say(message="unsubscribe", topics=[topic], correlationId="two")
        check("unsubscribed by socket", (answer["result"], answer["status"], answer["topics"],
                                         answer["correlationId"]),
              ("200", "unsubscribed", [topic], "two"))
        ada.be(AVAILABLE)
        ben.be(AVAILABLE)
        check("the other one is heard", [name for name, _ in ear.hear()], [other])
        check("not twice", say(message="unsubscribe", topics=[topic])["status"], "unsubscribed")
        for wrong in [{"message": "subscribe", "topics": ["v2.nonsense"]},
                      {"message": "subscribe"}, {"message": "subscribe", "topics": []},
                      {"message": "unsubscribe", "topics": [7]}, {"message": "sing"}, {}]:
            answer = say(**wrong)
            check(f"{wrong} by socket", (answer["result"], answer["status"]), ("400", "error"))
        ear.socket.send("not JSON")
        check("what isn't JSON", ear.next()["result"], "400")


# Calls.


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


def observed(queue, metric):
    """What there is of a metric, by medium or by qualifier."""
    results = center.analytics.post_analytics_queues_observations_query({
        "filter": {"type": "or", "predicates": [{"dimension": "queueId", "value": queue}]},
        "metrics": [metric]}).results
    found = {data.qualifier or result.group.get("mediaType"): data.stats.count
             for result in results for data in result.data or []}
    # A medium without anything is there too; only calls are of interest.
    return {name: count for name, count in found.items() if count or name == "voice"}


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
        wish("a socket hears of what the clock brought", told is not None, True)  # open
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


def aggregates(queue, metrics, **more):
    """A queue's figures, all parts of the interval together."""
    results = center.analytics.post_analytics_conversations_aggregates_query({
        "interval": hours(), "groupBy": ["queueId"], "metrics": metrics,
        "filter": {"type": "and", "predicates": [{"dimension": "queueId", "value": queue}]}, **more
    }).results
    return {m.metric: m.stats for r in results or [] for d in r.data for m in d.metrics}


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
    wish("the queue asks again", two.call(call).state, "alerting")  # open
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
        wish("given up in the queue where it was answered before", [  # open
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
    wish("no early end of a forced time", agent.status, "INTERACTING")  # open
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
    wish("a code that is none", status(lambda: agent.wrap_up(call, "nonsense")), 400)  # open
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
    wish("but it may be", outcome(lambda: agent.wrap_up(call)), "accepted")  # open
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
    wish("a desktop sees whom to call", promised.callback_user_name, "Nils Falk")  # open
    center.conversations.post_conversation_disconnect(call)
    check("it is over", agent.conversations.get_conversations().total, 0)
    agent.be(AVAILABLE)


# Figures.


def figures():
    """One call of known times, and what analytics make of it."""
    queue = center.set_up("Figures", "MANDATORY")
    agent = center.hire("Rosa Figure", queue)
    call = place(queue=queue, **{"from": "tel:+4930888"})
    advance("10s")
    agent.be(ON_QUEUE)
    advance("5s")
    agent.pick_up(call)
    advance("60s")
    agent.ask(call, held=True)
    advance("20s")
    agent.ask(call, held=False)
    advance("30s")
    topic = f"v2.detail.events.conversation.{call}.user.end"
    with Ear(center.client, topic) as ear:
        customer(call, "hangup")
        told = bodies(ear.hear(), topic)[0]
    check("how long it rang", round(told["alertingDurationMs"] / 1000), 5)
    wish("how long it was held", round(told.get("heldDurationMs", 0) / 1000), 20)  # open
    advance("40s")
    agent.wrap_up(call, notes="fine")
    by_queue = {"type": "or", "predicates": [{"dimension": "queueId", "value": queue}]}
    by_id = {"type": "or", "predicates": [{"dimension": "conversationId", "value": call}]}

    def found(**query):
        answer = center.analytics.post_analytics_conversations_details_query(
            {"interval": hours(), **query})
        return [c.conversation_id for c in answer.conversations or []], answer.total_hits

    check("one's details by queue", found(segmentFilters=[by_queue]), ([call], 1))
    check("by conversation", found(conversationFilters=[by_id]), ([call], 1))
    check("by both", found(segmentFilters=[by_queue], conversationFilters=[by_id]), ([call], 1))
    check("by an agent of the queue", [found(segmentFilters=[{"type": "and", "predicates": [
        {"dimension": "queueId", "value": queue}, {"dimension": "userId", "value": user}]}])[1]
        for user in (agent.user, ADA)], [1, 0])
    check("by what it was", [found(segmentFilters=[by_queue, {"type": "and", "predicates": [
        {"dimension": "segmentType", "value": value}]}])[1]
        for value in ["hold", "wrapup", "transmitting"]], [1, 1, 0])
    by_code = {"type": "or", "predicates": [{"dimension": "wrapUpCode", "value": RESOLVED}]}
    check("by a wrap-up code", found(
        segmentFilters=[{"type": "and", "clauses": [by_queue, by_code]}]), ([call], 1))
    other = place(queue=queue)
    customer(other, "abandon")
    check("in order", [found(segmentFilters=[by_queue], order=order,
                             orderBy="conversationStart")[0] for order in ["asc", "desc"]],
          [[call, other], [other, call]])
    check("page by page", [found(segmentFilters=[by_queue], paging={
        "pageSize": 1, "pageNumber": number}) for number in (1, 2, 3)],
        [([call], 2), ([other], 2), ([], 2)])
    check("over and done with", found(segmentFilters=[by_queue], conversationFilters=[{
        "type": "or", "predicates": [
            {"dimension": "conversationEnd", "operator": "notExists"}]}]), ([], 0))
    check("another time", center.analytics.post_analytics_conversations_details_query({
        "interval": "2020-01-01T00:00:00Z/2020-01-02T00:00:00Z"}).total_hits, 0)
    for wrong in [{"interval": "today"}, {"interval": "2026-01-02T00:00:00Z/2026-01-01T00:00:00Z"},
                  {"interval": "2026-01-01T00:00:00Z/2026-03-01T00:00:00Z"}, {},
                  {"interval": hours(), "segmentFilters": [{"type": "or", "predicates": []}]},
                  {"interval": hours(), "segmentFilters": [{"type": "or", "predicates": [
                      {"dimension": "shoeSize", "value": "42"}]}]},
                  {"interval": hours(), "surveyFilters": [by_queue]}]:
        check(f"details of {list(wrong.values())[-1:]}", status(
            lambda: center.analytics.post_analytics_conversations_details_query(wrong)), 400)
    one = genesys.AnalyticsApi(agent.client).get_analytics_conversation_details(call)
    share = [p for p in one.participants if p.user_id == agent.user][0]
    segments = share.sessions[0].segments
    check("its parts", [(s.segment_type, round((s.segment_end - s.segment_start).total_seconds()))
                        for s in segments],
          [("alert", 5), ("interact", 60), ("hold", 20), ("interact", 30), ("wrapup", 40)])
    check("its end, and what was said of it", (
        segments[3].disconnect_type, segments[4].wrap_up_code, segments[4].wrap_up_note,
        {s.queue_id for s in segments}), ("peer", RESOLVED, "fine", {queue}))
    check("what was called", (one.originating_direction, share.sessions[0].ani,
                              share.sessions[0].media_type), ("inbound", "tel:+4930888", "voice"))
    metrics = {m.name: round(m.value / 1000) for m in share.sessions[0].metrics
               if m.name.startswith("t")}
    check("its times", metrics, {
        "tAlert": 5, "tTalk": 30, "tTalkComplete": 90, "tHeld": 20, "tHeldComplete": 20,
        "tAcw": 40, "tHandle": 150})
    check("nobody's details", outcome(
        lambda: center.analytics.get_analytics_conversation_details(NOBODY)), MISSING)
    stats = aggregates(queue, [
        "nOffered", "nConnected", "nTransferred", "tAnswered", "tWait", "tAbandon", "tTalk",
        "tTalkComplete", "tHeld", "tAcw", "tHandle", "tAlert", "oServiceLevel"])
    check("counts", {name: stats[name].count for name in ["nOffered", "tAnswered", "tAbandon",
                                                          "tTalk", "tWait"]},
          {"nOffered": 2, "tAnswered": 1, "tAbandon": 1, "tTalk": 2, "tWait": 2})
    check("times", {name: round(stats[name].sum / 1000) for name in [
        "tAnswered", "tTalk", "tTalkComplete", "tHeld", "tAcw", "tHandle", "tAlert"]},
        {"tAnswered": 15, "tTalk": 90, "tTalkComplete": 90, "tHeld": 20, "tAcw": 40,
         "tHandle": 150, "tAlert": 5})
    check("what didn't happen isn't there", "nTransferred" in stats, False)
    level = stats["oServiceLevel"]
    check("the service level", (level.ratio, level.numerator, level.denominator, level.target),
          (0.5, 1, 2, 0.8))
    advance("30m")
    again = place(queue=queue)
    customer(again, "abandon")
    answer = center.analytics.post_analytics_conversations_aggregates_query({
        "interval": hours(2, 1), "granularity": "PT30M", "groupBy": ["queueId"],
        "metrics": ["nOffered"], "filter": by_queue})
    check("half hours", [(result.group, [
        (metric.metric, metric.stats.count) for data in result.data for metric in data.metrics])
        for result in answer.results],
        [({"mediaType": "voice", "queueId": queue}, [("nOffered", 2), ("nOffered", 1)])])
    spans = [data.interval.split("/") for data in answer.results[0].data]
    check("each is half an hour", {
        datetime.datetime.fromisoformat(b) - datetime.datetime.fromisoformat(a) for a, b in spans},
        {datetime.timedelta(minutes=30)})
    by_user = center.analytics.post_analytics_conversations_aggregates_query({
        "interval": hours(), "groupBy": ["queueId", "userId"], "metrics": ["tHandle"],
        "filter": by_queue}).results
    check("by user", [(r.group["userId"], round(r.data[0].metrics[0].stats.sum / 1000))
                      for r in by_user], [(agent.user, 150)])
    for wrong in [{"metrics": ["nFun"]}, {"groupBy": ["shoeSize"]}, {"granularity": "hourly"},
                  {"granularity": "PT0S"}, {"interval": "today"}, {"timeZone": "Europe/Berlin"},
                  {"views": [{"target": "tTalk"}]}]:
        check(f"aggregates of {wrong}", status(
            lambda: center.analytics.post_analytics_conversations_aggregates_query(
                {"interval": hours(), **wrong})), 400)
    agent.be(AVAILABLE)


def observations():
    queue = center.set_up("Watched")
    one, two, three = (center.hire(f"{name} Watch", queue) for name in ["Sam", "Tea", "Uli"])
    one.be(ON_QUEUE)
    two.be(ON_QUEUE)
    three.be(COFFEE)
    waiting = [place(queue=queue) for _ in range(3)]
    customer(waiting[0], "answer")
    talking = center.part(waiting[0], "agent").user_id
    ringing = ({one.user, two.user} - {talking}).pop()
    check("members", [observed(queue, metric) for metric in [
        "oMemberUsers", "oActiveUsers", "oOnQueueUsers", "oOffQueueUsers", "oUserRoutingStatuses",
        "oUserPresences"]], [
            {None: 3}, {None: 3}, {"IDLE": 1, "INTERACTING": 1}, {COFFEE: 1},
            {"IDLE": 1, "INTERACTING": 1, "OFF_QUEUE": 1}, {ON_QUEUE: 2, COFFEE: 1}])
    check("calls", [observed(queue, metric) for metric in ["oInteracting", "oAlerting"]],
          [{"voice": 1}, {"voice": 1}])
    answer = center.analytics.post_analytics_queues_observations_query({
        "filter": {"type": "and", "predicates": [
            {"dimension": "queueId", "value": queue},
            {"dimension": "mediaType", "value": "voice"}]},
        "detailMetrics": ["oInteracting", "oAlerting"]})
    details = {data.metric: [(o.conversation_id, o.user_id) for o in data.observations]
               for result in answer.results for data in result.data if data.observations}
    check("who talks, and at whom it rings", details, {
        "oInteracting": [(waiting[0], talking)], "oAlerting": [(waiting[1], ringing)]})
    check("what counts as a break", set(answer.system_to_organization_mappings["BREAK"]),
          {BREAK, COFFEE})
    check("nothing of no queue", center.analytics.post_analytics_queues_observations_query({
        "filter": {"type": "or", "predicates": [{"dimension": "queueId", "value": NOBODY}]},
        "metrics": ["oWaiting"]}).results, [])
    for wrong in [{}, {"filter": {"type": "or", "predicates": [
            {"dimension": "userId", "value": ADA}]}}, {"filter": {"type": "or", "predicates": [
                {"dimension": "queueId", "value": "Watched"}]}}]:
        check(f"observations of {wrong}", status(
            lambda: center.analytics.post_analytics_queues_observations_query(wrong)), 400)
    for call in reversed(waiting):
        customer(call, "hangup")
    for desktop in (one, two, three):
        desktop.be(AVAILABLE)


# What tests need beside.


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
          [(503, "service.unavailable"), "accepted"])
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
        wish("a socket is cut", ear.end(), ([], None))  # open
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
        wish("not even that it ends", {code for _, code in ends}, {None})  # open
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


def main():
    global center
    clean_start()
    center = Center()
    center.fence = center.users.post_users({"name": "Fence", "email": "fence@example.com"}).id
    for part in [
        queues, members, codes_and_skills, presences, users, authorization, lacking, topics,
        by_socket, call_to_user, who_may, call_to_queue, longest_idle, no_answer, abandon,
        transfers, after_call_work, two_calls, media, figures, observations, journal, next_faults,
        snapshots, sockets_close,
    ]:
        part()
    print(f"{calls} checks")


main()
