"""Link the bodies that the store names to open registers, and say how sure each link is.

Without --from what the store holds is linked anew. With --from the publishers' files given
are read into the registry first: charities, companies, care providers, other councils and
public bodies. What is meant by them is told by their columns, or by SOURCE. The old registry
stays until the new one is whole. --explain shows, for one name, every step.

Exit codes: 0 done; 2 could not run.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from councilgraph.commands.asking import Areas, add_asked, day_of, kind_of, open_source
from councilgraph.commands.options import add_store, add_verbosity, say
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE
from councilgraph.linking.explain import as_record, as_text
from councilgraph.linking.matching import match

if TYPE_CHECKING:
    from councilgraph.linking.graph import Answered

EXAMPLE = 'councilgraph link --explain "MPFT" --area Staffordshire --date 2025-05-01'
STATES = ("certain", "probable", "unresolved")


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "source", nargs="*", metavar="SOURCE", help="only these registers, such as charity-commission"
    )
    parser.add_argument(
        "--from",
        dest="files",
        nargs="+",
        default=[],
        metavar="FILE-or-URL",
        help="the publishers' files to read into the registry, or their addresses, which are fetched over "
        "the network",
    )
    parser.add_argument("--force", action="store_true", help="take a register that lost many entries")
    parser.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="HOST",
        help="fetch from this host although it is in a private network (can be repeated)",
    )
    parser.add_argument("--explain", metavar="NAME", help="the name of a body, or its identifier")
    parser.add_argument("--area", metavar="A", help="where the name stands: a council or a GSS code")
    parser.add_argument("--identifier", metavar="I", help="an identifier that stands beside the name")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    add_asked(parser)
    add_store(parser)
    add_verbosity(parser)


def run(options: argparse.Namespace) -> int:
    """Link."""
    if options.explain is not None:
        return _explain(options)
    for given, option in ((options.area, "--area"), (options.kind, "--kind"), (options.date, "--date")):
        if given is not None:
            raise UsageError(f"{option} is of use with a name only.", cure="Give --explain NAME too.")
    from councilgraph.commands.linking import link_store, read_into_registry

    if options.source or options.files:
        read_into_registry(options)
    answered, links = link_store(options)
    if not options.quiet:
        say("Bodies that the reports name and that stand in no table of ours:")
    sys.stdout.write("".join(f"{line}\n" for line in _table(answered)))
    if options.verbose:
        for line in _open(answered):
            print(line)
    if not options.quiet:
        say(links)
    return EXIT_DONE


def _table(answered: Iterable[Answered]) -> Iterable[str]:
    """How many of each kind are certain, probable and unresolved; columns parted by tabs."""
    counts = Counter[tuple[str, str]]((one.asked.body.kind, one.found.state) for one in answered)
    kinds = sorted({kind for kind, _ in counts})
    yield "\t".join(("kind", *STATES))
    for kind in kinds:
        yield "\t".join((kind, *(str(counts[kind, state]) for state in STATES)))
    totals = (sum(counts[kind, state] for kind in kinds) for state in STATES)
    yield "\t".join(("all", *map(str, totals)))


def _open(answered: Iterable[Answered]) -> Iterable[str]:
    """The names that nobody is linked to, with the report, and who came nearest."""
    for one in answered:
        if one.found.entry is None:
            near = f"; nearest: {one.found.runner_up.names[0].text}" if one.found.runner_up else ""
            yield f"unresolved\t{one.asked.body.name}\t{one.asked.body.kind}\t{one.asked.council}{near}"


def _explain(options: argparse.Namespace) -> int:
    if options.source or options.files:
        raise UsageError("--explain reads no files.", cure="Link first, then ask with --explain.")
    kind, day = kind_of(options.kind), day_of(options.date)
    with open_source(options.registry, options.data, options.store) as source:
        area = Areas(source).require(options.area)
        found = match(
            options.explain, kind=kind, area=area, on=day, identifier=options.identifier, source=source
        )
    if options.format == "json":
        import json

        asked = {
            "kind": kind,
            "area": area,
            "date": day.isoformat() if day else None,
            "identifier": options.identifier,
        }
        print(json.dumps(as_record(options.explain, found, asked), indent=1, ensure_ascii=False))
    else:
        sys.stdout.write(as_text(options.explain, found))
    return EXIT_DONE
