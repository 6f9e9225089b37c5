"""One report's evidence to triples: its graph is everything that its pages tell."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph import notice
from councilgraph.iris import IRIS
from councilgraph.model import (
    AssessmentHeader,
    Evidence,
    Finding,
    Place,
    Reviewed,
    Sentence,
    SourceDocument,
)
from councilgraph.statements import STATEMENTS
from councilgraph.terms import OA, PROV, RDF, XSD, cg, slug
from councilgraph.writing.assessments import add_assessment, add_document, add_fact, header_of
from councilgraph.writing.decided import add_decisions
from councilgraph.writing.evidence import EvidenceWriter
from councilgraph.writing.ntriples import Triples, decimal, plain, text

TYPE = f"<{RDF}type>"
AGENT = f"<{IRIS.thing('agent', 'councilgraph')}>"
# The store knows one kind of whole number; a narrower type would come back as another.
_INTEGER = f"^^<{XSD}integer>"
_FINDING, _PASSAGE = cg("Finding"), cg("Passage")
_IN_ASSESSMENT, _HAS_PASSAGE = cg("inAssessment"), cg("passage")
_STATEMENT, _REVIEW_STATE = cg("qualityStatement"), cg("reviewState")
_SECTION, _PARAGRAPH, _SENTENCE = cg("section"), cg("paragraphNumber"), cg("sentenceNumber")
_DIGEST, _PAGE = cg("textDigest"), cg("pageNumber")


def write_report(evidence: Evidence, rules: str) -> str:
    """The report as N-Triples; ``rules`` is the version of the rules that read it.

    Raises:
        ValueError: the report has no council or no date of publication.
    """
    report = evidence.report
    header = header_of(evidence)
    assert evidence.council is not None
    out = Triples()
    add_assessment(out, header, evidence.council.name, [d.key for d in report.documents])
    for document in report.documents:
        add_document(out, document)
    run = f"<{IRIS.thing('run', header.key)}>"
    _add_run(out, run, [d.key for d in report.documents], rules)
    _add_facts(out, evidence, header.key)
    names = _add_findings(out, evidence, header.key, run)
    _add_grounds(out, header, evidence.findings, names)
    EvidenceWriter(out, header.key, names).write(evidence)
    return out.ntriples()


def write_reviewed(reviewed: Reviewed, rules: str) -> str:
    """Reviewed evidence of a report that is not at hand: places and labels without its words."""
    out = Triples()
    documents = [SourceDocument(path.name, sha256, "", None, path) for path, sha256 in reviewed.files]
    for document in documents:
        add_document(out, document, publisher=None, licence=notice.LICENCE)
    assessment = f"<{IRIS.thing('assessment', reviewed.key)}>"
    run = f"<{IRIS.thing('run', reviewed.key)}>"
    _add_run(out, run, [document.key for document in documents], rules)
    keys = _Keys()
    names = {
        place: f"{reviewed.key}/{place.section}/{keys.of(place.section, mark)}"
        for place, mark in reviewed.digests.items()
    }
    for finding in reviewed.findings:
        name = names[finding.place]
        illustrated = names.get(finding.illustrates) if finding.illustrates else None
        out.lines.append(
            _place_lines(
                name, IRIS.document(documents[0].key), finding.place, reviewed.digests[finding.place]
            )
        )
        out.lines.append(_finding_lines(name, finding, assessment, run, illustrated))
        add_decisions(out, f"{IRIS.id}finding/{name}", reviewed.decided.get(finding, ()))
    EvidenceWriter(out, reviewed.key, names).write(reviewed)
    return out.ntriples()


def _add_run(out: Triples, run: str, documents: Iterable[str], rules: str) -> None:
    out.add(
        run,
        (TYPE, cg("ExtractionRun")),
        *((f"<{PROV}used>", f"<{IRIS.document(key)}>") for key in documents),
        (f"<{PROV}wasAssociatedWith>", AGENT),
        (cg("rulesVersion"), plain(rules)),
    )


def _add_facts(out: Triples, evidence: Evidence, key: str) -> None:
    document = IRIS.document(evidence.report.documents[0].key)
    passages: dict[Place, str] = {}
    keys = _Keys()
    for fact in evidence.report.facts:
        if fact.place not in passages:
            sentence = fact.sentence
            name = f"{key}/{fact.place.section}/{keys.of(fact.place.section, sentence.digest)}"
            passages[fact.place] = f"<{IRIS.id}passage/{name}>"
            out.lines.append(_passage_lines(name, document, fact.place, sentence))
        add_fact(out, key, fact, passages[fact.place])


def _add_findings(out: Triples, evidence: Evidence, key: str, run: str) -> dict[Place, str]:
    """The findings with their passages; the key of each by its place.

    Half of a million lines of a full graph come from here, so it formats them itself.
    """
    assessment = f"<{IRIS.thing('assessment', key)}>"
    documents = {d.sha256: IRIS.document(d.key) for d in evidence.report.documents}
    findings = {f.place: f for f in evidence.findings}
    names = _names(evidence, key)
    for paragraph in evidence.report.paragraphs:
        for sentence in paragraph.sentences:
            place = Place(paragraph.section, paragraph.n, sentence.n)
            name = names[place]
            out.lines.append(_passage_lines(name, documents[paragraph.document], place, sentence))
            if paragraph.page:
                out.lines.append(f'<{IRIS.id}passage/{name}> {_PAGE} "{paragraph.page}"{_INTEGER} .\n')
            if finding := findings.get(place):
                illustrated = names.get(finding.illustrates) if finding.illustrates else None
                out.lines.append(_finding_lines(name, finding, assessment, run, illustrated))
                if finding.review_state != "machine":
                    add_decisions(out, f"{IRIS.id}finding/{name}", evidence.decided.get(finding, ()))
    return names


def _add_grounds(
    out: Triples, header: AssessmentHeader, findings: Iterable[Finding], names: dict[Place, str]
) -> None:
    """From each score to the findings that it rests on."""
    out.lines.extend(
        f"<{IRIS.thing('judgement', header.key, f.place.section)}> {cg('evidence')} "
        f"<{IRIS.id}finding/{names[f.place]}> .\n"
        for f in findings
        if f.place.section in header.scores
    )


def _names(evidence: Evidence, key: str) -> dict[Place, str]:
    keys = _Keys()
    return {
        Place(paragraph.section, paragraph.n, sentence.n): (
            f"{key}/{paragraph.section}/{keys.of(paragraph.section, sentence.digest)}"
        )
        for paragraph in evidence.report.paragraphs
        for sentence in paragraph.sentences
    }


def _passage_lines(name: str, document: str, place: Place, sentence: Sentence) -> str:
    selector = f"<{IRIS.id}selector/{name}>"
    return (
        _place_lines(name, document, place, sentence.digest)
        + f"<{IRIS.id}passage/{name}> <{OA}hasSelector> {selector} .\n"
        f"{selector} {TYPE} <{OA}TextQuoteSelector> .\n"
        f"{selector} {TYPE} <{OA}TextPositionSelector> .\n"
        f"{selector} <{OA}exact> {text(sentence.text)} .\n"
        f'{selector} <{OA}start> "{sentence.start}"{_INTEGER} .\n'
        f'{selector} <{OA}end> "{sentence.end}"{_INTEGER} .\n'
    )


def _place_lines(name: str, document: str, place: Place, mark: str) -> str:
    passage = f"<{IRIS.id}passage/{name}>"
    return (
        f"{passage} {TYPE} {_PASSAGE} .\n"
        f"{passage} <{OA}hasSource> <{document}> .\n"
        f"{passage} {_SECTION} {slug('report-section', place.section)} .\n"
        f'{passage} {_PARAGRAPH} "{place.paragraph}"{_INTEGER} .\n'
        f'{passage} {_SENTENCE} "{place.sentence}"{_INTEGER} .\n'
        f'{passage} {_DIGEST} "{mark}" .\n'
    )


def _finding_lines(name: str, finding: Finding, assessment: str, run: str, illustrated: str | None) -> str:
    subject = f"<{IRIS.id}finding/{name}>"
    lines = [
        f"{subject} {TYPE} {_FINDING} .\n",
        f"{subject} {_IN_ASSESSMENT} {assessment} .\n",
        f"{subject} {_HAS_PASSAGE} <{IRIS.id}passage/{name}> .\n",
        f"{subject} {_REVIEW_STATE} {slug('review-state', finding.review_state)} .\n",
        f"{subject} <{PROV}wasGeneratedBy> {run} .\n",
    ]
    if finding.place.section in STATEMENTS:
        lines.append(f"{subject} {_STATEMENT} {slug('quality-statement', finding.place.section)} .\n")
    if finding.polarity:
        lines.append(f"{subject} {cg('polarity')} {slug('polarity', finding.polarity)} .\n")
    lines += [f"{subject} {cg('voice')} {slug('voice', v)} .\n" for v in dict.fromkeys(finding.voices)]
    lines += [f"{subject} {cg('theme')} {slug('theme', t)} .\n" for t in dict.fromkeys(finding.themes)]
    if illustrated:
        lines.append(f"{subject} {cg('illustrates')} <{IRIS.id}finding/{illustrated}> .\n")
    if finding.summary:
        lines.append(f"{subject} {cg('summary')} {text(finding.summary)} .\n")
    lines += [f"{subject} {cg('givenBy')} {plain(rule)} .\n" for rule in dict.fromkeys(finding.rules)]
    if finding.confidence is not None:
        lines.append(f"{subject} {cg('confidence')} {decimal(finding.confidence)} .\n")
    return "".join(lines)


class _Keys:
    """Sentence keys within a section: the head of the digest, numbered where it repeats."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], int] = {}

    def of(self, section: str, mark: str) -> str:
        """The key of the next sentence of a section that has this digest."""
        head = mark[:10]
        n = self.seen[section, head] = self.seen.get((section, head), 0) + 1
        return head if n == 1 else f"{head}-{n}"
