"""Tests against a sandbox of Genesys Cloud: a pytest plugin, and the client that its fixture is."""

from .client import Call, NotInTime, Party, Sandbox, SandboxError, Unverified
from .process import NotStarted, SandboxProcess

__all__ = [
    "Call",
    "NotInTime",
    "NotStarted",
    "Party",
    "Sandbox",
    "SandboxError",
    "SandboxProcess",
    "Unverified",
]
