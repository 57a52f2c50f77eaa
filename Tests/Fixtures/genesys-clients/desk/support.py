"""Desktops, wallboards and customers, as the checks play them.

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

ORGANIZATION = json.loads(pathlib.Path(__file__).parent.with_name("organization.json").read_text())
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


def hours(before=4, after=4):
    """An interval around now, wherever the sandbox's clock is."""
    present = datetime.datetime.fromisoformat(control("GET", "/sandbox/clock")["now"])
    start, end = (present + datetime.timedelta(hours=n) for n in (-before, after))
    return f"{start.isoformat()}/{end.isoformat()}"


def observed(queue, metric):
    """What there is of a metric, by medium or by qualifier."""
    results = center.analytics.post_analytics_queues_observations_query({
        "filter": {"type": "or", "predicates": [{"dimension": "queueId", "value": queue}]},
        "metrics": [metric]}).results
    found = {data.qualifier or result.group.get("mediaType"): data.stats.count
             for result in results for data in result.data or []}
    # A medium without anything is there too; only calls are of interest.
    return {name: count for name, count in found.items() if count or name == "voice"}


def aggregates(queue, metrics, **more):
    """A queue's figures, all parts of the interval together."""
    results = center.analytics.post_analytics_conversations_aggregates_query({
        "interval": hours(), "groupBy": ["queueId"], "metrics": metrics,
        "filter": {"type": "and", "predicates": [{"dimension": "queueId", "value": queue}]}, **more
    }).results
    return {m.metric: m.stats for r in results or [] for d in r.data for m in d.metrics}


clean_start()
center = Center()
center.fence = center.users.post_users({"name": "Fence", "email": "fence@example.com"}).id
