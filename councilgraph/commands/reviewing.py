"""The session at the keyboard: one thing after the other, one letter a decision."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, TextIO

from councilgraph.errors import UsageError
from councilgraph.model import Decision
from councilgraph.reviews.correcting import FIELDS, choices
from councilgraph.reviews.desk import Desk
from councilgraph.reviews.queue import Waiting
from councilgraph.reviews.showing import lines_of
from councilgraph.reviews.things import Thing

PROMPT = "[a]ccept  [c]orrect  [r]eject  [n]ote  [m]issed  [s]kip  [u]ndo  [q]uit: "
_DECISIONS = {"a": "accepted", "c": "corrected", "r": "rejected", "n": "open"}
_WORDS = ("accept", "correct", "reject", "note", "missed", "skip", "undo", "quit")
_HELP = """a, r, n and words: the words are your note. n alone asks for one.
c field=value; field=value corrects; c alone asks field by field, Enter keeps, - takes away.
m kind field=value; field=value puts in what the machine missed in this sentence, a mention say."""


class Session:
    """Shows ``queue`` on ``out`` and reads letters from ``typed``, a terminal or a pipe."""

    def __init__(self, desk: Desk, queue: Sequence[Waiting], typed: TextIO, out: TextIO) -> None:
        from rich.console import Console

        self.desk = desk
        self.queue = queue
        self.typed = typed
        terminal = out.isatty()
        self.console = Console(
            file=out,
            no_color=True if "NO_COLOR" in os.environ else None,
            width=None if terminal or "COLUMNS" in os.environ else 100,
            highlight=False,
            emoji=False,
        )
        self.terminal = terminal
        self.made: list[tuple[int, Thing, Decision]] = []

    def run(self) -> int:
        """Until the queue is through, or the person quits; how many decisions stand."""
        if not self.queue:
            self.console.print("Nothing waits.", markup=False)
        at = 0
        things = self.desk.things()
        try:
            while 0 <= at < len(self.queue):
                thing = things.read(self.queue[at].iri)
                self._show(thing, at)
                step = self._ask(thing, at)
                if step is None:
                    break
                at = step
        except KeyboardInterrupt:
            # Every decision is on the disk; to stop here loses nothing.
            self.console.print("\nStopped.", markup=False)
        return len(self.made)

    def _ask(self, thing: Thing, at: int) -> int | None:
        """One answer; the place in the queue to go on from, None to stop."""
        while True:
            line = self._line(PROMPT)
            word, _, rest = (line or "").strip().partition(" ")
            letter, rest = _letter(word), rest.strip()
            if line is None or letter == "q":
                return None
            if letter == "s":
                return at + 1
            if letter == "u":
                if self.made:
                    return self._undo()
                self.console.print("There is nothing to take back in this session.", markup=False)
            elif letter == "m":
                self._add(thing, rest, at)
            elif letter in _DECISIONS:
                if self._decide(thing, letter, rest, at):
                    return at + 1
            else:
                self.console.print(_HELP, markup=False)

    def _decide(self, thing: Thing, letter: str, rest: str, at: int) -> bool:
        correction: Any = ""
        if letter == "c":
            correction, rest = rest or self._corrections(thing), ""
            if not correction:
                return False
        elif letter == "n" and not rest:
            rest = self._line("note: ") or ""
        try:
            made = self.desk.decide(thing, _DECISIONS[letter], correction, rest)
        except UsageError as error:
            self.console.print(str(error), markup=False)
            return False
        self.made.append((at, thing, made))
        return True

    def _add(self, thing: Thing, rest: str, at: int) -> None:
        of, _, fields = rest.partition(" ")
        try:
            made = self.desk.add(thing, of, fields)
        except UsageError as error:
            self.console.print(str(error), markup=False)
            return
        self.made.append((at, thing, made))
        self.console.print(f"Put in. This {thing.kind} still waits.", markup=False)

    def _undo(self) -> int:
        at, thing, made = self.made.pop()
        self.desk.take_back(thing, made)
        self.console.print("Taken back.", markup=False)
        return at

    def _corrections(self, thing: Thing) -> dict[str, str]:
        """Field by field: Enter keeps, "-" takes the value away."""
        found = {}
        for field in FIELDS[thing.kind]:
            slugs = choices(thing.kind, field)
            if slugs:
                self.console.print(f"  {', '.join(slugs)}", style="dim", markup=False)
            now = thing.reading.get(field)
            shown = ", ".join(map(str, now)) if isinstance(now, list) else "" if now is None else str(now)
            given = (self._line(f"  {field} [{shown}]: ") or "").strip()
            if given:
                found[field] = "" if given == "-" else given
        return found

    def _line(self, prompt: str) -> str | None:
        """What is typed; None at its end."""
        self.console.print(prompt, end="", markup=False)
        self.console.file.flush()
        line = self.typed.readline()
        if not self.typed.isatty():
            self.console.print(line.rstrip("\n"), markup=False)
        return line or None

    def _show(self, thing: Thing, at: int) -> None:
        from rich.text import Text

        head = f"\n{at + 1} of {len(self.queue)}: {thing.authority}, {thing.published}"
        self.console.print(Text(head, style="bold"))
        paragraph = Text()
        for n, words in thing.paragraph:
            own = n in thing.sentences
            marked = _plain(f"»{words}«" if own and not self.terminal else words)
            paragraph.append(f"{marked} ", style="reverse" if own else "dim")
        if thing.sentence:
            self.console.print(paragraph)
        else:
            self.console.print("(The words of the report are not at hand.)", markup=False)
        for name, value in lines_of(thing):
            self.console.print(Text.assemble((f"{name}: ", "bold"), _plain(value)))


def _letter(word: str) -> str:
    """The letter that was meant; "" for any other word: "arrgh" accepts nothing."""
    word = word.casefold()
    return word[:1] if len(word) == 1 or word in _WORDS else ""


def _plain(text: str) -> str:
    """Words of a report without what a terminal would take for a command."""
    return "".join(c if c.isprintable() else " " for c in text)
