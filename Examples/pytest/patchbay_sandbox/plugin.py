"""Fixtures that give each test a sandbox of Genesys Cloud as good as new.

One process serves all tests of a run (with pytest-xdist, of a worker). Before each test it goes
back to the start, which takes about a millisecond.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from .client import Sandbox
from .process import NotStarted, SandboxProcess, find_binary

_SHOWN = 40
"""How many of the latest requests are shown with a test that failed."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("patchbay", "sandbox of Genesys Cloud")
    group.addoption("--patchbay", metavar="FILE", help="The program patchbay.")
    parser.addini("patchbay_binary", "The program patchbay, beside the ini file if relative.")
    parser.addini("patchbay_seed_data", "A JSON file of users, queues and the like, likewise.")


def _beside_ini(config: pytest.Config, name: str) -> Path | None:
    value = config.getini(name)
    folder = config.inipath.parent if config.inipath else config.rootpath
    return folder / value if value else None


@pytest.fixture(scope="session")
def patchbay_seed_data(pytestconfig: pytest.Config) -> Path | None:
    """The file of the organisation: the setting `patchbay_seed_data`. Override it for another."""
    return _beside_ini(pytestconfig, "patchbay_seed_data")


@pytest.fixture(scope="session")
def patchbay_options() -> Mapping[str, Any]:
    """The sandbox's options, as `patchbay stages genesys-sandbox` lists them. Override it."""
    return {}


@pytest.fixture(scope="session")
def patchbay_process(
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    patchbay_seed_data: Path | None,
    patchbay_options: Mapping[str, Any],
) -> Iterator[SandboxProcess]:
    """The process in which the sandbox runs, from the first test that wants it to the last."""
    try:
        binary = find_binary(
            pytestconfig.getoption("--patchbay"), _beside_ini(pytestconfig, "patchbay_binary")
        )
        process = SandboxProcess(
            binary,
            tmp_path_factory.mktemp("patchbay"),
            seed_data=patchbay_seed_data,
            options=patchbay_options,
        )
    except NotStarted as problem:
        raise pytest.fail.Exception(str(problem), pytrace=False) from None
    yield process
    process.stop()


@pytest.fixture
def sandbox(patchbay_process: SandboxProcess, request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A sandbox as good as new, where nobody is logged in.

    At the end it checks that every fault of `next_fault` has struck.
    """
    _require(patchbay_process)
    sandbox = patchbay_process.sandbox
    sandbox.reset(clients=True)
    yield sandbox
    _require(patchbay_process)
    left = sandbox.pending_faults()
    if left and not request.node.stash.get(_failed, False):
        kinds = ", ".join(f"{fault['times']} x {fault['fault']}" for fault in left)
        pytest.fail(f"faults that were asked for didn't strike: {kinds}", pytrace=False)


def _require(process: SandboxProcess) -> None:
    if process.has_ended:
        pytest.fail(f"the sandbox has ended; it printed: {process.printed}", pytrace=False)


_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Shows with a test that failed what the sandbox was asked in it."""
    report = yield
    sandbox = getattr(item, "funcargs", {}).get("sandbox")
    if report.when != "teardown" and report.failed and isinstance(sandbox, Sandbox):
        item.stash[_failed] = True
        report.sections.append(("Requests to the sandbox", _journal(sandbox)))
    return report


def _journal(sandbox: Sandbox) -> str:
    try:
        entries = sandbox.requests()
    except OSError as error:
        return f"the sandbox can't be asked: {error}"
    lines = [
        f"{entry['time']} {entry['method']} {entry['target']} {entry.get('status', 'no answer')}"
        + (f" [{entry['fault']}]" if "fault" in entry else "")
        for entry in entries[-_SHOWN:]
    ]
    if len(entries) > _SHOWN:
        lines.insert(0, f"({len(entries) - _SHOWN} before)")
    return "\n".join(lines) or "none"
