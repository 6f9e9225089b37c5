"""What each picture shows, leaves out, and says of what it leaves out."""

from __future__ import annotations

import pytest

from councilgraph.api import Graph
from councilgraph.errors import UsageError
from councilgraph.pictures import PICTURES, draw
from councilgraph.pictures.sheet import SCORES
from councilgraph.statements import STATEMENTS
from tests.pictures.conftest import IRI, Invented, assessment, drawn, texts

DIGITS = set("1234–")


def score_lines(words: list[str]) -> list[str]:
    return [one for one in words if len(one) == 9 and set(one) <= DIGITS]


def test_the_numbers_of_the_heat_map_are_those_of_its_table(graph: Graph) -> None:
    picture = draw(graph, "heat-map", {"order": "rating"})
    wanted = sorted("".join(str(row[slug]) for slug in STATEMENTS) for row in picture.table.records())
    assert sorted(score_lines(texts(picture))) == wanted
    assert len(wanted) == 6


def test_the_heat_map_shades_each_score_once() -> None:
    rows = [assessment(n, **dict.fromkeys(STATEMENTS, n % 4 + 1)) for n in range(8)]
    picture = draw(Invented(scores_of_councils=rows), "heat-map", {})
    cells = {one.get("fill"): one.get("d").count("M") for one in drawn(picture, "path")}
    assert list(cells.values()) == [18, 18, 18, 18]


def test_a_score_of_one_has_a_frame() -> None:
    rows = [assessment(n, **dict.fromkeys(STATEMENTS, n % 4 + 1)) for n in range(4)]
    picture = draw(Invented(scores_of_councils=rows), "heat-map", {})
    assert [one.get("stroke") is not None for one in drawn(picture, "path")].count(True) == 1
    (framed,) = [one for one in drawn(picture, "path") if one.get("stroke")]
    assert framed.get("fill") == SCORES[1].fill


def test_within_a_rating_councils_stand_by_percentage_and_level_ones_by_name() -> None:
    rows = [assessment(n, percentage=percentage) for n, percentage in enumerate((64, 70, 64, 84))]
    words = texts(draw(Invented(scores_of_councils=rows), "heat-map", {"order": "rating"}))
    places = [one for one in words if one.startswith("Place ")]
    assert places == ["Place 003", "Place 001", "Place 000", "Place 002"]


def test_a_missing_score_is_a_dash_and_no_shade() -> None:
    row = assessment(1, equity=None, percentage=None, rating=None)
    picture = draw(Invented(scores_of_councils=[row]), "heat-map", {})
    assert "33–333333" in texts(picture)
    assert sum(one.get("d").count("M") for one in drawn(picture, "path")) == 8
    assert "none published" in texts(picture)


def test_the_latest_assessment_is_drawn_and_the_earlier_counted() -> None:
    rows = [
        assessment(1, published="2024-05", equity=1),
        assessment(1, published="2025-06-01", equity=4),
    ]
    picture = draw(Invented(scores_of_councils=rows), "heat-map", {})
    assert score_lines(texts(picture)) == ["334333333"]
    assert "1 earlier assessment of the same councils left out." in picture.note


def test_pilots_are_drawn_when_asked_for_and_marked(graph: Graph) -> None:
    assert "Northmoor (pilot)" not in texts(draw(graph, "heat-map", {}))
    early = draw(graph, "heat-map", {"pilots": "yes", "until": "2024"})
    assert "Northmoor (pilot)" in texts(early)
    assert "Scores and ratings of the pilots of 2023 are indicative." in early.note


def test_councils_that_are_not_drawn_are_named(graph: Graph) -> None:
    note = draw(graph, "heat-map", {}).note
    assert "1 council has no assessment in this graph and is not drawn: Ludmere County Council." in note


def test_councils_with_only_a_pilot_are_named_when_pilots_are_left_out() -> None:
    held = [assessment(1)]
    listed = [
        {"state": "new", "authority": "Council 001", "authority-iri": f"{IRI}council/C001"},
        {"state": "new", "authority": "Council 002", "authority-iri": f"{IRI}council/C002"},
    ]
    source = Invented(scores_of_councils=held, list_new_and_missing_reports=listed)
    note = draw(source, "heat-map", {}).note
    assert "1 council has only the pilot of 2023 and is not drawn: Council 002." in note


def test_groups_stand_in_their_order_with_their_size(graph: Graph) -> None:
    words = texts(draw(graph, "heat-map", {"order": "rating"}))
    assert [one for one in words if one.endswith(")")] == [
        *("Good (2)", "Requires improvement (3)", "No rating published (1)")
    ]
    words = texts(draw(graph, "heat-map", {"order": "region"}))
    assert [one for one in words if "Vale" in one and "(" in one] == ["North Vale (3)", "South Vale (3)"]


def test_ratings_are_written_out(graph: Graph) -> None:
    words = texts(draw(graph, "heat-map", {}))
    assert words.count("Requires improvement") == 3
    assert not [one for one in words if "…" in one]


def test_a_group_that_goes_on_in_the_next_list_says_so() -> None:
    rows = [assessment(n, region="One region") for n in range(100)]
    words = texts(draw(Invented(scores_of_councils=rows), "heat-map", {}))
    assert words.count("One region (100)") == 1
    assert words.count("One region (continued)") == 1


def test_named_councils_alone_are_drawn(graph: Graph) -> None:
    picture = draw(graph, "heat-map", {"authority": "TRN, eastvale"})
    assert [row[0] for row in picture.table.rows] == ["Eastvale Borough Council", "London Borough of Tarn"]


@pytest.mark.parametrize("typed", ['Fenholm, Wick and "Sea" Council', "fenholm,wick and sea", "FWS"])
def test_a_council_may_have_commas_in_its_name(graph: Graph, typed: str) -> None:
    for name in ("heat-map", "council-scores"):
        rows = draw(graph, name, {"authority": typed}).table.records()
        assert {row["authority"] for row in rows} == {'Fenholm, Wick and "Sea" Council'}


def test_a_named_council_without_an_assessment_is_not_left_out_silently(graph: Graph) -> None:
    picture = draw(graph, "heat-map", {"authority": "tarn,ludmere"})
    assert len(picture.table.rows) == 1
    assert "1 council has no assessment for these choices and is not drawn: Ludmere County" in picture.note


def test_a_council_with_only_a_pilot_is_drawn_by_it_and_said_to_be() -> None:
    row = {"authority": "Council 001", "authority-iri": IRI, "published": "2023-11-02", "score": 2}
    row |= {"statement": "Equity", "statement-iri": IRI, "compared-with": "England", "councils": 4}
    row |= {"assessed": 3, "lower": 1, "same": 1, "higher": 1}

    class WithPilot(Invented):
        def records(self, name: str, **parameters: object) -> list[dict[str, object]]:
            return [row] if parameters["pilots"] == "yes" else []

    picture = draw(WithPilot(), "council-scores", {"authority": "C001"})
    assert picture.note.startswith("Only the pilot of 2023 was found for this council")
    assert len(picture.table.rows) == 1


def test_lower_same_and_higher_stand_as_numbers(graph: Graph) -> None:
    picture = draw(graph, "council-scores", {"authority": "northmoor"})
    words = texts(picture)
    england = [row for row in picture.table.records() if row["compared-with"] == "England"]
    assert len(england) == 9
    for row in england:
        for kind in ("lower", "same", "higher"):
            assert f"{row[kind]} {kind}" in words
    assert sum(one.endswith(" lower") for one in words) >= 27
    assert {"5 of 6 other councils assessed", "0 of 1 other councils assessed"} <= set(words)


def test_lists_of_neighbours_are_groups_of_their_own(graph: Graph) -> None:
    picture = draw(graph, "council-scores", {"authority": "northmoor"})
    groups = {str(row["compared-with"]) for row in picture.table.records()}
    lists = [one.removeprefix("Neighbours: ") for one in groups if one.startswith("Neighbours: ")]
    assert lists and set(lists) <= set(texts(picture))


def test_the_cap_on_themes_is_said_and_the_table_is_whole(graph: Graph) -> None:
    whole = draw(graph, "themes", {"most": "100"})
    picture = draw(graph, "themes", {"most": "3"})
    assert len(picture.table.rows) == len(whole.table.rows) == 27
    assert "Findings in reports; the 3 of 27 themes with most findings" in texts(picture)
    assert picture.note.startswith("24 other themes in the table beside the picture.")
    assert "other theme" not in whole.note


def test_themes_can_be_led_by_their_shortfalls(graph: Graph) -> None:
    first = draw(graph, "themes", {"order": "improvements"}).table.rows[0]
    assert (first[0], first[4]) == ("Waiting times", 5)


def test_both_sides_of_the_themes_have_one_scale() -> None:
    rows = [
        {"theme": "Advocacy", "theme-iri": IRI, "findings": 110, "strengths": 100, "improvements": 10}
        | {"mixed": 0, "context": 0, "councils": 1}
    ]
    picture = draw(Invented(themes_by_polarity=rows), "themes", {})
    bars = [float(one.get("width")) for one in drawn(picture, "rect") if one.get("height") == "17"]
    assert len(bars) == 2
    assert max(bars) / min(bars) == pytest.approx(10, rel=0.01)


def test_many_shortfalls_do_not_run_into_the_names() -> None:
    rows = [
        {"theme": "Waiting times", "theme-iri": IRI, "findings": 1010, "strengths": 10, "improvements": 1000}
        | {"mixed": 0, "context": 0, "councils": 1}
    ]
    picture = draw(Invented(themes_by_polarity=rows), "themes", {})
    bars = [float(one.get("x")) for one in drawn(picture, "rect") if one.get("height") == "17"]
    assert min(bars) > 24 + 262, "the margin and the column of names"


def test_themes_of_one_council_agree_with_those_of_all_filtered_to_it(graph: Graph) -> None:
    one = draw(graph, "themes", {"authority": "saltmarsh"}).table.records()
    # Saltmarsh is the only unitary authority with findings in March.
    chosen = {"type": "unitary", "region": "South Vale", "since": "2025-03", "until": "2025-03"}
    every = draw(graph, "themes", chosen).table.records()
    assert [row["theme"] for row in one] == [row["theme"] for row in every]
    assert [row["findings"] for row in one] == [row["findings"] for row in every]


def test_a_partner_with_an_arrangement_has_an_unbroken_line(graph: Graph) -> None:
    picture = draw(graph, "partners", {"authority": "eastvale"})
    lines = [one.get("stroke-dasharray") for one in drawn(picture, "path")]
    assert sorted(lines, key=str) == ["5 4", "5 4", None]
    assert "Section 75 agreement" in texts(picture)


def test_a_body_that_no_register_holds_is_hollow(graph: Graph) -> None:
    picture = draw(graph, "partners", {"authority": "eastvale", "kind": "vcfse"})
    assert "Eastvale Hands" in texts(picture)
    marks = [one.get("fill") for one in drawn(picture, "circle") if one.get("r") == "6"]
    assert marks == ["#ffffff"]


def test_partners_beyond_the_cap_are_counted() -> None:
    rows = [
        {"organisation": f"Body {n}", "organisation-iri": None, "kind": f"Kind {n % 4}", "findings": 40 - n}
        | {"strengths": 1, "improvements": 0, "mixed": 0, "context": 0, "arrangements": None}
        for n in range(40)
    ]
    source = Invented(partners_by_findings=rows)
    picture = draw(source, "partners", {"authority": "C001", "most": "30"})
    assert len([one for one in texts(picture) if one.startswith("Body ")]) == 30
    assert picture.note.startswith("10 other organisations, each in at most 10 findings")
    assert len(picture.table.rows) == 40


def test_a_timeline_has_a_square_for_each_assessment(graph: Graph) -> None:
    picture = draw(graph, "timeline", {})
    letters = [one for one in texts(picture) if one in ("O", "G", "R", "I", "–")]
    key = 5  # the four bands and the dash for no rating
    assert len(letters) - key == len(picture.table.rows) == 7


def test_a_pilot_has_a_broken_frame(graph: Graph) -> None:
    def broken(**chosen: str) -> int:
        picture = draw(graph, "timeline", chosen)
        return sum(one.get("stroke-dasharray") == "3 2" for one in drawn(picture, "rect"))

    assert broken() == 2, "one in the key"
    assert broken(pilots="no") == 0


@pytest.mark.parametrize(
    ("years", "count", "word"), [(3, 60, "month"), (9, 120, "quarter"), (30, 200, "year"), (30, 2000, "year")]
)
def test_a_long_time_is_drawn_in_wider_steps(years: int, count: int, word: str) -> None:
    rows = [
        assessment(n, published=f"{2000 + n * years // count}-{n % 12 + 1:02}-10", rating=None)
        for n in range(count)
    ]
    picture = draw(Invented(scores_of_councils=rows), "timeline", {})
    assert f"Squares: assessments published in each {word}" in texts(picture)
    assert picture.size[1] < 900
    assert len(picture.table.rows) == count


def test_a_month_without_a_day_can_be_drawn() -> None:
    rows = [assessment(1, published="2025-01"), assessment(2, published="2025-01-30")]
    words = texts(draw(Invented(scores_of_councils=rows), "timeline", {}))
    assert words.index("Place 001") < words.index("Place 002")
    assert "Jan 2025" in words


@pytest.mark.parametrize(
    ("name", "chosen", "said"),
    [
        ("heatmap", {}, "There is no picture 'heatmap'."),
        ("heat-map", {"colour": "red"}, "has no choice 'colour'"),
        ("heat-map", {"order": "score"}, "order=score is not known."),
        ("heat-map", {"region": "nowhere"}, "region=nowhere is not known."),
        ("heat-map", {"authority": ",".join(["NMR"] * 41)}, "41 councils are too many"),
        ("council-scores", {}, "needs a value for authority"),
        ("council-scores", {"authority": "NMR,EVB"}, "This picture is of one council."),
        ("themes", {"most": "101"}, "more than a picture can show"),
        ("themes", {"most": "0"}, "not a whole number above 0"),
        ("themes", {"authority": "NMR", "region": "North Vale"}, "A council and a region were chosen."),
        ("partners", {"authority": "NMR", "kind": "wizard"}, "kind=wizard is not known."),
        ("timeline", {"since": "soon"}, "since=soon is no year, month or day."),
    ],
)
def test_a_choice_that_means_nothing_is_an_error(
    graph: Graph, name: str, chosen: dict[str, str], said: str
) -> None:
    with pytest.raises(UsageError) as caught:
        draw(graph, name, chosen)
    assert said in caught.value.what
    assert caught.value.cure


def test_every_kind_says_what_it_needs() -> None:
    for kind in PICTURES.values():
        assert kind.question.endswith("?")
        assert kind.example.startswith(f"councilgraph export picture {kind.name}")
        for setting in kind.settings:
            assert setting.help
            assert setting.type != "choice" or setting.default in dict(setting.choices)
