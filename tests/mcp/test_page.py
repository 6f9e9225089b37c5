"""The page on the protocol is true: what it lists is what is offered, and its example is an answer.

``COUNCILGRAPH_REWRITE_DOCS=1 pytest tests/mcp/test_page.py`` writes the example anew.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from pathlib import Path
from typing import Any

from mcp import Client

from councilgraph.mcp import answers, asking, quoting
from councilgraph.mcp.opened import Opened
from councilgraph.mcp.server import make_server
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "mcp.md"


def offered(store: Path) -> list[Any]:
    async def session() -> Any:
        async with Client(make_server(Opened(str(store)))) as client:
            return (await client.list_tools()).tools

    found: list[Any] = asyncio.run(session())
    return found


def test_the_page_lists_what_is_offered_with_its_parameters(store: Path) -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    told = {name: re.findall(r"`(\w+)`", parameters) for name, parameters in rows}
    assert told == {tool.name: list(tool.input_schema["properties"]) for tool in offered(store)}


def test_the_example_is_what_is_answered(store: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(r"<!-- example: (\w+) (\{.*?\}) -->\n```json\n(.*?)```", text, re.DOTALL)
    assert found and found[1] == "search_findings"
    words = json.loads(found[2])["words"]
    graph = Opened(str(store)).current()
    answer = asking.search_findings(graph, words, filters={}, rows=25, first_row=1)
    (row,) = answer["rows"]
    now = json.dumps(row, indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("COUNCILGRAPH_REWRITE_DOCS"):
        PAGE.write_text(text.replace(found[3], now), encoding="utf-8")
    else:
        assert found[3] == now


def test_the_bounds_are_those_of_the_page() -> None:
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    assert f"at most {answers.MOST_ROWS} rows" in text
    assert f"about {answers.MOST_CHARACTERS:,} characters" in text
    assert f"at most {quoting.LONGEST:,} characters" in text
    assert f"than {asking.MOST_HITS:,} findings" in text


def test_the_settings_of_the_page_are_json_that_names_the_command() -> None:
    block = re.search(r"```json\n(\{\s+\"mcpServers\".*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    server = json.loads(block[1])["mcpServers"]["councilgraph"]
    assert (server["command"], server["args"][:2]) == ("councilgraph", ["mcp", "--store"])
