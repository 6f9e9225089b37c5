"""The server: what can be called, over standard input and output."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from councilgraph.errors import CouncilgraphError
from councilgraph.mcp import asking, comparing, notices, quoting, sources, things
from councilgraph.mcp.opened import Opened
from councilgraph.version import __version__

Reply = dict[str, Any]
Rows = Annotated[int, Field(description="How many rows to give, 1 to 100.")]
FirstRow = Annotated[
    int, Field(description="The number of the first row to give; to go on where one stopped.")
]


def serve(store: str | None) -> None:
    """Answer until standard input ends.

    Raises:
        StoreError: there is no store, or it cannot be read.
    """
    make_server(Opened(store)).run("stdio")


def make_server(opened: Opened) -> MCPServer[Any]:
    """The server over an opened store; nothing that it offers changes anything."""
    server: MCPServer[Any] = MCPServer(
        "councilgraph",
        title="Councilgraph: assessments of English councils' adult social care",
        instructions=notices.INSTRUCTIONS,
        version=__version__,
        log_level="ERROR",
        subscriptions=False,
    )
    for function in _offered(opened):
        server.add_tool(
            function,
            annotations=ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False),
            structured_output=True,
        )
    return server


def _offered(opened: Opened) -> list[Callable[..., Reply]]:
    def list_questions(
        words: Annotated[str, Field(description="Only questions that hold all these words.")] = "",
    ) -> Reply:
        """List the stored questions: what each answers, what it needs, what values it takes.
        With words that leave five or fewer, each is described with its reason and its columns."""
        return _answered(lambda: asking.list_questions(opened.current(), words))

    def ask_question(
        question: Annotated[str, Field(description="Its id or name: Q15.")],
        parameters: Annotated[
            dict[str, str | int | bool] | None,
            Field(description='By name: {"authority": "staffordshire", "polarity": "improvement"}.'),
        ] = None,
        rows: Rows = 25,
        first_row: FirstRow = 1,
    ) -> Reply:
        """Run a stored question. The answer says how many rows there are in all, which reports
        they come from, what nobody has reviewed, and what the answer does not say."""
        return _answered(lambda: asking.ask_question(opened.current(), question, parameters, rows, first_row))

    def search_findings(
        words: Annotated[str, Field(description='All must stand in the sentence; "a phrase"; an ending*.')],
        authority: Annotated[str | None, Field(description="Only this council's reports.")] = None,
        theme: Annotated[str | None, Field(description="Only findings of this theme.")] = None,
        polarity: Annotated[str | None, Field(description="strength, improvement, mixed or context.")] = None,
        rows: Rows = 25,
        first_row: FirstRow = 1,
    ) -> Reply:
        """Look for words in the sentences of the reports, best first, with their places."""
        filters = {"authority": authority, "theme": theme, "polarity": polarity}
        return _answered(
            lambda: asking.search_findings(
                opened.current(), words, filters=filters, rows=rows, first_row=first_row
            )
        )

    def show_thing(
        thing: Annotated[str, Field(description="A name, code or IRI: Staffordshire, QNC, unpaid-carers.")],
        kind: Annotated[
            str, Field(description=f"Where a name means two things: {', '.join(things.KINDS)}.")
        ] = "",
    ) -> Reply:
        """Tell what the graph says of one council, body, quality statement, theme, area, law or
        finding, and what leads to it, with counts."""
        return _answered(lambda: things.show_thing(opened.current(), thing, kind))

    def compare_councils(
        councils: Annotated[list[str], Field(description="Two to six, by name or code.")],
    ) -> Reply:
        """Set the ratings and nine scores of two to six councils side by side, with England's averages."""
        return _answered(lambda: comparing.compare_councils(opened.current(), councils))

    def list_sources() -> Reply:
        """List the data sets behind the graph: publisher, licence, address, and how much the graph holds."""
        return _answered(lambda: sources.list_sources(opened.current()))

    return [list_questions, ask_question, search_findings, show_thing, compare_councils, list_sources]


def _answered(answer: Callable[[], Reply]) -> Reply:
    """The answer; what is wrong is said with its cure, as on the command line.

    A cure names what came near, and some of these names stand in the graph as a report wrote them.
    """
    try:
        return answer()
    except CouncilgraphError as error:
        told: Reply = {"error": quoting.cleaned(error.what)}
        if error.cure:
            told |= {"what_to_do": {"quoted": quoting.cleaned(error.cure)}, "quoted_text": notices.QUOTED}
        raise ToolError(json.dumps(told, ensure_ascii=False)) from None


__all__ = ["make_server", "serve"]
