"""Holds a sandbox to the models of the official Genesys Cloud SDK for Python.

Usage: models.py BASE_URL
Looks through the sandbox's OpenAPI document, and through the bodies of its journal and of its
notifications. Prints a line for each problem, with how often it was found, and at last what there
was to look at in bodies. Exits with 1 if there was a problem.

Only bodies and documents are read: the SDK itself is lenient, since it drops what it doesn't know.
"""

import ast
import collections
import functools
import glob
import inspect
import json
import os
import re
import sys
import tempfile
import urllib.parse
import urllib.request

# The SDK reads a configuration file below HOME and watches it.
os.environ["HOME"] = tempfile.mkdtemp()

import PureCloudPlatformClientV2 as genesys  # noqa: E402

# What the sandbox answers below /api/v2 although the SDK doesn't know it.
EXEMPT = {"/api/v2/interactions/events"}

# What a text of a type looks like, where that isn't any text.
TEXTS = {
    "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)",
    "date": r"\d{4}-\d\d-\d\d",
    "LocalDateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?",
    "YearMonth": r"\d{4}-\d\d",
}

# How an OpenAPI document says the same, as far as it can.
FORMATS = {"datetime": "date-time", "date": "date"}

# The kinds of JSON values that a type takes; any other type is a model, and takes objects.
KINDS = {
    "str": {"string"}, "datetime": {"string"}, "date": {"string"}, "LocalDateTime": {"string"},
    "YearMonth": {"string"}, "bool": {"boolean"}, "int": {"integer"},
    "float": {"integer", "number"},
}

# The models of notifications by topic: rows of the SDK for the command line's
# notificationMappings.json, whose names are also those of the SDK for Python.
TOPICS = {
    "v2.users.{id}.presence": "PresenceEventUserPresence",
    "v2.users.{id}.routingStatus": "UserRoutingStatusUserRoutingStatus",
    "v2.users.{id}.activity": "AgentActivityChangedTopicAgentActivity",
    "v2.users.{id}.conversationsummary": "UserConversationsEventUserConversationSummary",
    "v2.users.{id}.conversations": "ConversationEventTopicConversation",
    "v2.users.{id}.conversations.callbacks": "ConversationCallbackEventTopicCallbackConversation",
    "v2.users.{id}.conversations.calls": "ConversationCallEventTopicCallConversation",
    "v2.users.{id}.conversations.chats": "ConversationChatEventTopicChatConversation",
    "v2.users.{id}.conversations.cobrowseSessions":
        "ConversationCobrowseEventTopicCobrowseConversation",
    "v2.users.{id}.conversations.emails": "ConversationEmailEventTopicEmailConversation",
    "v2.users.{id}.conversations.messages": "ConversationMessageEventTopicMessageConversation",
    "v2.users.{id}.conversations.screenshares":
        "ConversationScreenShareEventTopicScreenShareConversation",
    "v2.users.{id}.conversations.socialexpressions":
        "ConversationSocialExpressionEventTopicSocialConversation",
    "v2.users.{id}.conversations.videos": "ConversationVideoEventTopicVideoConversation",
    "v2.routing.queues.{id}.users": "QueueUserEventTopicQueueMember",
    "v2.routing.queues.{id}.conversations": "QueueConversationEventTopicConversation",
    "v2.routing.queues.{id}.conversations.callbacks":
        "QueueConversationCallbackEventTopicCallbackConversation",
    "v2.routing.queues.{id}.conversations.calls":
        "QueueConversationCallEventTopicCallConversation",
    "v2.routing.queues.{id}.conversations.chats":
        "QueueConversationChatEventTopicChatConversation",
    "v2.routing.queues.{id}.conversations.cobrowseSessions":
        "QueueConversationCobrowseEventTopicCobrowseConversation",
    "v2.routing.queues.{id}.conversations.emails":
        "QueueConversationEmailEventTopicEmailConversation",
    "v2.routing.queues.{id}.conversations.messages":
        "QueueConversationMessageEventTopicMessageConversation",
    "v2.routing.queues.{id}.conversations.screenshares":
        "QueueConversationScreenShareEventTopicScreenShareConversation",
    "v2.routing.queues.{id}.conversations.socialexpressions":
        "QueueConversationSocialExpressionEventTopicConversation",
    "v2.routing.queues.{id}.conversations.videos": "QueueConversationVideoEventTopicConversation",
    "v2.detail.events.conversation.{id}.acd.start": "AcdStartDetailEventTopicAcdStartEvent",
    "v2.detail.events.conversation.{id}.acd.end": "AcdEndDetailEventTopicAcdEndEvent",
    "v2.detail.events.conversation.{id}.user.start": "UserStartDetailEventTopicUserStartEvent",
    "v2.detail.events.conversation.{id}.user.end": "UserEndDetailEventTopicUserEndEvent",
    "v2.detail.events.conversation.{id}.customer.start":
        "CustomerStartDetailEventTopicCustomerStartEvent",
    "v2.detail.events.conversation.{id}.customer.end":
        "CustomerEndDetailEventTopicCustomerEndEvent",
    "v2.detail.events.conversation.{id}.acw": "AcwDetailEventTopicAfterCallWorkEvent",
    "v2.detail.events.conversation.{id}.wrapup": "WrapupDetailEventTopicWrapupEvent",
}

# What a channel says about itself, which no mapping has a model for.
OWN_TOPICS = {"channel.metadata", "v2.system.socket_closing"}

# Types by name: of the query's parameters, of the body and of the answer.
Operation = collections.namedtuple("Operation", "query body response")

# The models whose members were looked at in a value.
walked = set()


@functools.lru_cache(maxsize=None)
def operations():
    """The SDK's operations by method and path template."""
    found = {}
    for path in glob.glob(os.path.join(os.path.dirname(genesys.__file__), "apis", "*.py")):
        with open(path, encoding="utf-8") as file:
            for source in re.split(r"\n    def ", file.read())[1:]:
                template = re.search(r"resource_path = '([^']*)'", source)
                if template:
                    method = re.search(r"call_api\(resource_path, '(\w+)'", source).group(1)
                    found[method, template.group(1)] = operation_of(source)
    return found


def operation_of(source):
    """The operation that a method of the SDK calls, by the method's source."""
    types = {name: type_name for type_name, name in
             re.findall(r"^        :param (.+?) (\w+):", source, re.MULTILINE)}
    query = {name: types[argument] for name, argument in
             re.findall(r"query_params\['([^']*)'\] = params\['([^']*)'\]", source)}
    body = re.search(r"body_params = params\['([^']*)'\]", source)
    response = re.search(r"response_type='([^']*)'", source)
    return Operation(query, types[body.group(1)] if body else None,
                     response.group(1) if response else None)


@functools.lru_cache(maxsize=None)
def positions():
    """The SDK's operations by method and path template, whatever the parameters' names are."""
    return {(method, nameless(template)): operation
            for (method, template), operation in operations().items()}


def nameless(template):
    return re.sub(r"\{[^}]*\}", "{}", template)


@functools.lru_cache(maxsize=None)
def templates(method, length):
    """The templates of a method that have so many segments."""
    return [(template, template.split("/")) for known, template in operations()
            if known == method and template.count("/") + 1 == length]


@functools.lru_cache(maxsize=None)
def match(method, path):
    """The template that a path goes to; literal segments win over parameters."""
    segments = path.split("/")
    matching = [(template, names) for template, names in templates(method, len(segments))
                if all(n.startswith("{") or n == s for n, s in zip(names, segments))]
    if not matching:
        return match("GET", path) if method == "HEAD" else None
    return max(matching, key=lambda m: [not name.startswith("{") for name in m[1]])[0]


@functools.lru_cache(maxsize=None)
def model(name):
    """A model's members by their names in JSON, each a type and the values allowed, or None."""
    instance = getattr(genesys.models, name)()
    names = instance.attribute_map
    values = allowed_values(type(instance))
    return {names[member]: (type_name, values.get(member))
            for member, type_name in instance.swagger_types.items()}


def allowed_values(model_class):
    """The values that a class's setters let through, by member."""
    found = {}
    for function in ast.walk(ast.parse(inspect.getsource(model_class))):
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                if isinstance(statement, ast.Assign) and \
                        getattr(statement.targets[0], "id", None) == "allowed_values":
                    found[function.name] = ast.literal_eval(statement.value)
    return found


def parts(type_name):
    """Whether a type is a list, a dict or something by itself, and the type inside."""
    inside = re.fullmatch(r"list\[(.*)\]", type_name)
    if inside:
        return "list", inside.group(1)
    inside = re.fullmatch(r"dict\([^,]*, (.*)\)", type_name)
    if inside:
        return "dict", inside.group(1)
    return "single", type_name


def kinds_of(type_name):
    """The kinds of JSON values that a type takes."""
    if parts(type_name)[0] == "list":
        return {"array"}
    return KINDS.get(type_name, {"object"})


def kind(value):
    """A JSON value's kind, as an OpenAPI document would call it."""
    if isinstance(value, bool):
        return "boolean"
    names = {type(None): "null", int: "integer", float: "number", str: "string", list: "array",
             dict: "object"}
    return names[type(value)]


def enum_problems(value, allowed, where):
    """What is wrong with a value where only some are allowed."""
    if allowed is None or str(value) in allowed:
        return []
    for other in allowed:
        if str(value).lower() == other.lower():
            return [f"{where}: case: {value!r}, the SDK has {other!r}"]
    return [f"{where}: {value!r} isn't one of {', '.join(allowed)}"]


def problems(value, type_name, where, allowed=None):
    """What is wrong with a JSON value of an SDK's type; allowed are the values of an enum."""
    if type_name == "object":
        return []
    if value is None:
        return [f"{where}: null where nothing would do"]
    if kind(value) not in kinds_of(type_name):
        return [f"{where}: {kind(value)}, the SDK has {type_name}"]
    shape, inner = parts(type_name)
    if shape == "list":
        return [p for v in value for p in problems(v, inner, f"{where}[]")]
    if shape == "dict":
        return [p for v in value.values() if v is not None
                for p in problems(v, inner, f"{where}{{}}")]
    if type_name in TEXTS and not re.fullmatch(TEXTS[type_name], value):
        # The digits don't matter, and would keep the same problem from being counted.
        return [f"{where}: {re.sub('[0-9]', '0', value)!r} isn't a {type_name}"]
    if type_name in KINDS:
        return enum_problems(value, allowed, where)
    walked.add(type_name)
    found = []
    members = model(type_name)
    for name, member in value.items():
        if name in members:
            found += problems(member, members[name][0], f"{where}.{name}", members[name][1])
        else:
            found.append(f"{where}.{name}: not a member of {type_name}")
    return found


def resolved(document, schema):
    """A schema or a parameter itself instead of a reference to it."""
    while "$ref" in schema:
        target = document
        for name in schema["$ref"].removeprefix("#/").split("/"):
            target = target[name]
        schema = target
    return schema


def schema_kinds(schema):
    """The kinds that a schema admits but null, or an empty set if it doesn't say."""
    named = schema.get("type", [])
    if "type" not in schema:
        for key, name in [("properties", "object"), ("items", "array")]:
            if key in schema:
                return {name}
    return ({named} if isinstance(named, str) else set(named)) - {"null"}


def schema_problems(document, schema, type_name, where, allowed=None, above=()):
    """What is wrong with a schema of an SDK's type; above are the models that it is a part of."""
    mark = (schema.get("$ref"), type_name)
    if type_name == "object" or mark[0] and mark in above:
        return []
    above += (mark,)
    schema = resolved(document, schema)
    found = []
    for key in ("allOf", "anyOf", "oneOf"):
        for part in schema.get(key, []):
            found += schema_problems(document, part, type_name, where, allowed, above)
    if not schema_kinds(schema) <= kinds_of(type_name):
        names = "/".join(sorted(schema_kinds(schema)))
        return found + [f"{where}: {names}, the SDK has {type_name}"]
    if type_name in FORMATS and "string" in schema_kinds(schema) \
            and schema.get("format") != FORMATS[type_name]:
        found.append(f"{where}: no format {FORMATS[type_name]}, the SDK has {type_name}")
    for value in schema.get("enum", [schema["const"]] if "const" in schema else []):
        if value is not None:
            found += enum_problems(value, allowed, where)
    shape, inner = parts(type_name)
    properties = schema.get("properties", {})
    if shape == "list":
        return found + schema_problems(
            document, schema.get("items", {}), inner, f"{where}[]", None, above)
    if shape == "dict":
        more = schema.get("additionalProperties")
        for member in [*properties.values(), *([more] if isinstance(more, dict) else [])]:
            found += schema_problems(document, member, inner, f"{where}{{}}", None, above)
        return found
    if properties:
        members = model(type_name)
        for name, member in properties.items():
            if name in members:
                found += schema_problems(document, member, members[name][0], f"{where}.{name}",
                                         members[name][1], above)
            else:
                found.append(f"{where}.{name}: not a member of {type_name}")
    return found


def body_problems(document, content, type_name, where):
    """What is wrong with a request's or an answer's content, against the SDK's type or None."""
    schema = content.get("application/json", {}).get("schema")
    if schema is None:
        return [] if type_name is None else [f"{where}: no body, the SDK has {type_name}"]
    if type_name is None:
        return [f"{where}: a body, the SDK has none"] if schema else []
    return schema_problems(document, schema, type_name, f"{where} {type_name}")


def check_operation(document, where, operation, described, shared):
    """What is wrong with an operation's description; shared are the path's own parameters."""
    found = []
    for parameter in [*shared, *described.get("parameters", [])]:
        parameter = resolved(document, parameter)
        name = parameter["name"]
        if parameter["in"] == "query" and name not in operation.query:
            found.append(f"{where}?{name}: not a parameter of the SDK's")
        elif parameter["in"] == "query" and parts(operation.query[name])[0] == "single":
            # The SDK sends a list as one text, with commas; anything else goes as it is.
            found += schema_problems(document, parameter.get("schema", {}), operation.query[name],
                                     f"{where}?{name}")
    request = resolved(document, described.get("requestBody", {}))
    found += body_problems(document, request.get("content", {}), operation.body,
                           f"{where} request")
    if where.startswith("HEAD "):
        return found
    statuses = [s for s in ("200", "201", "202") if s in described["responses"]]
    if operation.response and not statuses:
        found.append(f"{where}: no answer with a body, the SDK has {operation.response}")
    for status in statuses:
        response = resolved(document, described["responses"][status])
        found += body_problems(document, response.get("content", {}), operation.response,
                               f"{where} {status}")
    return found


def check_document(document):
    """What is wrong with the sandbox's OpenAPI document, below /api/v2."""
    found = []
    for path, item in document["paths"].items():
        if not path.startswith("/api/v2/") or path in EXEMPT:
            continue
        for method in ("get", "head", "post", "put", "patch", "delete"):
            if method not in item:
                continue
            where = f"{method.upper()} {path}"
            operation = positions().get((method.upper(), nameless(path)))
            if operation is None and method == "head":
                operation = positions().get(("GET", nameless(path)))
            if operation is None:
                found.append(f"{where}: not an operation of the SDK's")
            else:
                found += check_operation(document, where, operation, item[method],
                                         item.get("parameters", []))
    return found


def taken(entry):
    """A request's body without the parts of a batch that the answer says were refused."""
    body, answer = entry.get("requestBody"), entry.get("responseBody")
    if not isinstance(body, dict) or not isinstance(answer, dict):
        return body
    errors = answer.get("errors")
    refused = [e.get("eventId") for e in errors or [] if isinstance(e, dict)]
    return {name: [p for p in part if not isinstance(p, dict) or p.get("eventId") not in refused]
            if refused and isinstance(part, list) else part for name, part in body.items()}


def check_exchange(entry, path, query):
    """What is wrong with an exchange that went well, and the types that were looked at."""
    method = entry["method"]
    template = match(method, path)
    if template is None:
        return [f"{method} {path}: not an operation of the SDK's"], set()
    operation = operations().get((method, template)) or operations()["GET", template]
    where = f"{method} {template}"
    found = [f"{where}?{name}: not a parameter of the SDK's" for name in query
             if name not in operation.query]
    seen = set()
    status = entry["status"]
    for body, type_name, side in [(taken(entry), operation.body, "request"),
                                  (entry.get("responseBody"), operation.response, status)]:
        if body is None:
            continue
        if type_name is None:
            found.append(f"{where} {side}: a body, the SDK has none")
            continue
        found += problems(body, type_name, f"{where} {side} {type_name}")
        seen.add((method, template, type_name))
    return found, seen or {(method, template, None)}


def check_exchanges(entries):
    """What is wrong in the journal below /api/v2, and each method, template and type in it.

    The type is None where there was no body to look at.
    """
    found, seen = [], set()
    for entry in entries:
        target = urllib.parse.urlsplit(entry["target"])
        status = entry.get("status")
        if not target.path.startswith("/api/v2/") or status is None:
            continue
        if status >= 400 and entry.get("responseBody") is not None:
            found += problems(entry["responseBody"], "ErrorBody", f"{status} ErrorBody")
            template = match(entry["method"], target.path) or target.path
            seen.add((entry["method"], template, "ErrorBody"))
        elif 200 <= status < 300 and target.path not in EXEMPT:
            query = dict(urllib.parse.parse_qsl(target.query, keep_blank_values=True))
            more, types = check_exchange(entry, target.path, query)
            found += more
            seen |= types
    return found, seen


def check_notifications(entries):
    """What is wrong with notifications, and the topics they had, as the table writes them."""
    found, seen = [], set()
    for entry in entries:
        if entry["topic"] in OWN_TOPICS:
            continue
        pattern = topic_pattern(entry["topic"])
        if pattern is None:
            found.append(f"{entry['topic']}: no model is known for this topic")
            continue
        found += problems(entry["body"], TOPICS[pattern], f"{pattern} {TOPICS[pattern]}")
        seen.add(pattern)
    return found, seen


def topic_pattern(topic):
    """The table's pattern for a topic."""
    for pattern in TOPICS:
        if re.fullmatch(re.escape(pattern).replace(r"\{id\}", "[^.]+"), topic):
            return pattern
    return None


def fetch(url):
    with urllib.request.urlopen(url) as response:
        return json.loads(response.read())


def main(base):
    found = check_document(fetch(base + "/sandbox/openapi.json"))
    wrong, exchanges = check_exchanges(fetch(base + "/sandbox/journal?limit=100000")["entries"])
    found += wrong
    notifications = fetch(base + "/sandbox/notifications?limit=100000")["entries"]
    wrong, topics = check_notifications([n for n in notifications if n.get("body") is not None])
    found += wrong
    for problem, count in collections.Counter(found).items():
        print(f"{problem} ({count})")
    types = {type_name for _, _, type_name in exchanges} | {TOPICS[topic] for topic in topics}
    print(f"{len(types - {None})} types, {len(walked)} models walked")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main(sys.argv[1])
