"""Long lists in pages: which part is shown, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from councilgraph.explorer.page import Asked, NotFoundError

T = TypeVar("T")
SIZE = 25


@dataclass(frozen=True, slots=True)
class Paging:
    """``page`` counts from 1, as ``first`` and ``last`` do (0 and 0 for an empty list)."""

    total: int
    page: int = 1
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of the first item shown."""
        return min(self.total, (self.page - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """Number of the last item shown."""
        return min(self.total, self.page * self.size)

    def of(self, items: Sequence[T]) -> Sequence[T]:
        """The items of this page."""
        return items[(self.page - 1) * self.size : self.page * self.size]


def paging(asked: Asked, total: int, size: int = SIZE) -> Paging:
    """The page that ``page=`` asks for.

    Raises:
        NotFoundError: there is no such page.
    """
    text = asked.one("page", "1")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    found = Paging(total, number or 1, size)
    if not number or found.page > found.pages:
        raise NotFoundError(
            f"There is no page {text!r} of this list.", cure=f"It has pages 1 to {found.pages}."
        )
    return found
