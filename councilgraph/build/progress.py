"""How long work tells that it goes on."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """``start`` begins a step of ``total`` parts, ``advance`` says that one is done."""

    def start(self, label: str, total: int) -> None:
        """Begin a step."""

    def advance(self) -> None:
        """One part of the step is done."""

    def stop(self) -> None:
        """The work is over, done or not."""


class Silent:
    """Says nothing: in a pipe, in tests, with ``--quiet``."""

    def start(self, label: str, total: int) -> None:
        """Begin a step."""

    def advance(self) -> None:
        """One part of the step is done."""

    def stop(self) -> None:
        """The work is over, done or not."""
