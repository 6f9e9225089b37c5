"""The command line: one parser, one file a command, one place where errors become messages.

Nothing but the chosen command is imported, because ``--help`` and a stored query must
answer at once.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from councilgraph.errors import CouncilgraphError
from councilgraph.exits import EXIT_DONE, EXIT_FAILED, EXIT_STOPPED
from councilgraph.store.watching import ends_process
from councilgraph.version import __version__

# Name and one line of help; the module councilgraph.commands.<name> has the rest.
COMMANDS = {
    "build": "make the graph from the tables and the reports given, and put it in force",
    "load": "add or replace single reports in an existing store",
    "extract": "read one assessment and print its evidence; needs no store",
    "questions": "list the stored questions, or find them by words",
    "query": "run a stored question",
    "sparql": "run your own SPARQL",
    "search": "full text over the findings, best first",
    "validate": "check the store against the shapes and the checks",
    "check": "check that the files of the store are whole, or make it anew from them",
    "diff": "what changed between two builds or releases, by council, and why",
    "release": "write a dated, checksummed release of the graph, or check one",
    "export": "write the graph to files",
    "serve": "show it in a browser, with a SPARQL endpoint",
    "link": "link the bodies of the store to open registers, or explain one name",
    "review": "look at what the machine is unsure of, and record what you decide",
    "reconcile": "add identifiers to a list of bodies of your own",
    "watch": "say which published assessments are new or changed; uses the network",
    "refresh": "make a reference table anew from its publisher's file",
    "mcp": "serve stored questions and search over the Model Context Protocol",
    "bench": "measure how right the machine is, on annotated reports",
}

# They answer many; one question that cannot be answered must not end them.
SERVERS = ("serve", "mcp")


class Parser(argparse.ArgumentParser):
    """A parser whose usage errors look like all other errors."""

    def error(self, message: str) -> None:  # type: ignore[override]
        """Say what is wrong and where help is; exit code 2."""
        self.exit(EXIT_FAILED, f"councilgraph: {message}\n  what to do: see '{self.prog} --help'\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 something found, 2 could not run."""
    alone = arguments is None
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    name = next((a for a in arguments if not a.startswith("-")), None)
    if alone and name not in SERVERS:
        ends_process.append(True)
    parser = make_parser(name if name in COMMANDS else None)
    options = parser.parse_args(arguments)
    if not options.command:
        parser.print_help()
        return EXIT_DONE
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # The reader of our output has gone ("| head"): nothing is wrong, and Python must
        # not complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_DONE
    except KeyboardInterrupt:
        print("councilgraph: stopped; the store in force is as it was.", file=sys.stderr)
        return EXIT_STOPPED
    except Exception as error:
        # Who wants to see the place of a defect sets the variable; nobody else is shown one.
        if os.environ.get("COUNCILGRAPH_DEBUG"):
            raise
        print(f"councilgraph: {explain(error)}", file=sys.stderr)
        return EXIT_FAILED


def explain(error: Exception) -> CouncilgraphError:
    """Any error as one that says what, where and what to do."""
    if isinstance(error, CouncilgraphError):
        return error
    if isinstance(error, OSError):
        return CouncilgraphError(
            f"The system refuses: {error.strerror or error}.",
            where=str(error.filename or ""),
            cure="Check the path, the rights to it and the free space.",
        )
    return CouncilgraphError(
        f"A case that was not foreseen: {type(error).__name__}: {error}",
        cure="Run it again with COUNCILGRAPH_DEBUG=1 and report what it prints; "
        "the store in force is as it was.",
    )


def make_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser; ``only`` is the command whose options are needed (None: the list)."""
    parser = Parser(
        prog="councilgraph",
        description="The published assessments of English councils' adult social care as a graph.",
        epilog="Example: councilgraph build && councilgraph query Q01",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"councilgraph {__version__}")
    # With the name given, argparse need not format its help to find it out, for which it would
    # import the compressors of the standard library.
    subparsers = parser.add_subparsers(
        dest="command", metavar="COMMAND", parser_class=Parser, prog="councilgraph"
    )
    for name, help_line in COMMANDS.items():
        if name != only:
            subparsers.add_parser(name, help=help_line, add_help=False)
            continue
        module = importlib.import_module(f"councilgraph.commands.{name}")
        command = subparsers.add_parser(
            name,
            help=help_line,
            description=module.__doc__,
            epilog=f"Example: {module.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.configure(command)
        command.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
