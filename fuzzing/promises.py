"""What holds of whatever healthlint is fed: each promise is a function, which raises AssertionError where it is broken.

Both the fuzzer and the property tests hold what they come up with against these.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

from healthlint import documents, outcomes, reports, rules
from healthlint.across import lint_together
from healthlint.analysis import Analysis
from healthlint.analysis.setting import Setting
from healthlint.documents import ReadError
from healthlint.documents.document import Document, Kind, LinkKind, Span
from healthlint.edits import Applicability
from healthlint.findings import Finding, Result, Silenced, lint, lint_analysis
from healthlint.fixes import Fixed, fixed
from healthlint.outcomes import Outcome
from healthlint.plain import STEERING, naming_no_command, printable
from healthlint.reports.style import Style
from healthlint.rules import Rule

SETTING = Setting(date(2026, 1, 1))  # the same answer on whatever day it is asked
_STEERING = re.compile(f"[{STEERING}]")
_ROW_END = re.compile(r"\r\n|\r|\n")


@cache
def all_rules() -> tuple[Rule, ...]:
    """The built-in rules, those in preview, too."""
    return tuple(rules.load(name, path) for name, path in rules.all_available().items())


@cache
def _known() -> frozenset[str]:
    return frozenset(rule.name for rule in all_rules())


def check_document(document: Document) -> None:
    """Every promise that `Document` makes about offsets."""
    text = document.text
    for block in document.blocks:
        prose, at = block.prose, 0
        assert block.text.strip() == block.text != ""
        assert 0 <= block.span.start <= block.span.end <= len(text)
        for piece in prose.pieces:
            assert piece.start == at
            assert piece.length > 0
            at += piece.length
            assert block.span.start <= piece.span.start <= piece.span.end <= block.span.end
            if piece.copied:
                assert text[slice(*piece.span)] == block.text[piece.start : at]
        assert at == len(block.text)
        starts = [piece.span.start for piece in prose.pieces]
        assert starts == sorted(starts)
        for link in block.links:
            assert 0 <= link.start <= link.end <= len(block.text)
            assert 0 <= link.span.start <= link.span.end <= len(text)
            assert link.kind is not LinkKind.NOTE or link.start == link.end
        if block.ordinal:
            assert 0 <= block.ordinal.span.start <= block.ordinal.span.end <= len(text)
        assert (1 <= block.level <= 6) or block.kind is not Kind.HEADING
    _check_sections(document)
    for field in document.fields:
        assert 0 <= field.span.start < field.span.end <= len(text)
        assert field.name == field.name.lower() != ""
    for _, span in (*document.comments, *document.definitions.items()):
        assert 0 <= span.start <= span.end <= len(text)


def _check_sections(document: Document) -> None:
    for section in document.sections:
        assert section.start < section.own_end <= section.end <= len(document.blocks)
        if section.parent is not None:
            parent = document.sections[section.parent]
            assert parent.start < section.start
            assert section.end <= parent.end


def check_refusal(why: Exception) -> None:
    """That a file cannot be used is told in one line."""
    said = str(why)
    assert said.strip() == said != ""
    assert len(printable(said).splitlines()) == 1


def check_file(path: str, data: bytes) -> list[Document]:
    """A file is read as its bytes are, or refused in a line; what is found in it is where it is said to be."""
    try:
        articles = list(documents.read_all(path, data))
    except ReadError as why:
        check_refusal(why)
        return []
    assert articles
    text = documents.decoded(data) if documents.has_text(path) else articles[0].text
    for article in articles:
        check_document(article)
        start = article.inside.start if article.inside else 0
        assert text[start : start + len(article.text)] == article.text
        check_findings(text, *linted(article))
    return articles


def linted(document: Document) -> tuple[list[Finding], list[Silenced]]:
    """What all rules find in an article, and what it does not want to be told."""
    silenced: list[Silenced] = []
    return lint_analysis(Analysis(document, SETTING), all_rules(), _known(), silenced=silenced), silenced


def check_findings(text: str, found: Sequence[Finding], silenced: Sequence[Silenced] = ()) -> None:
    """Findings lie in a file's text where their rows and columns say, in order, none twice; a cache gives them back."""
    for finding in (*found, *(one.finding for one in silenced)):
        _check_place(text, finding.span, finding.location, finding.end_location)
        assert finding.message.strip() == printable(finding.message) != ""
        for place in finding.related:
            if not place.filename:
                _check_place(text, place.span, place.location, place.end_location)
        if finding.fix:
            assert finding.fix.edits
            assert finding.fix.edits[0].span.start >= 0
            assert finding.fix.edits[-1].span.end <= len(text)
    places = [(finding.span, finding.code) for finding in found]
    assert places == sorted(set(places))
    assert len({finding.fingerprint for finding in found}) == len(found)
    assert set(places).isdisjoint((one.finding.span, one.finding.code) for one in silenced)
    outcome = Outcome(list(found), list(silenced))
    assert outcomes.decoded(outcomes.encoded(outcome)) == outcome


def _check_place(text: str, span: Span, *ends: tuple[int, int]) -> None:
    assert 0 <= span.start <= span.end <= len(text)
    for offset, (row, column) in zip(span, ends, strict=True):
        before = [0, *(match.end() for match in _ROW_END.finditer(text) if match.end() <= offset)]
        assert (row, column) == (len(before), offset - before[-1] + 1)


def check_again(path: str, data: bytes) -> None:
    """The same bytes give the same findings, whether the article stands alone or a copy of it follows."""
    try:
        first, second = ([linted(one) for one in documents.read_all(path, data)] for _ in range(2))
        pair = [next(documents.read_all(name, data)) for name in (path, f"copy-of-{path}")]
    except ReadError:
        return
    assert first == second
    together = lint_together(pair, all_rules(), _known(), setting=SETTING)
    assert [one for one in together[0] if not _compares(one)] == first[0][0]


def _compares(finding: Finding) -> bool:
    return next(rule for rule in all_rules() if rule.name == finding.code).check.compares


def check_fixes(path: str, data: bytes, asked: Applicability) -> None:
    """A fixed article is an article still, has fewer findings and none that is new, and is not fixed any further."""
    try:
        document = documents.read(path, data)
    except ReadError:
        return
    if not document.writable or document.inside:
        return
    before = lint(document, all_rules(), _known(), setting=SETTING)
    after = _mended(document, before, asked)
    assert bool(after.made) == (after.text != document.text)
    if not after.made:
        return
    again = documents.read(path, documents.encoded(after.text, data))
    assert again.text == after.text
    check_document(again)
    left = lint(again, all_rules(), _known(), setting=SETTING)
    check_findings(again.text, left)
    assert not _heavy(left) - _heavy(before)
    assert _mended(again, left, asked) == Fixed(after.text, ())


def _mended(document: Document, found: Sequence[Finding], asked: Applicability) -> Fixed:
    def again(text: str) -> list[Finding]:
        article = documents.read_text(document.path, text, document.format)
        return lint(article, all_rules(), _known(), setting=SETTING)

    return fixed(document.text, found, again, asked)


def _heavy(found: Sequence[Finding]) -> Counter[str]:
    """How often each rule has a finding that weighs more than a hint."""
    return Counter(finding.code for finding in found if finding.severity.weight)


def check_reports(path: str, data: bytes) -> dict[str, str]:
    """Every report of an article can be read as what it is, and no character of the article steers a terminal."""
    results = list(results_of(path, data))
    written = {name: "".join(reports.report(name)(results, Style())) for name in reports.FORMATS}
    written["statistics"] = "".join(reports.statistics("text")(results, Style()))
    found = sum(len(result.findings) for result in results)
    assert len(json.loads(written["json"])) == found
    assert len([json.loads(line) for line in written["jsonl"].splitlines()]) == found
    assert len(json.loads(written["sarif"])["runs"][0]["results"]) == found
    json.loads(written["gitlab"])
    json.loads(written["rdjson"])
    for form in ("junit", "checkstyle"):
        ET.fromstring(written[form])  # noqa: S314 - our own, which declares no entities
    assert written["github"].count("\n") == len(
        re.findall("^::(?:error|warning|notice) ", written["github"], re.MULTILINE)
    )
    for form in ("text", "concise", "github", "statistics"):
        for line in written[form].split("\n"):
            assert not _STEERING.search(line), form
            assert naming_no_command(line) == line, form
            assert form == "github" or not line.lstrip().startswith("::"), form
    return written


def results_of(path: str, data: bytes) -> list[Result]:
    """What a run tells of a file, without what it keeps."""
    try:
        articles = list(documents.read_all(path, data))
    except ReadError as why:
        return [Result(path, linted=False, errors=(f"{path}: {why}",))]
    text = documents.decoded(data) if documents.has_text(path) else articles[0].text
    found = [finding for article in articles for finding in linted(article)[0]]
    told = {finding.code for finding in found}
    return [Result(path, text, found, rules=lambda: [rule for rule in all_rules() if rule.name in told])]
