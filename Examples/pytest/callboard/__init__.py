"""A small add-on for agents' desktops: who of a queue is on a call, and how far it has got."""

from .api import Api, ApiError
from .board import AgentCall, Callboard

__all__ = ["AgentCall", "Api", "ApiError", "Callboard"]
