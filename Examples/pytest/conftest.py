"""What the tests of the add-on share: its board, and whom it is about."""

import json
import queue
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from callboard import Api, Callboard
from patchbay_sandbox import Sandbox

pytest_plugins = ["patchbay_sandbox.plugin"]

Update = tuple[str, str]


@pytest.fixture(scope="session")
def patchbay_options() -> Mapping[str, Any]:
    """Nobody joins the organisation by being named."""
    return {"unknown_users": False}


@pytest.fixture(scope="session")
def ids(patchbay_seed_data: Path) -> dict[str, str]:
    """The ids of all that organization.json has, by name."""
    organization = json.loads(patchbay_seed_data.read_text())
    return {thing["name"]: thing["id"] for things in organization.values() for thing in things}


@pytest.fixture
def pauses() -> list[float]:
    """How long the add-on would have waited, each time it was told to; nobody waits in a test."""
    return []


@pytest.fixture
def new_board(sandbox: Sandbox, pauses: list[float]) -> Callboard:
    """A board that has yet to be started."""
    api = Api(sandbox.url, sandbox.client_id, sandbox.client_secret, pause=pauses.append)
    return Callboard(api, "Support", backoff=0.01)


@pytest.fixture
def board(new_board: Callboard) -> Iterator[Callboard]:
    """A board that follows Ada and Ben, who are idle."""
    try:
        new_board.start()
        yield new_board
    finally:
        new_board.stop()


@pytest.fixture
def until(new_board: Callboard) -> Callable[[str, str], list[Update]]:
    """Reads the board's updates up to one, and gives them all; fails if it doesn't come."""

    def read(agent: str, what: str, timeout: float = 30) -> list[Update]:
        end = time.monotonic() + timeout
        found: list[Update] = []
        while (agent, what) not in found:
            try:
                found.append(new_board.updates.get(timeout=max(0, end - time.monotonic())))
            except queue.Empty:
                pytest.fail(f"{agent}: {what} didn't come; instead there were {found}")
        return found

    return read
