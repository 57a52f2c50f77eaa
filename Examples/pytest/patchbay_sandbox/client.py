"""The sandbox as a test sees it: customers, faults, the clock, and the journal.

Everything here goes through the sandbox's own paths below `/sandbox`, which
`GET /sandbox/openapi.json` describes. What is under test talks to the platform's paths by itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import ProxyHandler, Request, build_opener

if TYPE_CHECKING:
    from typing_extensions import Unpack

JSON = Any
"""What `json.loads` gives."""

Duration = str | int | float
"""A number of seconds, or a duration as the sandbox writes it, such as `"1m30s"` or `"25h"`."""

RequestFault = Literal[
    "rate_limited",
    "server_error",
    "unavailable",
    "dropped",
    "gateway_timeout",
    "dropped_before",
    "malformed",
    "slow",
    "token_expired",
    "token_revoked",
]
NotificationFault = Literal[
    "notification_lost",
    "notification_duplicated",
    "notification_reordered",
    "socket_closing",
    "socket_cut",
]
FaultKind = RequestFault | NotificationFault | Literal["socket_refused"]

Medium = Literal["voice", "callback", "chat", "email", "message"]


class Filter(TypedDict, total=False):
    """Which lines of the journal are meant; what isn't named may be anything.

    A path may hold an asterisk for a segment, or at its end for all that follow.
    """

    kind: Literal["request", "socket", "happening", "notification", "all"]
    method: str
    path: str
    user: str
    client: str
    status: int
    fault: str
    user_agent: str
    topic: str
    channel: str
    after: int


class Expectation(Filter, total=False):
    """Lines of the journal, and how many there are to be: once, unless `times` says otherwise."""

    times: int


class SandboxError(Exception):
    """The sandbox refused what a test asked of it, for the reason that it gives."""

    def __init__(self, status: int, code: str, message: str, asked: str) -> None:
        super().__init__(f"{message} ({status} {code}, asked for {asked})")
        self.status = status
        self.code = code
        self.message = message


class NotInTime(SandboxError, TimeoutError):
    """What was waited for hasn't come."""


class Unverified(SandboxError, AssertionError):
    """The journal has something else than was expected."""


@dataclass(frozen=True)
class Party:
    """Somebody's latest part in a call, as it stood when the sandbox was last asked."""

    participant_id: str
    communication_id: str
    state: str
    user_id: str | None
    queue_id: str | None


class Call:
    """A call that a test placed. Each method has somebody do something, and then shows the rest."""

    customer: Party
    """Who calls."""
    acd: Party | None
    """The queue's part, if it came through one."""
    agent: Party | None
    """The part of the agent at whom it rings, or who has it; None while it waits."""

    def __init__(self, sandbox: Sandbox, placed: JSON) -> None:
        self._sandbox = sandbox
        self.conversation_id: str = placed["conversationId"]
        self._show(placed)

    def answer(self) -> Call:
        """Has the agent at whom it rings answer."""
        return self._do("answer")

    def hangup(self) -> Call:
        """Has the customer hang up, which ends everybody's part."""
        return self._do("hangup")

    def no_answer(self) -> Call:
        """Has it rung long enough: its agent doesn't respond, and it goes to another or waits."""
        return self._do("noanswer")

    def abandon(self) -> Call:
        """Has the customer hang up before anybody has answered."""
        return self._do("abandon")

    def _do(self, what: str) -> Call:
        self._show(self._sandbox.ask("POST", f"/sandbox/calls/{self.conversation_id}/{what}"))
        return self

    def _show(self, placed: JSON) -> None:
        def party(name: str) -> Party | None:
            found = placed.get(name)
            return found and Party(
                found["participantId"],
                found["communicationId"],
                found["state"],
                found.get("userId"),
                found.get("queueId"),
            )

        customer = party("customer")
        assert customer is not None, "a call has a customer"
        self.customer, self.acd, self.agent = customer, party("acd"), party("agent")

    def __repr__(self) -> str:
        return f"<Call {self.conversation_id}, agent {self.agent}>"


class Sandbox:
    """A sandbox that runs, with what a test may do to it.

    - `url` is what the code under test takes for the platform, `notifications_url` where the
      sockets of its channels are;
    - `client_id` and `client_secret` are what it logs in with.
    """

    def __init__(
        self,
        url: str,
        notifications_url: str = "",
        *,
        client_id: str = "sandbox",
        client_secret: str = "sandbox",
    ) -> None:
        self.url = url.rstrip("/")
        self.notifications_url = notifications_url
        self.client_id = client_id
        self.client_secret = client_secret
        # A proxy of the environment leads away from the loopback interface.
        self._opener = build_opener(ProxyHandler({}))

    # Who is there, and what happens

    def token(self, user: str | None = None, lifetime: Duration | None = None) -> str:
        """A token of a user, as a login in a browser would give it; without a user, the client's.

        `lifetime` is how long it is good for, on the sandbox's clock.
        """
        wish = _present(userId=user, lifetime=_duration(lifetime))
        return str(self.ask("POST", "/sandbox/tokens", wish)["access_token"])

    def call(
        self,
        user: str | None = None,
        queue: str | None = None,
        *,
        from_: str | None = None,
        to: str | None = None,
        name: str | None = None,
        skills: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
        media: Medium = "voice",
    ) -> Call:
        """Lets a customer call, and it rings at a user, or at whoever of a queue is free.

        Queues and skills go by their names or their ids, users by their ids.
        """
        wish = _present(
            user=user,
            queue=queue,
            to=to,
            name=name,
            skills=list(skills),
            attributes=dict(attributes or {}),
            media=media,
        )
        if from_ is not None:
            wish["from"] = from_
        return Call(self, self.ask("POST", "/sandbox/calls", wish))

    def advance(self, duration: Duration) -> str:
        """Lets the sandbox's time pass; gives its present. Nothing waits for that in real time."""
        wish = {"advance": _duration(duration)}
        return str(self.ask("POST", "/sandbox/clock", wish)["now"])

    def close_sockets(
        self,
        *,
        abruptly: bool = False,
        notice: Duration | None = None,
        user: str | None = None,
        channel: str | None = None,
    ) -> int:
        """Announces that sockets will be closed, and closes them after the notice; says how many.

        Abruptly they break off without a word. `user` is whose channels are meant.
        """
        wish = _present(abruptly=abruptly, notice=_duration(notice), user=user, channel=channel)
        return int(self.ask("POST", "/sandbox/sockets/close", wish)["closing"])

    # What goes wrong

    def next_fault(
        self,
        fault: FaultKind,
        *,
        method: str | None = None,
        path: str | None = None,
        user: str | None = None,
        topic: str | None = None,
        times: int = 1,
        retry_after: Duration | None = None,
        slow_body: Duration | None = None,
    ) -> None:
        """Has the next of what is named go wrong, so many times; then all is well again.

        A request must be well-formed and authorised to be struck. The fixture `sandbox` fails a
        test at whose end one of its faults hasn't struck: it would prove nothing.
        """
        wish = _present(
            fault=fault,
            method=method,
            path=path,
            user=user,
            topic=topic,
            times=times,
            retry_after=_duration(retry_after),
            slow_body=_duration(slow_body),
        )
        self.ask("POST", "/sandbox/faults/next", wish)

    def pending_faults(self) -> list[JSON]:
        """Those of `next_fault` that have yet to strike."""
        return list(self.ask("GET", "/sandbox/faults/next")["faults"])

    def forget_faults(self) -> None:
        """Takes back what `next_fault` asked for and hasn't happened."""
        self.ask("DELETE", "/sandbox/faults/next")

    def faults(self, wish: Mapping[str, JSON]) -> JSON:
        """Says which fractions go wrong from now on, such as `{"rate_limited": 0.3}`."""
        return self.ask("PUT", "/sandbox/faults", dict(wish))

    # What it was asked, and what it told

    def requests(self, **filter: Unpack[Filter]) -> list[JSON]:
        """The requests up to now, oldest first, with status, fault, effects and bodies."""
        return self._lines("/sandbox/journal", {"kind": "request", **filter})

    def sockets(self, **filter: Unpack[Filter]) -> list[JSON]:
        """What happened on sockets: each was `opened`, `refused`, `received` or `closed`."""
        return self._lines("/sandbox/journal", {"kind": "socket", **filter})

    def notifications(self, **filter: Unpack[Filter]) -> list[JSON]:
        """The notifications up to now, with what became of each, such as `sent` or `lost`."""
        return self._lines("/sandbox/notifications", filter)

    def wait_for(
        self, times: int = 1, timeout: Duration = "5s", **filter: Unpack[Filter]
    ) -> list[JSON]:
        """Waits until the journal has so many lines that fit, and gives all that do.

        Raises `NotInTime` if it hasn't within the timeout, which is in real time on any clock.
        """
        wish = {"times": times, "timeout": _duration(timeout), **filter}
        return list(self.ask("POST", "/sandbox/journal/wait", wish)["entries"])

    def verify(
        self, expected: Sequence[Expectation], exactly: bool = False, after: int | None = None
    ) -> None:
        """Checks that the journal has all that is expected; `exactly` that and no other request.

        Raises `Unverified`, an `AssertionError`, with everything that is otherwise.
        """
        wish = _present(requests=list(expected), exactly=exactly, after=after)
        self.ask("POST", "/sandbox/journal/verify", wish)

    # How things stand

    def state(self) -> JSON:
        """Counts and states, as `GET /sandbox/state` has them."""
        return self.ask("GET", "/sandbox/state")

    def reset(self, *, clients: bool = True) -> None:
        """Goes back to the start: people, calls, faults, clock and journal.

        With `clients`, tokens and channels end too, as if nobody had logged in.
        """
        self.ask("POST", f"/sandbox/reset?clients={str(clients).lower()}")

    def snapshot(self, name: str) -> None:
        """Remembers how things stand under a name; tokens and channels are no part of it."""
        self.ask("PUT", f"/sandbox/snapshots/{quote(name, safe='')}")

    def restore(self, name: str) -> None:
        """Goes back to a snapshot, the time included."""
        self.ask("POST", f"/sandbox/snapshots/{quote(name, safe='')}/restore")

    def ask(self, method: str, path: str, body: JSON = None) -> JSON:
        """Asks for any of the sandbox's own paths; raises `SandboxError` if it refuses."""
        request = Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            # Longer than the longest wait of the journal, a minute.
            with self._opener.open(request, timeout=90) as answer:
                text = answer.read()
        except HTTPError as error:
            with error:
                raise _refusal(error.code, error.read(), f"{method} {path}") from None
        return json.loads(text) if text else None

    def _lines(self, path: str, filter: Mapping[str, JSON]) -> list[JSON]:
        return list(self.ask("GET", f"{path}?{urlencode({'limit': 100_000, **filter})}")["entries"])

    def __repr__(self) -> str:
        return f"<Sandbox {self.url}>"


def _present(**members: JSON) -> dict[str, JSON]:
    return {name: value for name, value in members.items() if value is not None}


def _duration(duration: Duration | None) -> str | None:
    if duration is None or isinstance(duration, str):
        return duration
    return f"{round(duration * 1000)}ms"


def _refusal(status: int, text: bytes, asked: str) -> SandboxError:
    try:
        body = json.loads(text)
        code, message = body["code"], body["message"]
    except (ValueError, KeyError, TypeError):
        code, message = "unknown", text.decode(errors="replace")
    kinds: dict[str, type[SandboxError]] = {
        "sandbox.timeout": NotInTime,
        "sandbox.unverified": Unverified,
    }
    return kinds.get(code, SandboxError)(status, code, message, asked)
