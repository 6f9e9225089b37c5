"""The page on large builds is true: its options are those of the commands, its limits those of the code."""

from __future__ import annotations

import argparse
import re

from councilgraph.build import checks, cluster, clusterclient, pool
from councilgraph.commands import build, load
from councilgraph.store import pieces, stamps
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "scale-build.md").read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())


def test_options_of_the_page_are_those_of_the_commands() -> None:
    for command in (build, load):
        parser = argparse.ArgumentParser()
        command.configure(parser)
        known = {option for action in parser._actions for option in action.option_strings}
        lines = " ".join(re.findall(r"^    councilgraph build.*", TEXT, re.MULTILINE))
        told = set(re.findall(r"--[a-z-]+", lines)) - {"--reports"}
        assert told == {"--cluster", "--jobs"} and told <= known


def test_limits_of_the_page_are_those_of_the_code() -> None:
    assert pool.WAITING_PER_WORKER == cluster.WAITING_PER_WORKER
    for said in (
        f"{cluster.WAITING_PER_WORKER} reports for each worker",
        f"within {clusterclient.CONNECTING} seconds",
        f"for {cluster.PATIENCE} seconds",
        f"less than {stamps.SETTLED // 1_000_000_000} seconds before",
        f"{pieces.PIECE // 1024 // 1024} MB of text",
        f"more than {checks.MOST_NARROWED:,} things",
    ):
        assert said in FLAT, said
