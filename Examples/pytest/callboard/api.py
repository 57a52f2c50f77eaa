"""Requests to Genesys Cloud: logs in by itself, and tries again where that can do no harm."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import requests

# What an answer without success comes to; any other isn't worth another try.
KINDS = {401: "login", 429: "busy", 503: "busy", 500: "broken", 502: "broken", 504: "broken"}

Pause = Callable[[float], object]


class ApiError(Exception):
    """There was no good answer; without a status nobody knows whether the request took effect."""

    def __init__(self, request: str, status: int | None) -> None:
        super().__init__(f"{request}: {status or 'no answer'}")
        self.status = status


class Api:
    """Acts for itself, or for a user with their token."""

    def __init__(self, base: str, client_id: str, secret: str, pause: Pause = time.sleep) -> None:
        self._base, self._credentials, self._pause = base, (client_id, secret), pause
        self._token, self._lock = "", threading.Lock()

    def call(
        self, method: str, path: str, body: Any = None, *, token: str = "", safe: bool = False
    ) -> Any:
        """Sends a request, and gives the JSON of its answer.

        After 429 and 503, which take no effect, it waits as long as it is told to and tries again.
        If the answer is lost or says nothing, it tries once more if the request is `safe` to be
        sent twice, as all reads are. Its own token is renewed once; that of a user can't be.
        """

        def authorize(request: requests.PreparedRequest) -> requests.PreparedRequest:
            request.headers["Authorization"] = f"Bearer {token or self._own_token()}"
            return request

        once_more = safe or method in ("GET", "PUT")
        retries = {"busy": 4, "broken": int(once_more), "login": int(not token)}
        return self._try(method, path, retries, json=body, auth=authorize)

    def pages(self, path: str) -> Iterator[Any]:
        """The entities of all pages of a list."""
        while path:
            page = self.call("GET", path)
            yield from page["entities"]
            path = page.get("nextUri", "")

    def _own_token(self, no_good: str = "") -> str:
        """The token, after a login if there is none but the one that is no good any more."""
        with self._lock:  # whoever else needs one waits for it
            if self._token in ("", no_good):
                form, retries = {"grant_type": "client_credentials"}, {"busy": 4, "broken": 1}
                path, auth = "/oauth/token", self._credentials
                self._token = self._try("POST", path, retries, data=form, auth=auth)["access_token"]
            return self._token

    def _try(self, method: str, path: str, retries: dict[str, int], **arguments: Any) -> Any:
        while True:
            status, delay, used = None, 0.0, ""
            try:
                answer = requests.request(method, self._base + path, timeout=10, **arguments)
                if answer.ok:
                    return answer.json() if answer.content else None
                status, delay = answer.status_code, float(answer.headers.get("Retry-After", 1))
                used = answer.request.headers.get("Authorization", "")
            except requests.RequestException:
                pass  # broken off, too late, or half an answer
            kind = KINDS.get(status, "") if status else "broken"
            if retries.get(kind, 0) == 0:
                raise ApiError(f"{method} {path}", status)
            retries[kind] -= 1
            if kind == "login":
                self._own_token(no_good=used.removeprefix("Bearer "))
            elif kind == "busy":
                self._pause(delay)
