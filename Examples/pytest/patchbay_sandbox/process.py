"""The process in which a sandbox runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .client import Sandbox


class NotStarted(RuntimeError):
    """There is no sandbox, for the reason that is given."""


def find_binary(*choices: str | os.PathLike[str] | None) -> Path:
    """The first choice that is given, else `PATCHBAY_BINARY`, else `patchbay` of the `PATH`."""
    named = [choice for choice in [*choices, os.environ.get("PATCHBAY_BINARY")] if choice]
    chosen = named[0] if named else None
    found = shutil.which(chosen or "patchbay")
    if found is None:
        raise NotStarted(
            f"there is no program {chosen}"
            if chosen
            else "patchbay isn't on the PATH; name it by --patchbay=FILE, in the ini file as "
            "patchbay_binary, or by the environment variable PATCHBAY_BINARY"
        )
    return Path(found).absolute()


class SandboxProcess:
    """A sandbox in a process of its own, on free ports of the loopback interface.

    It ends with this object's `stop`, and with the process that started it, however that ends.
    """

    def __init__(
        self,
        binary: Path,
        folder: Path,
        *,
        seed_data: Path | None = None,
        options: Mapping[str, Any] | None = None,
        patience: float = 30,
    ) -> None:
        """Starts it, and waits until clients can connect.

        `folder` takes the file by which it says that it is ready, and what it prints. Raises
        `NotStarted` with what it printed if it ends before, or isn't ready in `patience` seconds.
        """
        options = options or {}
        self._ready = folder / "ready.json"
        self._log = folder / "patchbay.log"
        command = [str(binary), "sandbox", "--listen", "127.0.0.1:0"]
        command += ["--ready-file", str(self._ready), "--exit-with-parent"]
        command += ["--options", json.dumps(options)]
        if seed_data is not None:
            command += ["--seed-data", str(seed_data)]
        self._ready.unlink(missing_ok=True)
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
            )
        try:
            where = self._wait(time.monotonic() + patience)
        except BaseException:
            self.stop()
            raise
        self.sandbox = Sandbox(
            where["url"],
            where["notifications"],
            client_id=options.get("client_id", "sandbox"),
            client_secret=options.get("client_secret", "sandbox"),
        )

    def stop(self) -> None:
        """Ends it, and waits until it has."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    @property
    def printed(self) -> str:
        """What it has printed up to now."""
        return self._log.read_text(errors="replace")

    def _wait(self, end: float) -> dict[str, Any]:
        while not self._ready.exists():
            try:
                status = self._process.wait(0.005)
            except subprocess.TimeoutExpired:
                if time.monotonic() < end:
                    continue
                raise NotStarted(f"the sandbox isn't ready in time; {self.printed}") from None
            raise NotStarted(f"the sandbox ended with status {status}: {self.printed}")
        where: dict[str, Any] = json.loads(self._ready.read_text())
        return where
