"""Another extractor takes the place of ours, is named in the graph, and fails with words."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from councilgraph.build.run import Builder
from councilgraph.errors import UsageError
from councilgraph.extraction.plugins import make_extractor

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "tests" / "invented" / "reports"


@pytest.fixture
def careful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The example of the documentation, with every finding below its threshold."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "extraction.md").read_text(), re.DOTALL)
    (tmp_path / "careful.py").write_text(code.replace('"0.4"', '"2"'), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "careful:CarefulExtractor"


def test_the_documented_extractor_builds_a_graph_that_names_it(
    careful: str, tmp_path: Path, invented_data: Path
) -> None:
    builder = Builder(str(tmp_path / "store"), invented_data, jobs=1, extractor=careful)
    outcome = builder.build([REPORTS])
    assert not outcome.refused
    quads = [
        quad
        for source in outcome.reports
        for quad in parse(path=str(tmp_path / "store" / "sources" / source.file), format=RdfFormat.N_QUADS)
    ]
    versions = {q.object.value for q in quads if q.predicate.value.endswith("#rulesVersion")}
    assert versions == {"careful:CarefulExtractor 1"}
    findings = [q for q in quads if q.object.value.endswith("def#Finding")]
    assert findings and not [q for q in quads if q.predicate.value.endswith("#polarity")]


def test_a_change_of_extractor_reads_the_reports_again(
    careful: str, tmp_path: Path, invented_data: Path
) -> None:
    place = str(tmp_path / "store")
    assert Builder(place, invented_data, jobs=1).build([REPORTS]).read == 2
    assert Builder(place, invented_data, jobs=1).build([REPORTS]).unchanged
    assert Builder(place, invented_data, jobs=1, extractor=careful).build([REPORTS]).read == 2


def test_an_extractor_that_fails_refuses_the_report_and_says_why(
    tmp_path: Path, invented_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.py").write_text(
        textwrap.dedent(
            """
            class Broken:
                version = "1"
                def __init__(self, tables, schemes): ...
                def read(self, report, council):
                    raise OSError("the service does not answer")
            """
        )
    )
    monkeypatch.syspath_prepend(tmp_path)
    outcome = Builder(str(tmp_path / "store"), invented_data, jobs=1, extractor="broken:Broken").build(
        [REPORTS]
    )
    assert not outcome.reports
    assert ["the service does not answer" in str(refusal.error) for refusal in outcome.refused] == [
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("careful", "names no extractor"),
        ("no_such_module_here:make", "cannot be imported"),
        ("json:no_such_factory", "has no 'no_such_factory'"),
        ("json:__version__", "cannot be called"),
        ("half:Half", "it has no 'version'"),
    ],
)
def test_what_is_no_extractor_is_said(
    name: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "half.py").write_text(
        textwrap.dedent(
            """
            class Half:
                def __init__(self, tables, schemes): ...
                def read(self, report, council): ...
            """
        )
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError, match=words):
        make_extractor(name, (), ROOT / "ontology" / "schemes")
