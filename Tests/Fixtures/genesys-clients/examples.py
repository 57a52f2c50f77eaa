"""Does what the vendor's published Python examples do, and compares what a user would see of it.

Usage: examples.py BASE_URL
The sandbox must have been started with the organisation of organization.json and admit the origin
http://localhost:8080 and any number of requests. Prints one line for each example and exits with 1
at the first that shows something else than a real organisation of that data would.

The examples make the calls of notification_service.py (MyPureCloud/
python-sdk-notification-service-example) and of eleven scripts of MyPureCloud/quick-hits-python;
the code and the texts are this project's own.
"""

import collections
import datetime
import json
import os
import pathlib
import sys
import tempfile
import urllib.parse
import urllib.request
import uuid

# The SDK reads a configuration file below HOME and watches it.
os.environ["HOME"] = tempfile.mkdtemp()

import PureCloudPlatformClientV2 as genesys  # noqa: E402
import requests  # noqa: E402
from websockets.sync.client import connect  # noqa: E402

BASE = sys.argv[1]
ON_QUEUE = "e08eaf1b-ee47-4fa9-a231-1200e284798f"
REDIRECT = "http://localhost:8080/oauth2/callback"

ORGANIZATION = json.loads(pathlib.Path(__file__).with_name("organization.json").read_text())
IDS = {kind: {entity["name"]: entity["id"] for entity in ORGANIZATION[kind]}
       for kind in ORGANIZATION}
ADA, BEN, CEM, DORA = (IDS["users"][name] for name in
                       ["Ada Lindt", "Ben Okafor", "Cem Yilmaz", "Dora Novak"])
SUPPORT, SALES = IDS["queues"]["Support"], IDS["queues"]["Sales"]
CALLS = ["14d3a992-466d-4e7c-8553-1d5801899ca7", "b583e2f4-68e6-4abd-9557-a0db2c9df421",
         "13250372-b938-42fa-a372-ef6cb1948050", "7f01ea08-ff6c-4c20-b71c-1e0d89e85763"]


# What an example finds: presences and calls, made from outside.


def reset():
    """Back to the organisation of the file, without calls, tokens or channels."""
    request = urllib.request.Request(f"{BASE}/sandbox/reset?clients=true", method="POST")
    urllib.request.urlopen(request).close()


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def login():
    client = genesys.api_client.ApiClient(host=BASE)
    return client.get_client_credentials_token("sandbox", "sandbox")


def join(queue, user):
    """Makes a user a member of a queue."""
    genesys.RoutingApi(login()).post_routing_queue_members(queue, [{"id": user}])


def on_queue(*users):
    presence = genesys.PresenceApi(login())
    for user in users:
        presence.patch_user_presences_purecloud(user, {"presenceDefinition": {"id": ON_QUEUE}})


def call(conversation, start, *steps):
    """Tells of a call; a step is its second, the kind of event, whose leg it is about, and more."""
    legs = collections.defaultdict(lambda: str(uuid.uuid4()))
    batch = collections.defaultdict(list)
    for second, kind, leg, more in steps:
        batch[kind].append({
            "eventId": str(uuid.uuid4()),
            "eventDateTime": start + datetime.timedelta(seconds=second),
            "conversationId": conversation, "communicationId": legs[leg], **more})
    errors = genesys.EventsApi(login()).post_events_conversations(dict(batch)).errors
    if errors:
        raise RuntimeError(f"a call can't be as it should: {errors}")


def arrives(second, number):
    return second, "externalEstablishedEvents", "customer", {
        "ani": f"tel:{number}", "initialConfiguration": {"inbound": True}}


def waits(second, queue):
    return second, "routingEstablishedEvents", "acd", {
        "queueId": queue, "initialConfiguration": {"inbound": True}}


def rings(second, user, queue, after_call_work=False):
    return second, "userEstablishedEvents", user, {
        "userId": user, "queueId": queue, "afterCallWorkRequired": after_call_work,
        "initialConfiguration": {"alerting": True, "inbound": True}}


def answers(second, user):
    return second, "communicationAnsweredEvents", user, {}


def holds(second, user, held):
    return second, "holdUpdatedEvents", user, {"held": held}


def ends(second, leg, how="Peer"):
    return second, "communicationEndedEvents", leg, {"disconnectType": how}


def written_up(second, user):
    return second, "communicationDispositionAppliedEvents", user, {
        "code": IDS["wrapup_codes"]["Resolved"], "notes": "done"}


def calls_of_today():
    """Three calls for Support and one for Sales, all over."""
    start = now().replace(microsecond=0) - datetime.timedelta(minutes=10)
    # Answered after 20 s of waiting; 60 s and 30 s of talk, with 15 s of hold between them.
    call(CALLS[0], start, arrives(0, "+49301111111"), waits(5, SUPPORT),
         rings(15, ADA, SUPPORT, after_call_work=True), answers(25, ADA),
         ends(25, "acd", "Transfer"), holds(85, ADA, True), holds(100, ADA, False),
         ends(130, ADA), ends(130, "customer"), written_up(140, ADA))
    # Nobody at the first desk; answered at the second after 12 s; 120 s of talk.
    call(CALLS[1], start, arrives(0, "+49302222222"), waits(2, SUPPORT),
         rings(4, CEM, SUPPORT), ends(9, CEM, "System"), rings(9, BEN, SUPPORT),
         answers(14, BEN), ends(14, "acd", "Transfer"), ends(134, BEN), ends(134, "customer"))
    # Given up after 30 s.
    call(CALLS[2], start, arrives(0, "+49303333333"), waits(3, SUPPORT), ends(33, "acd"),
         ends(33, "customer"))
    call(CALLS[3], start, arrives(0, "+49304444444"), waits(1, SALES), rings(2, DORA, SALES),
         answers(4, DORA), ends(4, "acd", "Transfer"), ends(50, DORA), ends(50, "customer"))


def calls_of_now():
    """Support: a call with Ada, and one that waits. Sales: one with Dora."""
    on_queue(ADA, BEN, DORA)
    call(CALLS[0], now(), arrives(0, "+49301111111"), waits(0, SUPPORT),
         rings(0, ADA, SUPPORT), answers(0, ADA), ends(0, "acd", "Transfer"))
    call(CALLS[1], now(), arrives(0, "+49302222222"), waits(0, SUPPORT))
    call(CALLS[2], now(), arrives(0, "+49303333333"), waits(0, SALES), rings(0, DORA, SALES),
         answers(0, DORA), ends(0, "acd", "Transfer"))


# The examples: each gives the lines that its user would see.


def messages(socket):
    """What a socket hears but for its heartbeats."""
    while True:
        message = json.loads(socket.recv(timeout=10))
        if message["topicName"].lower() != "channel.metadata":
            yield message


def queue_watcher(name, meanwhile):
    """notification_service.py: who of a queue comes and goes."""
    client = login()
    found = genesys.RoutingApi(client).get_routing_queues(name=name).entities
    queue = next((entity for entity in found if entity.name == name), None)
    if queue is None:
        return [f"there is no {name} to watch"]
    notifications = genesys.NotificationsApi(client)
    channel = notifications.post_notifications_channels()
    topic = f"v2.routing.queues.{queue.id}.users"
    notifications.put_notifications_channel_subscriptions(channel.id, [{"id": topic}])
    with connect(channel.connect_uri) as socket:
        meanwhile()
        message = next(messages(socket))
    return [f"watching {queue.name}, {queue.id}",
            f"{message['topicName']} tells of {message['eventBody']['user']['id']}"]


def week_of_queue(name):
    """analytics-conversation-aggregate-query.py: a queue's figures of seven days."""
    client = login()
    queue = genesys.RoutingApi(client).get_routing_queues(name=name).entities[0]
    # A time without a zone is one of UTC.
    until = now().replace(microsecond=0, tzinfo=None)
    since = until - datetime.timedelta(days=7)
    predicate = genesys.ConversationAggregateQueryPredicate()
    predicate.dimension = "queueId"
    predicate.value = queue.id
    clause = genesys.ConversationAggregateQueryClause()
    clause.type = "or"
    clause.predicates = [predicate]
    query = genesys.ConversationAggregationQuery()
    query.interval = f"{since.isoformat()}/{until.isoformat()}"
    query.group_by = ["queueId"]
    query.metrics = ["nOffered", "tAnswered", "tTalk"]
    query.filter = genesys.ConversationAggregateQueryFilter()
    query.filter.type = "and"
    query.filter.clauses = [clause]
    answer = genesys.AnalyticsApi(client).post_analytics_conversations_aggregates_query(query)
    lines = []
    for result in answer.results:
        lines.append(f"{result.group['mediaType']} of {result.group['queueId']}")
        figures = {metric.metric: metric.stats for data in result.data for metric in data.metrics}
        lines.append(f"offered: {figures['nOffered'].count}")
        for what, metric in [("waited", "tAnswered"), ("talked", "tTalk")]:
            stats = figures[metric]
            lines.append(f"{what}: {stats.count} times, {stats.sum:.0f} ms in all, "
                         f"{stats.max:.0f} ms at most")
    return lines


def observe(client, query):
    return genesys.AnalyticsApi(client).post_analytics_queues_observations_query(query).results


def agents_on_queue(name):
    """number-of-agents-on-queue/script.py."""
    client = login()
    found = genesys.RoutingApi(client).get_routing_queues(name=name).entities
    if not found:
        return ["Queue not found"]
    query = genesys.QueueObservationQuery()
    query.metrics = ["oOnQueueUsers"]
    query.filter = genesys.QueueObservationQueryFilter()
    query.filter.type = "or"
    query.filter.clauses = [genesys.QueueObservationQueryClause()]
    query.filter.clauses[0].type = "or"
    query.filter.clauses[0].predicates = [genesys.QueueObservationQueryPredicate()]
    query.filter.clauses[0].predicates[0].dimension = "queueId"
    query.filter.clauses[0].predicates[0].value = found[0].id
    # One entry for each routing status; none if nobody is on queue.
    data = observe(client, query)[0].data
    return [f"{name} has {data[0].stats.count if data else 0} on queue"]


def wallboard(queue, meanwhile):
    """real-time-queue-observation-query/index.py: looks anew whenever a conversation changes."""
    client = login()
    notifications = genesys.NotificationsApi(client)
    channel = notifications.post_notifications_channels()
    topic = genesys.ChannelTopic()
    topic.id = f"v2.routing.queues.{queue}.conversations"
    notifications.put_notifications_channel_subscriptions(channel.id, [topic])
    with connect(channel.connect_uri) as socket:
        meanwhile()
        message = next(messages(socket))
    if message["topicName"].lower() != topic.id:
        return [f"{message['topicName']} wasn't asked for"]
    # There is a customer in each of them.
    if "customer" not in [p["purpose"] for p in message["eventBody"]["participants"]]:
        return ["nobody called"]
    results = observe(client, {
        "filter": {"type": "AND", "clauses": [
            {"type": "or", "predicates": [{"dimension": "queueId", "value": queue}]}]},
        "detailMetrics": ["oInteracting"], "metrics": ["oUserRoutingStatuses"]})
    blocks = []
    for result in results:
        for data in result.data or []:
            if not data.stats.count:
                continue
            kind = data.qualifier or result.group["mediaType"]
            blocks.append([f"{data.metric}, {kind}: {data.stats.count}"] + [
                f"- {seen.conversation_id}: {seen.user_id} with {seen.ani}"
                for seen in data.observations or []])
    return [line for block in sorted(blocks) for line in block]


def permission_domains(chosen):
    """sdk-basics/overview.py; of all that there are, the chosen ones."""
    authorization = genesys.AuthorizationApi(login())
    listing = authorization.get_authorization_permissions()
    domains = {entity.domain for entity in listing.entities}
    for page in range(2, (listing.page_count or 1) + 1):
        listing = authorization.get_authorization_permissions(page_number=page)
        domains.update(entity.domain for entity in listing.entities)
    return sorted(domains & set(chosen))


def agents_by_skill(name, page_size=100):
    """find_onqueue_agents_by_skill.py: queue by queue, page by page."""
    client = login()
    routing = genesys.RoutingApi(client)
    skills = {skill.name: skill.id for skill in routing.get_routing_skills().entities}
    if name not in skills:
        return [f"nobody can know {name}"]
    lines, page, pages = [], 1, 1
    while page <= pages:
        queues = routing.get_routing_queues(page_size=page_size, page_number=page)
        for queue in queues.entities:
            for member in members(routing, queue.id, page_size):
                knows = skills[name] in [skill.id for skill in member.user.skills]
                presence = member.user.presence.presence_definition.system_presence
                if knows and presence == "On Queue":
                    user = genesys.UsersApi(client).get_user(member.id)
                    lines.append(f"{queue.name} ({queue.id}): {user.name} ({user.id}) "
                                 f"knows {name} ({skills[name]})")
        page, pages = page + 1, queues.page_count
    return lines


def members(routing, queue, page_size):
    """A queue's members; their listing doesn't say how many pages there are, only whether more."""
    page, more = 1, True
    while more:
        listing = routing.get_routing_queue_members(
            queue, page_size=page_size, page_number=page, joined=True,
            expand=["skills", "routingStatus", "presence"])
        yield from listing.entities
        page, more = page + 1, listing.next_uri is not None


def new_user():
    """user-management/user.py: hires, then renames."""
    users = genesys.UsersApi(login())
    wanted = genesys.CreateUser()
    wanted.name = "Greta Hale"
    wanted.email = "greta.hale@example.com"
    wanted.password = uuid.uuid4().hex
    created = users.post_users(wanted)
    phone = genesys.Contact()
    phone.address = "+13175550100"
    phone.media_type = "PHONE"
    phone.type = "WORK"
    change = genesys.UpdateUser()
    change.version = created.version
    change.name = "Greta Hale-Moor"
    change.addresses = [phone]
    updated = users.patch_user(created.id, change)
    return [f"{created.name} is hired",
            f"{updated.name} is at {updated.addresses[0].address}",
            f"the same, {updated.version - created.version} version later: "
            f"{updated.id == str(uuid.UUID(created.id))}"]


def last_logins(page_size=100):
    """user_last_login.py: who never came, then who didn't come for long."""
    users = genesys.UsersApi(login())
    everybody, page, pages = [], 1, 1
    while page <= pages:
        listing = users.get_users(
            page_size=page_size, page_number=page, expand=["dateLastLogin"])
        everybody += listing.entities
        page, pages = page + 1, listing.page_count
    today = now()
    never = [user for user in everybody if user.date_last_login is None]
    ever = [user for user in everybody if user.date_last_login is not None]
    ever.sort(key=lambda user: (today - user.date_last_login).days, reverse=True)
    return [f"{user.id},{user.email}," for user in never] + [
        f"{user.id},{user.email},{user.date_last_login.isoformat()}" for user in ever
    ] + [f"never: {len(never)}", f"ever: {len(ever)}"]


def roles():
    """oauth-client-credentials.py: logs in and lists roles, without the SDK."""
    answer = requests.post(
        f"{BASE}/oauth/token", data={"grant_type": "client_credentials"},
        auth=("sandbox", "sandbox"), timeout=10)
    token = answer.json()
    listing = requests.get(
        f"{BASE}/api/v2/authorization/roles", timeout=10,
        headers={"Authorization": f"{token['token_type']} {token['access_token']}"})
    names = [role["name"] for role in listing.json()["entities"]]
    return [f"login: {answer.status_code}", f"roles: {listing.status_code}",
            f"at least one, each with a name: {bool(names) and all(names)}"]


def code_grant(user, state=None):
    """oauth-auth-code/server.py: what its server and the browser ask for, and in between a user."""
    wanted = {"response_type": "code", "client_id": "sandbox", "redirect_uri": REDIRECT}
    if state is not None:
        wanted["state"] = state
    with requests.Session() as browser:
        page = browser.get(f"{BASE}/oauth/authorize", params=wanted, timeout=10)
        sent = browser.post(f"{BASE}/oauth/authorize", data={**wanted, "user": user},
                            allow_redirects=False, timeout=10)
    where, _, query = sent.headers.get("Location", "").partition("?")
    fields = urllib.parse.parse_qs(query)
    answer = requests.post(
        f"{BASE}/oauth/token", auth=("sandbox", "sandbox"), timeout=10,
        data={"grant_type": "authorization_code", "code": fields.get("code"),
              "redirect_uri": REDIRECT})
    me = requests.get(f"{BASE}/api/v2/users/me", timeout=10,
                      headers={"Authorization": f"Bearer {answer.json().get('access_token')}"})
    return [f"page: {page.status_code} {page.headers['Content-Type'].partition(';')[0]}",
            f"sent on: {sent.status_code in (302, 303)}, to {where}",
            f"state: {fields.get('state', ['none'])[0]}",
            f"welcome, {me.json().get('name')}"]


def callback(queue):
    """callbacks-guide.py, and what became of it."""
    conversations = genesys.ConversationsApi(login())
    wanted = genesys.CreateCallbackCommand()
    wanted.routing_data = genesys.RoutingData()
    wanted.routing_data.queue_id = queue
    wanted.callback_user_name = "Mia Brandt"
    wanted.callback_numbers = ["+4930555123"]
    wanted.caller_id = "+4930555000"
    wanted.caller_id_name = "Example Ltd"
    wanted.data = {"contract": "A-17"}
    created = conversations.post_conversations_callbacks(wanted)
    kinds = sorted(identifier.type for identifier in created.callback_identifiers)
    found = conversations.get_conversation(created.conversation.id)
    lines = [f"callbacks: {', '.join(kinds)}"]
    for participant in found.participants:
        promised = participant.callbacks[0]
        lines.append(f"{participant.purpose}: {promised.callback_user_name} "
                     f"at {', '.join(promised.callback_numbers)}")
    waiting = [p.queue_id for p in found.participants if p.purpose == "acd"]
    noted = {name: value for participant in found.participants
             for name, value in (participant.attributes or {}).items()}
    return lines + [f"waits in {', '.join(waiting)}", f"noted: {noted}"]


# What they show: what is there beforehand, the example, and by hand what is to be seen.

TABLE = [
    ("queue watcher", None,
     # Of members, not of what they do: nothing is told of Ada, who goes on queue.
     lambda: queue_watcher("Support", meanwhile=lambda: (on_queue(ADA), join(SUPPORT, DORA))),
     [f"watching Support, {SUPPORT}", f"v2.routing.queues.{SUPPORT}.users tells of {DORA}"]),
    ("queue watcher without a queue", None,
     lambda: queue_watcher("Complaints", meanwhile=lambda: None),
     ["there is no Complaints to watch"]),
    ("week's statistics", calls_of_today,
     lambda: week_of_queue("Support"),
     [f"voice of {SUPPORT}",
      "offered: 3",
      # 20 s and 12 s.
      "waited: 2 times, 32000 ms in all, 20000 ms at most",
      # 60 s, 30 s and 120 s: a hold ends one time of talk, and another begins after it.
      "talked: 3 times, 210000 ms in all, 120000 ms at most"]),
    ("number of agents, nobody on queue", None,
     lambda: agents_on_queue("Support"),
     ["Support has 0 on queue"]),
    ("number of agents on queue", lambda: on_queue(ADA, CEM, DORA),
     lambda: agents_on_queue("Support") + agents_on_queue("Sales") + agents_on_queue("Complaints"),
     ["Support has 2 on queue", "Sales has 1 on queue", "Queue not found"]),
    ("wallboard", None,
     lambda: wallboard(SUPPORT, meanwhile=calls_of_now),
     ["oInteracting, voice: 1", f"- {CALLS[0]}: {ADA} with tel:+49301111111",
      "oUserRoutingStatuses, IDLE: 1", "oUserRoutingStatuses, INTERACTING: 1",
      "oUserRoutingStatuses, OFF_QUEUE: 1"]),
    ("permissions", None,
     lambda: permission_domains(["routing", "conversation", "no such domain"]),
     ["conversation", "routing"]),
    # Ada, who isn't on queue, and Cem and Dora, who know nothing of it, are left out.
    *[(f"on-queue agents by skill, {size} a page", lambda: on_queue(BEN, CEM, DORA),
       lambda size=size: agents_by_skill("Billing", page_size=size),
       [f"{queue} ({IDS['queues'][queue]}): Ben Okafor ({BEN}) "
        f"knows Billing ({IDS['skills']['Billing']})" for queue in ["Sales", "Support"]])
      for size in [100, 1]],
    ("on-queue agents by a skill that isn't there", None,
     lambda: agents_by_skill("Juggling"),
     ["nobody can know Juggling"]),
    ("user management", None, new_user,
     ["Greta Hale is hired", "Greta Hale-Moor is at +13175550100",
      "the same, 1 version later: True"]),
    *[(f"last logins, {size} a page", None, lambda size=size: last_logins(page_size=size),
       [f"{BEN},ben.okafor@example.com,",
        f"{DORA},dora.novak@example.com,2025-12-19T07:15:00+00:00",
        f"{ADA},ada.lindt@example.com,2026-01-05T08:00:00+00:00",
        f"{CEM},cem.yilmaz@example.com,2026-02-10T16:30:00+00:00",
        "never: 1", "ever: 3"])
      for size in [100, 3]],
    ("client credentials", None, roles,
     ["login: 200", "roles: 200", "at least one, each with a name: True"]),
    ("code grant", None, lambda: code_grant(CEM),
     ["page: 200 text/html", f"sent on: True, to {REDIRECT}", "state: none",
      "welcome, Cem Yilmaz"]),
    ("code grant with a state", None, lambda: code_grant(DORA, state="s&t=a te"),
     ["page: 200 text/html", f"sent on: True, to {REDIRECT}", "state: s&t=a te",
      "welcome, Dora Novak"]),
    ("callback", None, lambda: callback(SUPPORT),
     ["callbacks: ACD, EXTERNAL", "customer: Mia Brandt at +4930555123",
      "acd: Mia Brandt at +4930555123", f"waits in {SUPPORT}", "noted: {'contract': 'A-17'}"]),
]


def main():
    for name, before, example, expected in TABLE:
        try:
            reset()
            if before is not None:
                before()
            found = example()
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
        if found != expected:
            print(f"FAILED {name}: expected {expected!r}, found {found!r}")
            sys.exit(1)
        print(f"ok {name}")
    print(f"{len(TABLE)} examples")


main()
