"""An answer to standard output or a file, in the format that was asked for."""

from __future__ import annotations

import argparse
import os
import sys

from councilgraph.commands.options import say
from councilgraph.errors import UsageError
from councilgraph.results import Result, Triples, format_of, write, write_file


def show(answer: Result | Triples, options: argparse.Namespace) -> None:
    """Write the answer; the number of rows goes to standard error on a terminal."""
    graph = isinstance(answer, Triples)
    chosen = options.format or (format_of(options.output) if options.output else None)
    if options.output:
        count = write_file(answer, chosen or ("turtle" if graph else "csv"), options.output)
        say(f"{count} {_counted(graph, count)} in {options.output}")
        return
    terminal = sys.stdout.isatty()
    chosen = chosen or ("turtle" if graph else "table" if terminal else "csv")
    if chosen == "xlsx" and terminal:
        raise UsageError("A workbook cannot be shown on a terminal.", cure="Add -o FILE.xlsx.")
    colour = terminal and "NO_COLOR" not in os.environ
    width = None
    if terminal or "COLUMNS" in os.environ:
        import shutil  # it brings three compressors with it, which a pipe does not need

        width = shutil.get_terminal_size().columns
    sys.stdout.flush()
    count = write(answer, chosen, sys.stdout.buffer, width=width, colour=colour)
    if chosen == "table" or terminal:
        say(f"{count} {_counted(graph, count)}")


def _counted(graph: bool, count: int) -> str:
    word = "statement" if graph else "row"
    return word if count == 1 else word + "s"
