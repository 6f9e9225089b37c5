"""Which lines a page gives: one rule of reading each."""
# ruff: noqa: E501 - a case on each line reads best

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.documents.html import read_html

TITLE = "Northmoor County Council: local authority assessment"


def lines(body: str) -> list[str]:
    page = f"<!DOCTYPE html><meta charset=utf-8><body><h1>{TITLE}</h1>{body}</body></html>"
    read = [line.text for line in read_html(page.encode(), Path("page.html")).lines]
    assert read[0] == TITLE
    return read[1:]


SENTENCE = "<p>Carers were heard. They said so.</p>"
SAID = "Carers were heard. They said so."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # inline elements leave a sentence as it is
        ('<p>The <a href="/a">Care <abbr>Act</abbr></a> (<em>2014</em>) applies.</p>', ["The Care Act (2014) applies."]),
        ("<p>Re<b>able</b>ment, 24<sup>th</sup> May<sup>1</sup>.</p>", ["Reablement, 24th May1."]),
        ("<p>Long<wbr>word and soft&shy;ly&nbsp;said &lsquo;so&rsquo; for &pound;5.</p>", ["Longword and softly said ‘so’ for £5."]),
        ("<p>They said <q>yes</q>.</p>", ["They said “yes”."]),
        ("<p>One\n  two<!-- three -->\tfour.</p>", ["One two four."]),
        # line breaks
        ("<p>The desk was set up with the<br>Northmoor Trust in spring.</p>", ["The desk was set up with the Northmoor Trust in spring."]),
        ("<p>It was quick.<br>It was kind.</p>", ["It was quick. It was kind."]),
        ("<p>It was quick.<br><br/>It was kind.</p>", ["It was quick.", "It was kind."]),
        ("<p>Assessing needs<br>Score: 3<br>3 - Evidence shows a good standard</p>", ["Assessing needs", "Score: 3", "3 - Evidence shows a good standard"]),
        ("<p><strong>Assessing needs</strong><br>People waited for four weeks.</p>", ["Assessing needs", "People waited for four weeks."]),
        ("<h2>Summary of strengths,<br>areas for development<br>and next steps</h2>", ["Summary of strengths, areas for development and next steps"]),
        # scores and ratings are lines of their own
        ("<ul><li>Northmoor County Council<br>Good</li></ul>", ["• Northmoor County Council", "Good"]),
        ("<ul><li>Northmoor County Council <b>Requires improvement</b></li></ul>", ["• Northmoor County Council", "Requires improvement"]),
        ("<ul><li>Safeguarding <span>Score: 3</span></li></ul>", ["• Safeguarding", "Score: 3"]),
        ("<ul><li><a href='/s'>Safeguarding</a><span>Score 3</span></li></ul>", ["• Safeguarding", "Score 3"]),
        ("<ul><li><a href='/s'>Safeguarding <span>Score: <b>3</b></span></a></li></ul>", ["• Safeguarding", "Score: 3"]),
        ("<ul><li><h4><a href='/s'>Safeguarding</a></h4><p>Score: 3</p></li></ul>", ["Safeguarding", "Score: 3"]),
        ("<div><div><a href='/s'>Safeguarding</a></div><div>Score: 3</div></div>", ["Safeguarding", "Score: 3"]),
        ("<dl><dt>Safeguarding</dt><dd>Score: 3</dd></dl>", ["Safeguarding", "Score: 3"]),
        ("<table><tr><td>Safeguarding<td>Score: 3</table>", ["Safeguarding", "Score: 3"]),
        ("<p>Score: <strong>3</strong></p>", ["Score: 3"]),
        ("<p>They had a <b>good</b> desk, and <b>Score: 3</b> was its name.</p>", ["They had a good desk, and Score: 3 was its name."]),
        ("<ul><li>a <b>good</b> desk that rang back</li></ul>", ["• a good desk that rang back"]),
        # labels and values in two boxes
        ("<div><div>Published</div><div>12 June 2025</div></div>", ["Published 12 June 2025"]),
        ("<dl><dt>Published:</dt><dd>12 June 2025</dd></dl>", ["Published: 12 June 2025"]),
        ("<div>Score:</div><div>3</div>", ["Score: 3"]),
        # lists
        ("<ul><li>One<ul><li>Two</li></ul>three</li><li>Four</li></ul>", ["• One", "• Two", "three", "• Four"]),
        ("<ol><li><p>One.</p><p>Two.</p></li></ol>", ["• One.", "Two."]),
        ("<ul><li>\n<p>One.</p></li><li> </li></ul><p>Two.</p>", ["• One.", "Two."]),
        # tables
        ("<table><tr><th>Waits</th><th>2023</th><th>2024</th></tr><tr><td>Needs</td><td>9</td><td>4</td></tr></table>", ["Waits | 2023 | 2024", "Needs | 9 | 4"]),
        ("<table><tr><th>Population</th><td>212,340</td></tr></table>", ["Population: 212,340"]),
        ("<table><tr><td>Waits</td><td>People waited. Then they did not.</td></tr></table>", ["Waits", "People waited. Then they did not."]),
        ("<table><tr><td><h2>Safeguarding</h2><p>It was quick.</p></td><td><p>It was kind.</p></td></tr></table>", ["Safeguarding", "It was quick.", "It was kind."]),
        # other blocks
        ("<details><summary>More</summary>It was quick.</details>", ["More", "It was quick."]),
        ("<blockquote>It was quick.<p>It was kind.</blockquote>", ["It was quick.", "It was kind."]),
        ("It was quick.<div>It was kind.</div>It was both.", ["It was quick.", "It was kind.", "It was both."]),
        ("<h2>One</h2>Two<h3>Three</h3>", ["One", "Two", "Three"]),
        ("<form><p>Not said.</p></form><p>x<button>y</button>z</p>", ["xz"]),
    ],
)  # fmt: skip
def test_markup_gives_the_lines_that_a_reader_sees(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    "left_out",
    [
        "<script>document.write('<p>Not said.</p>')</script>",
        "<style>p:before { content: 'Not said.' }</style>",
        "<noscript><p>Not said.</p></noscript>",
        "<template><p>Not said.</p></template>",
        "<svg><title>Not said.</title><text>Not said.</text></svg>",
        "<iframe>Not said.</iframe>",
        "<!-- <p>Not said.</p> -->",
        "<p hidden>Not said.</p>",
        "<a hidden>Not said.</a>",
        "<p style='color:red; DISPLAY :none'>Not said.</p>",
        "<p style='visibility: hidden'>Not said.</p>",
        "<p style='font-size:0'>Not said.</p>",
        "<p style='opacity: 0;'>Not said.</p>",
        "<div aria-hidden='true'><p>Not said.</p></div>",
        "<p class='govuk-visually-hidden'>Not said.</p>",
        "<nav><p>Not said.</p></nav>",
        "<aside><p>Not said.</p></aside>",
        "<header><p>Not said.</p></header>",
        "<footer><p>Not said.</p></footer>",
        "<div role='navigation'>Not said.</div>",
        "<div role='banner'>Not said.</div>",
        "<div role='contentinfo'>Not said.</div>",
        "<div role='search'>Not said.</div>",
        "<div role='complementary'>Not said.</div>",
        "<div role='dialog'>Not said.</div>",
        "<ul><li><a href='/a'>Not said</a></li><li><a href='/b'>Not said</a> (PDF, 2 MB)</li></ul>",
        "<ul><li><a href='/a'>Not said</a><ul><li><a href='/b'>Not said</a></li></ul></li></ul>",
        "<p><a href='/a'>Not said</a> | <a href='/b'>Not said</a></p>",
        "<div><a href='/a'>Not said</a></div><div><a href='/b'>Not</a></div><div><a href='/c'>Not</a></div>",
        "<p><a href='/a'>Previous: Not said</a></p>",
        "<p><a href='/a'>Next page</a></p>",
        "<p><a href='#top'>Back to top</a></p>",
        "<p>Print this page</p>",
        "<h2>On this page</h2><ol><li><a href='#a'>Not said</a></li></ol>",
        "<p>Contents:</p><ul><li><a href='#a'>Not said</a></li></ul>",
        "<h2>Downloads</h2><ul><li><a href='/a.pdf'>Not said</a> PDF 2.5 MB</li></ul>",
        "<section><h3>Related content</h3><p>Not said. Not ever.</p></section>",
        "<div><h2>Cookies on our site</h2><p>We use analytics cookies. Not said.</p></div>",
        "<div><p>This website uses cookies, as is not said.</p><button>Accept</button></div>",
        "<p><a href='/x'>Eastvale Borough Council: local authority assessment</a></p>",
        "<div class='cookie-banner'><p>Not said. Not ever.</p></div>",
        "<div id='breadcrumbs'>Not › said</div>",
        "<div class='x site-footer__inner'><h2>Not said</h2><p>Not said.</p></div>",
    ],
)
def test_what_is_no_text_of_the_report_is_left_out(left_out: str) -> None:
    assert lines(f"{SENTENCE}{left_out}<h2>Safeguarding</h2>{SENTENCE}") == [SAID, "Safeguarding", SAID]


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ("<p>They worked with:</p><ul><li><a href='/a'>The Trust</a></li></ul>", ["They worked with:", "• The Trust"]),
        ("<ul><li><a href='/a'>The Trust</a> rang back</li></ul>", ["• The Trust rang back"]),
        ("<ul><li><a href='/a'>The Trust rang back.</a></li></ul>", ["• The Trust rang back."]),
        ("<div class='findings-footer'>It was quick.</div>", ["It was quick."]),
        ("<p>Tea and cookies were served to all.</p>", ["Tea and cookies were served to all."]),
        ("<p><a href='/a'>Safeguarding</a></p>", ["Safeguarding"]),
        ("<h3><a href='/a'>Safeguarding</a></h3>", ["Safeguarding"]),
        ("<article><header><h2>Safeguarding</h2></header></article>", ["Safeguarding"]),
        ("<h2 class='visually-hidden'>Safeguarding</h2>", ["Safeguarding"]),
        ("<h2>Downloads</h2><p>It was quick.</p>", ["Downloads", "It was quick."]),
        (
            "<h2><button aria-controls='p' aria-expanded='false'>Safeguarding<span>Show</span></button></h2>"
            "<div id='p' hidden>It was quick.</div>",
            ["Safeguarding", "It was quick."],
        ),
        ("<div hidden='until-found'>It was quick.</div>", ["It was quick."]),
        ("<div class='footer'>" + "<p>It was quick.</p>" * 40 + "</div>", ["It was quick."] * 40),
    ],
)  # fmt: skip
def test_what_only_looks_like_the_sites_is_kept(kept: str, expected: list[str]) -> None:
    assert lines(kept) == expected


def test_what_stands_before_the_title_and_behind_the_foot_is_left_out() -> None:
    page = (
        "<body><p>Not said.</p><div>Home › Reports › Northmoor County Council: local authority assessment</div>"
        f"<h1>{TITLE}</h1>{SENTENCE}<p>© Not said</p><p>Not said. Not ever.</p></body>"
    )
    assert [line.text for line in read_html(page.encode(), Path("p")).lines] == [TITLE, SAID]


def test_a_title_outside_the_main_part_is_kept_with_its_dates() -> None:
    page = (
        f"<body><p>Not said.</p><header><h1>{TITLE}</h1><p>Published: 12 June 2025</p></header>"
        f"<main>{SENTENCE}</main><p>Not said. Not ever.</p></body>"
    )
    read = [line.text for line in read_html(page.encode(), Path("p")).lines]
    assert read == [TITLE, "Published: 12 June 2025", SAID]


def test_line_numbers_are_those_of_the_source() -> None:
    page = f"<html><body>\n<h1\nclass='x'>{TITLE}</h1>\n<p>\n\nOne.<br><br>\nTwo.</p>\n\ntail\n<ul>\n<li>three</li></ul>"
    read = read_html(page.encode(), Path("p"))
    assert [(line.number, line.text) for line in read.lines] == [
        (3, TITLE),
        (6, "One."),
        (6, "Two."),
        (9, "tail"),
        (11, "• three"),
    ]


def test_line_numbers_go_on_where_the_parser_stops_to_count() -> None:
    page = f"<html><body><h1>{TITLE}</h1>" + "\n" * 70_000 + "<p>\nOne.</p>\n<p>Two.</p>"
    assert [line.number for line in read_html(page.encode(), Path("p")).lines] == [1, 70_002, 70_003]


def test_text_that_a_browser_wrapped_is_read_as_text() -> None:
    page = f"<html><body><pre>{TITLE}\nScore: 3\n\nThe desk was set up with the\nTrust.</pre></body></html>"
    read = read_html(page.encode(), Path("p"))
    assert not read.whole
    assert [line.text for line in read.lines][:2] == [TITLE, "Score: 3"]
