"""The board: follows the calls of a queue's agents by notifications, and by REST after a gap."""

import json
import logging
import queue
import threading
from dataclasses import dataclass
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from .api import Api, ApiError

log = logging.getLogger(__name__)

# A call never goes back to what has a lower rank, whatever comes late.
RANKS = {"ringing": 0, "talking": 1, "held": 1, "after-call work": 2, "done": 3}


@dataclass(frozen=True)
class AgentCall:
    """An agent's part in a call: `phase` is one of `RANKS`, `code` what it was wrapped up with."""

    conversation: str
    participant: str
    agent: str
    phase: str
    code: str | None


class Callboard:
    """Shows who of a queue is on a call. Changes are in `updates`, as `(agent's name, what)`."""

    def __init__(self, api: Api, queue_name: str, backoff: float = 1) -> None:
        self.agents: dict[str, str] = {}  # names by id
        self.calls: dict[str, AgentCall] = {}  # by participant
        self.statuses: dict[str, tuple[str, str]] = {}  # since when, and the routing status
        self.updates: queue.Queue[tuple[str, str]] = queue.Queue()
        self.channel: dict[str, Any] = {}
        self._api, self._queue_name, self._backoff = api, queue_name, backoff
        self._socket: ClientConnection | None = None
        self._lock = threading.RLock()
        self._stopped, self._following = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="callboard", daemon=True)

    def start(self, timeout: float = 30) -> None:
        """Reads who there is, and follows them from then on."""
        self.read_agents()
        self._thread.start()
        if not self._following.wait(timeout):
            raise TimeoutError("there are no notifications yet")

    def stop(self) -> None:
        """Follows nobody any more."""
        self._stopped.set()
        if self._socket:
            self._socket.close()
        if self._thread.is_alive():
            self._thread.join()

    def read_agents(self) -> None:
        """Reads who the queue's members are."""
        queues = {q["name"]: q["id"] for q in self._api.pages("/api/v2/routing/queues")}
        members = self._api.pages(f"/api/v2/routing/queues/{queues[self._queue_name]}/members")
        ids = {member["id"] for member in members}
        users = self._api.pages("/api/v2/users?pageSize=100")
        self.agents = {user["id"]: user["name"] for user in users if user["id"] in ids}

    def refresh(self) -> None:
        """Reads how things stand, since notifications may have been missed."""
        with self._lock:
            ids = {call.conversation for call in self.calls.values() if call.phase != "done"}
        for user in self.agents:
            state = self._api.call("GET", f"/api/v2/analytics/agents/{user}/status")
            self._take_status(user, state["routingStatus"], state["routingStatusDate"])
            ids |= {s["conversationId"] for s in state["sessions"] if s["mediaType"] == "voice"}
        for conversation in sorted(ids):
            self._take_call(self._api.call("GET", f"/api/v2/conversations/calls/{conversation}"))

    def call_of(self, agent: str) -> AgentCall:
        """The call that an agent has now."""
        with self._lock:
            return next(c for c in self.calls.values() if c.agent == agent and c.phase != "done")

    def answer(self, call: AgentCall, token: str) -> None:
        """Answers a call that rings, with the token of its agent; twice does no harm."""
        self._patch(call, {"state": "connected"}, token, safe=True)

    def hold(self, call: AgentCall, held: bool, token: str) -> None:
        """Has the customer wait, or no longer; twice does no harm."""
        self._patch(call, {"held": held}, token, safe=True)

    def wrap_up(self, call: AgentCall, code: str, token: str) -> None:
        """Ends after-call work; that can't be done twice, so rather than repeat it, it looks."""
        try:
            self._patch(call, {"wrapup": {"code": code}}, token)
        except ApiError:
            self.refresh()
            if self.calls[call.participant].code != code:
                raise

    def _patch(self, call: AgentCall, wish: Any, token: str, safe: bool = False) -> None:
        path = f"/api/v2/conversations/calls/{call.conversation}/participants/{call.participant}"
        self._api.call("PATCH", path, wish, token=token, safe=safe)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                with connect(self._channel_uri()) as self._socket:
                    self.refresh()
                    self._following.set()
                    if not self._stopped.is_set():
                        self._listen(self._socket)
            except (ApiError, OSError, WebSocketException) as problem:
                log.warning("no notifications for now: %s", problem)
                self._stopped.wait(self._backoff)

    def _channel_uri(self) -> str:
        """Where the channel's socket is: a new channel's, if there is none or it has ended."""
        path = "/api/v2/notifications/channels"
        if self.channel:
            try:
                self._api.call("GET", f"{path}/{self.channel['id']}/subscriptions")
            except ApiError as problem:
                if problem.status != 404:
                    raise
                self.channel = {}
        if not self.channel:
            channel = self._api.call("POST", path, safe=True)  # one too many does no harm
            topics = ("conversations.calls", "routingStatus")
            wish = [{"id": f"v2.users.{user}.{topic}"} for user in self.agents for topic in topics]
            self._api.call("PUT", f"{path}/{channel['id']}/subscriptions", wish)
            self.channel = channel
        return str(self.channel["connectUri"])

    def _listen(self, socket: ClientConnection) -> None:
        for text in socket:
            message = json.loads(text)
            topic, body = message.get("topicName", ""), message.get("eventBody", {})
            if topic == "v2.system.socket_closing":
                return
            if topic.endswith(".conversations.calls"):
                self._take_call(body)
            elif topic.endswith(".routingStatus"):
                status = body["routingStatus"]
                self._take_status(body["id"], status["status"], status["startTime"])

    def _take_status(self, user: str, status: str, since: str) -> None:
        with self._lock:
            before = self.statuses.get(user, ("", ""))
            if since >= before[0] and status != before[1]:
                self.statuses[user] = (since, status)
                self.updates.put((self.agents[user], status))

    def _take_call(self, body: Any) -> None:
        for part in body["participants"]:
            agent = self.agents.get(part.get("user", {}).get("id"))
            if part["purpose"] == "agent" and agent:
                code = part.get("wrapup", {}).get("code")
                call = AgentCall(body["id"], part["id"], agent, phase_of(part), code)
                with self._lock:
                    old = self.calls.get(call.participant)
                    if old is None or RANKS[call.phase] >= RANKS[old.phase]:
                        self.calls[call.participant] = call
                        if old is None or call.phase != old.phase:
                            self.updates.put((agent, call.phase))


def phase_of(part: Any) -> str:
    """How far a participant of a call has got."""
    if part["state"] == "alerting":
        return "ringing"
    if part["state"] not in ("disconnected", "terminated"):
        return "held" if part["held"] else "talking"
    return "after-call work" if "startAcwTime" in part and "endAcwTime" not in part else "done"
