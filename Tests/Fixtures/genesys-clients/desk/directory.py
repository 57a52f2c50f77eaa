"""Who works there and how work is set up: queues, members, codes, skills, presences, users."""

import json
import uuid
import urllib.request

from .support import (
    ApiException, genesys, ADA, AVAILABLE, BAD_QUERY, BASE, BEN, BILLING, BREAK, CEM, COFFEE,
    CONFLICT, DORA, Desktop, Ear, GERMAN, MISSING, NOBODY, ON_QUEUE, RESOLVED, SALES, SUPPORT,
    advance, bodies, center, check, customer, hours, last, login_of, now, outcome, place,
    refused, status,
)


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
    check("a queue without a name", status(
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
    check("by two routing statuses", outcome(
        lambda: names(routing_status=["IDLE", "OFF_QUEUE"])), "accepted")
    check("by a part of a name", names(name="Okaf"), [ben])
    check("by a part of a skill", names(skills=["Germ"]), [ben, cem])
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
    check("skills by their beginning", [
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
    check("definitions in use", outcome(
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
    check("an address that is taken", outcome(
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
    check("who has left is offered nothing", "agent" in {
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
