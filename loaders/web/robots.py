"""What a site asks of programs that read it: its robots.txt."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from councilgraph.version import AGENT

NAME = AGENT.partition("/")[0]
"""How we are called in a robots.txt."""

LARGEST = 512 * 1024
"""Bytes of a robots.txt that are read; the standard asks for 500 KiB at least."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows. ``pause`` is the least number of seconds between two requests."""

    robots: Protego | None
    pause: float = 0.0

    @classmethod
    def of(cls, data: bytes) -> Rules:
        """The rules in the bytes of a robots.txt."""
        robots = Protego.parse(data[:LARGEST].decode("utf-8", errors="replace"))
        pause = robots.crawl_delay(NAME) or 0.0
        if rate := robots.request_rate(NAME):
            pause = max(pause, rate.seconds / max(rate.requests, 1))
        return cls(robots, float(pause))

    def allow(self, address: str) -> bool:
        """May we read this address?"""
        return self.robots is None or bool(self.robots.can_fetch(address, NAME))


FREE = Rules(None)
"""The rules of a site without a robots.txt."""
