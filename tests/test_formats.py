"""Each format is what its readers expect: held against its schema, and read by a real reader where there is one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import junitparser
import msgspec
import pytest
import xmlschema
from conftest import Run, rule
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft202012Validator
from sarif.loader import load_sarif_file

from healthlint import builtin, config, documents, measured, reports, rules, runner
from healthlint.config import Configs
from healthlint.documents.document import Span
from healthlint.documents.rows import Position
from healthlint.edits import Applicability, Edit, Fix
from healthlint.findings import Finding, Place, Result, lint
from healthlint.reports.style import Style
from healthlint.rules import Rule, Source
from healthlint.runner import Request

SCHEMAS = Path(__file__).parent / "schemas"
CURE = rule("claims/cure", "cures", "error", '"{quote}" promises an outcome.')
AGAIN = rule("duplication/again", "twice", "info", "This is said again.", related_to_first=True)
LONG = rule("house/long", r"(?s)From.*?end", "warning", "This is long: 100 % [of](1) {{0}}, a:b.")
RULES = (CURE, AGAIN, LONG)
TEXT = "# Garlic\n\n\U0001f9c4é cures all, said twice.\r\nFrom here\rto the end, twice.\n"
ELSEWHERE = Place("first told in b c.md:7", Span(3, 9), Position(7, 4), Position(7, 10), "b c.md")
UNUSABLE = Result("c.md", linted=False, errors=("c.md: is not UTF-8 (line 1);\x1b save it as UTF-8",))


def result(text: str, name: str = "a.md", chosen: Sequence[Rule] = RULES) -> Result:
    document = documents.read(name, text.encode())
    return Result(name, document.text, lint(document, chosen), rules=lambda: chosen)


def report(form: str, *results: Result) -> str:
    return "".join(reports.report(form)(results, Style()))


def with_fix(one: Result, code: str, *edits: tuple[str, str], safe: bool = True) -> Result:
    """The result whose first finding of a rule has a fix, told as words of the text and what they become."""
    made = []
    for words, content in edits:
        start = one.text.index(words)
        made.append(Edit(Span(start, start + len(words)), content))
    fix = Fix("say it otherwise", tuple(made), Applicability.SAFE if safe else Applicability.UNSAFE)
    return changed(one, code, fix=fix)


def changed(one: Result, code: str, **fields: object) -> Result:
    at = next(at for at, found in enumerate(one.findings) if found.code == code)
    findings = [*one.findings]
    findings[at] = msgspec.structs.replace(findings[at], **fields)
    return Result(one.filename, one.text, findings, rules=one.rules)


def everything() -> list[Result]:
    """Findings of each severity, one over several rows, fixes, related places, and what could not be linted."""
    first = with_fix(result(TEXT), "claims/cure", ("é", "e"), ("cures", "may help"))
    first = with_fix(first, "house/long", ("to the end", ""), safe=False)
    second = changed(result("It cures.\n", "b c.md"), "claims/cure", related=(ELSEWHERE,))
    return [first, second, UNUSABLE, result("Nothing.\n", "sub/ü:d.md")]


def test_every_format_can_be_asked_for() -> None:
    assert {form.value for form in config.OutputFormat} == set(reports.FORMATS)
    for form in reports.FORMATS:
        assert reports.report(form).__name__ == form


def test_no_format_is_imported_before_it_is_wanted() -> None:
    import subprocess
    import sys

    program = "import sys, healthlint.commands.lint; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not [form for form in reports.FORMATS if f"healthlint.reports.{form}" in done.stdout.split()]


# GitHub

COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^\n]*?)::(?P<message>[^\r\n]*)\n")


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as GitHub's runner reads them: lines that start with `::`, up to the next `::`."""
    read = []
    for line in text.splitlines(keepends=True):
        found = COMMAND.fullmatch(line)
        assert found, line
        pairs = [pair.split("=", 1) for pair in found["properties"].split(",")]
        read.append((found["level"], {key: unescaped(value) for key, value in pairs}, unescaped(found["message"])))
    return read


def unescaped(text: str) -> str:
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


def test_github(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    read = commands(report("github", *everything()))
    assert read[0] == (
        "error",
        {
            "title": "healthlint (claims/cure)",
            "file": "docs/a.md",  # as GitHub counts, from the top of the repository
            "line": "3",
            "endLine": "3",
            "col": "4",
            "endColumn": "9",
        },
        'docs/a.md:3:4: claims/cure "cures" promises an outcome.',
    )
    levels = {properties["title"]: level for level, properties, _ in read}
    assert levels == {
        "healthlint (claims/cure)": "error",
        "healthlint (house/long)": "warning",
        "healthlint (duplication/again)": "notice",
        "healthlint": "error",
    }
    (long,) = [properties for _, properties, message in read if "house/long" in message]
    assert (long["line"], long["endLine"]) == ("4", "5")
    assert "col" not in long  # GitHub refuses columns of several lines
    assert [message for _, _, message in read if "not UTF-8" in message] == [
        "c.md: is not UTF-8 (line 1);  save it as UTF-8"
    ]


@given(st.text(), st.text(min_size=1))
def test_github_escapes_whatever_there_is(message: str, name: str) -> None:
    from healthlint.reports.github import _command

    line = _command("error", {"file": name, "line": "1"}, message)
    assert line.count("\n") == 1
    assert line.count("\r") == 0
    written = re.fullmatch(r"::error file=([^,:]*),line=1::(.*)\n", line, re.DOTALL)
    assert written
    assert (unescaped(written[1]), unescaped(written[2])) == (name, message)


# SARIF


def sarif(*results: Result) -> dict[str, Any]:
    return run_of(report("sarif", *results))


def run_of(written: str) -> dict[str, Any]:
    """The only run of a valid log."""
    log: dict[str, Any] = json.loads(written)
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8"))
    checker = Draft202012Validator.FORMAT_CHECKER  # that of draft 4 does not look at relative addresses
    assert {"uri", "uri-reference"} <= set(checker.checkers)
    mistakes = list(Draft4Validator(schema, format_checker=checker).iter_errors(log))
    assert [f"{list(mistake.path)}: {mistake.message}" for mistake in mistakes] == []
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_results() -> None:
    run = sarif(*everything())
    assert run["columnKind"] == "unicodeCodePoints"
    first = run["results"][0]
    descriptor = run["tool"]["driver"]["rules"][first["ruleIndex"]]
    assert descriptor["id"] == first["ruleId"] == "claims/cure"
    assert (first["level"], first["message"]["text"]) == ("error", '"cures" promises an outcome.')
    assert re.fullmatch(r"[0-9a-f]{40}", first["partialFingerprints"]["healthlint/v1"])
    (place,) = first["locations"]
    assert place["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 4,
        "endLine": 3,
        "endColumn": 9,
        "snippet": {"text": "cures"},
    }
    assert {found["level"] for found in run["results"]} == {"error", "warning", "note"}


def test_sarif_has_no_link_or_placeholder_that_an_article_brought() -> None:
    (long,) = [found for found in sarif(result(TEXT))["results"] if found["ruleId"] == "house/long"]
    assert long["message"]["text"] == r"This is long: 100 % \[of\](1) {{0}}, a:b."


def test_sarif_addresses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    run = sarif(*everything(), result("It cures.\n", str(tmp_path.parent / "e.md")))
    locations = [found["locations"][0]["physicalLocation"]["artifactLocation"] for found in run["results"]]
    for location in locations:
        artifact = run["artifacts"][location["index"]]
        assert artifact["location"] == {key: location[key] for key in location if key != "index"}
        assert location.get("uriBaseId") in run["originalUriBaseIds"] or location["uri"].startswith("file:///")
    names = [unquote(artifact["location"]["uri"]) for artifact in run["artifacts"]]
    assert names == ["docs/a.md", "docs/b c.md", "docs/c.md", "docs/sub/ü:d.md", (tmp_path.parent / "e.md").as_uri()]
    assert [name for artifact, name in zip(run["artifacts"], names, strict=True) if "roles" not in artifact] == [
        "docs/c.md"
    ]


def test_sarif_related_places() -> None:
    run = sarif(*everything())
    again = [found for found in run["results"] if found["ruleId"] == "duplication/again"]
    assert "relatedLocations" not in again[0]
    (related,) = again[1]["relatedLocations"]
    assert related["message"]["text"] == "first told here"
    assert related["physicalLocation"]["region"]["startLine"] == 3
    (elsewhere,) = next(found for found in run["results"] if found["locations"] and "b%20c" in json.dumps(found))[
        "relatedLocations"
    ]
    assert elsewhere["physicalLocation"]["artifactLocation"]["uri"].endswith("b%20c.md")
    assert elsewhere["physicalLocation"]["region"]["startLine"] == 7


def applied(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    for span, content in sorted(edits, reverse=True):
        text = text[: span.start] + content + text[span.end :]
    return text


FIXED = TEXT.replace("é cures", "e may help")


def test_sarif_fixes() -> None:
    run = sarif(*everything())
    (fix,) = run["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]
    lines = re.split(r"(?<=\r\n)|(?<=\r)(?!\n)|(?<=\n)", TEXT)

    def offset(region: dict[str, int], end: str) -> int:
        return sum(map(len, lines[: region[f"{end}Line"] - 1])) + region[f"{end}Column"] - 1

    edits = [
        (Span(offset(part["deletedRegion"], "start"), offset(part["deletedRegion"], "end")), insert(part))
        for part in change["replacements"]
    ]
    assert applied(TEXT, edits) == FIXED
    assert fix["description"]["text"] == "say it otherwise"
    (unsafe,) = [found["fixes"][0] for found in run["results"] if found["ruleId"] == "house/long" and "fixes" in found]
    assert unsafe["description"]["text"] == "say it otherwise (read what comes of it)"


def insert(replacement: dict[str, Any]) -> str:
    content: str = replacement.get("insertedContent", {"text": ""})["text"]
    return content


def test_sarif_tells_what_could_not_be_linted() -> None:
    (invocation,) = sarif(*everything())["invocations"]
    assert invocation["executionSuccessful"] is False
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert "c.md: is not UTF-8" in notification["message"]["text"]
    (invocation,) = sarif(result(TEXT))["invocations"]
    assert invocation == {"executionSuccessful": True}


def test_sarif_tells_what_is_suppressed_if_asked(healthlint: Run, tmp_path: Path) -> None:
    silenced = "<!-- healthlint-disable-next-block claims -- an old advertisement -->\n\nGarlic cures colds.\n\n"
    (tmp_path / "a.md").write_text(f"# Garlic\n\n{silenced}Ginger cures warts.\n", "utf-8")
    baseline = tmp_path / "known.json"
    command = ("a.md", "--select", "claims/absolute-claim")
    assert healthlint("baseline", *command, "--baseline", str(baseline)).returncode == 0
    asked = healthlint(*command, "--baseline", str(baseline), "--output-format", "sarif", "--report-suppressed")
    one, other = (found["suppressions"] for found in run_of(asked.stdout)["results"])
    assert one == [{"kind": "inSource", "status": "accepted", "justification": "an old advertisement"}]
    assert other == [{"kind": "external", "status": "accepted", "justification": "known in the baseline"}]
    assert asked.returncode == 0
    unasked = healthlint(*command, "--baseline", str(baseline), "--output-format", "sarif")
    assert run_of(unasked.stdout)["results"] == []
    assert healthlint("a.md", "--report-suppressed").returncode == 2


def builtin_rules() -> list[Rule]:
    return [rules.load(name, path) for name, path in rules.available(builtin.folder()).items()]


def test_sarif_tells_of_the_rules_that_were_run() -> None:
    chosen = builtin_rules()
    run = sarif(result("# Garlic\n\nGarlic cures high blood pressure.\n", chosen=chosen))
    described = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(described) == [rule.name for rule in chosen]
    levels = {"error": "error", "warning": "warning", "note": "recommendation"}
    for one in described.values():
        assert one["shortDescription"]["text"]
        assert one["fullDescription"]["text"]
        assert one["help"]["text"]
        assert one["help"]["markdown"]
        assert re.match("https?://", one["helpUri"])
        assert levels[one["defaultConfiguration"]["level"]] == one["properties"]["problem.severity"]
        assert one["properties"]["tags"][0] == one["id"].partition("/")[0]
    known = measured.read()
    for rule_ in chosen:
        figure, _ = known.figures(rule_)
        precision = described[rule_.name]["properties"].get("precision")
        assert (precision is not None) == figure.is_enough
        assert (precision == "very-high") == (figure.is_enough and figure.percent >= 95)


def test_sarif_of_a_rule_that_cannot_be_loaded() -> None:
    one = result("It cures.\n")
    run = sarif(Result(one.filename, one.text, one.findings))
    assert run["tool"]["driver"]["rules"] == [{"id": "claims/cure", "helpUri": "https://example.org/"}]


def test_sarif_of_a_rule_whose_source_has_an_odd_address() -> None:
    odd = msgspec.structs.replace(CURE.file, source=Source("x", "https://example.org/a>|\u00fc?q=%20#c"))
    run = sarif(result("It cures.\n", chosen=[msgspec.structs.replace(CURE, file=odd)]))
    (described,) = run["tool"]["driver"]["rules"]
    assert described["helpUri"] == "https://example.org/a%3E%7C%C3%BC?q=%20#c"
    assert "[x](<https://example.org/a%3E%7C%C3%BC?q=%20#c>)" in described["help"]["markdown"]


def test_sarif_is_read_by_sarif_tools(tmp_path: Path) -> None:
    (tmp_path / "a.sarif").write_text(report("sarif", *everything()))
    file = load_sarif_file(str(tmp_path / "a.sarif"))
    records = file.get_records()
    assert file.get_distinct_tool_names() == ["healthlint"]
    assert {(record["Code"], record["Severity"], record["Line"]) for record in records} >= {
        ("claims/cure", "error", 3),
        ("house/long", "warning", 4),
        ("duplication/again", "note", 5),
    }
    assert len(records) == sum(len(one.findings) for one in everything())


# GitLab


def gitlab(*results: Result) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(report("gitlab", *results))
    Draft202012Validator(json.loads((SCHEMAS / "gitlab.json").read_text())).validate(read)
    return read


def test_gitlab(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    read = gitlab(*everything())
    assert {key: value for key, value in read[0].items() if key != "fingerprint"} == {
        "description": '"cures" promises an outcome.',
        "check_name": "claims/cure",
        "severity": "major",
        "location": {"path": "docs/a.md", "lines": {"begin": 3, "end": 3}},
    }
    assert {one["check_name"]: one["severity"] for one in read} == {
        "claims/cure": "major",
        "house/long": "minor",
        "duplication/again": "info",
    }
    assert gitlab() == gitlab(UNUSABLE) == []


def test_gitlab_fingerprints_are_unique_and_stay() -> None:
    one = result("It cures. It cures.\n")
    same = Result("sub/a.md", one.text, one.findings)  # below a configuration of its own
    prints = [found["fingerprint"] for found in gitlab(one, same, same)]
    assert len(set(prints)) == 6
    assert prints == [found["fingerprint"] for found in gitlab(one, same, same)]
    assert prints[:2] == [found.fingerprint for found in one.findings]


# JUnit


def test_junit() -> None:
    text = report("junit", *everything())
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(text)
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    assert [(suite.name, suite.tests, suite.failures, suite.errors) for suite in suites] == [
        ("a.md", 4, 2, 0),
        ("b c.md", 1, 1, 0),
        ("c.md", 1, 0, 1),
        ("sub/ü:d.md", 1, 0, 0),
    ]
    for suite in suites:
        cases = list(suite)
        outcomes = [type(case.result[0]) if case.result else None for case in cases]
        assert suite.tests == len(cases)
        assert suite.failures == outcomes.count(junitparser.Failure)
        assert suite.errors == outcomes.count(junitparser.Error)
    (first, *_) = suites[0]
    assert (first.classname, first.name) == ("a.md", "claims/cure at 3:4")
    assert first.result[0].message == '"cures" promises an outcome.'
    assert first.result[0].type == "error claims/cure"
    (hint,) = [case for case in suites[0] if case.name == "duplication/again at 5:13"]
    assert hint.system_out == "a.md:5:13: This is said again."


# Checkstyle


def test_checkstyle() -> None:
    root = ET.fromstring(report("checkstyle", *everything()))
    assert (root.tag, [file.get("name") for file in root]) == ("checkstyle", ["a.md", "b c.md", "c.md"])
    assert root[0][0].attrib == {
        "line": "3",
        "column": "4",
        "severity": "error",
        "message": '"cures" promises an outcome.',
        "source": "healthlint.claims.cure",
    }
    assert {one.get("severity") for one in root.iter("error")} <= {"ignore", "info", "warning", "error"}
    assert [one.get("message") for one in root[2]] == ["c.md: is not UTF-8 (line 1);\ufffd save it as UTF-8"]
    assert len(ET.fromstring(report("checkstyle"))) == 0


XML = ("junit", "checkstyle")


@given(st.text(st.characters(), min_size=1), st.text(st.characters(), min_size=1))
def test_xml_carries_whatever_there_is(message: str, name: str) -> None:
    (found,) = result("It cures.\n").findings
    for form in XML:
        one = Result(name, "It cures.\n", [msgspec.structs.replace(found, message=message, filename=name)])
        written = report(form, one)
        assert written.isascii()
        told = [value for element in ET.fromstring(written).iter() for value in element.attrib.values()]
        legal = "".join("\ufffd" if not is_legal(character) else character for character in message)
        assert legal in told


def is_legal(character: str) -> bool:
    """XML 1.0, section 2.2, without what it discourages and without white space that readers change."""
    code = ord(character)
    return 0x20 <= code <= 0x7E or 0xA0 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code > 0xFFFF


# reviewdog


def rdjson(*results: Result) -> list[dict[str, Any]]:
    read: dict[str, Any] = json.loads(report("rdjson", *results))
    Draft202012Validator(json.loads((SCHEMAS / "rdjson.json").read_text())).validate(read)
    diagnostics: list[dict[str, Any]] = read["diagnostics"]
    return diagnostics


def in_bytes(text: str, place: dict[str, Any]) -> tuple[int, int]:
    """Where a range of rows and columns in bytes begins and ends in the bytes of a text."""
    lines = re.split(rb"(?<=\r\n)|(?<=\r)(?!\n)|(?<=\n)", text.encode())
    start, end = (sum(map(len, lines[: at["line"] - 1])) + at["column"] - 1 for at in (place["start"], place["end"]))
    return start, end


def test_rdjson() -> None:
    read = rdjson(*everything())
    first = read[0]
    assert (first["severity"], first["code"]["value"]) == ("ERROR", "claims/cure")
    assert first["location"] == {
        "path": "a.md",
        "range": {"start": {"line": 3, "column": 8}, "end": {"line": 3, "column": 13}},  # an emoji is four bytes
    }
    start, end = in_bytes(TEXT, first["location"]["range"])
    assert TEXT.encode()[start:end] == b"cures"
    (again,) = [one for one in read if one["location"]["range"]["start"] == {"line": 5, "column": 13}]
    assert again["message"] == "This is said again.\nfirst told here: a.md:3"
    assert rdjson() == []


def test_rdjson_suggests_a_fix_as_one_replacement() -> None:
    (suggestion,) = rdjson(*everything())[0]["suggestions"]
    start, end = in_bytes(TEXT, suggestion["range"])
    data = TEXT.encode()
    assert (data[:start] + suggestion["text"].encode() + data[end:]).decode() == FIXED


# JSON lines


def test_jsonl_has_what_json_has() -> None:
    lines = report("jsonl", *everything()).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(report("json", *everything()))
    assert report("jsonl") == ""


# All of them

CORPUS = sorted(Path(__file__).parent.parent.glob("corpus/*.*"))
ARTICLES = [path for path in CORPUS if path.suffix in (".md", ".html", ".txt")]


def test_articles_as_they_are() -> None:
    """What is found in the corpus, in each format that has a schema, told again from its report."""
    linted = list(runner.run(Request([str(path) for path in ARTICLES]), Configs(isolated=True)))
    found = [finding for one in linted for finding in one.findings]
    marked = [one.text[slice(*finding.span)] for one in linted for finding in one.findings]
    assert len(found) > 100
    run = sarif(*linted)
    assert [one["ruleId"] for one in run["results"]] == [finding.code for finding in found]
    snippets = [one["locations"][0]["physicalLocation"]["region"].get("snippet", {}) for one in run["results"]]
    assert all(told.get("text", words) == words for told, words in zip(snippets, marked, strict=True))
    texts = {Path(one.filename).as_posix(): one.text for one in linted}
    for diagnostic, words in zip(rdjson(*linted), marked, strict=True):
        text = texts[diagnostic["location"]["path"]]
        start, end = in_bytes(text, diagnostic["location"]["range"])
        assert text.encode()[start:end].decode() == words
    assert len({one["fingerprint"] for one in gitlab(*linted)}) == len(found)
    assert len(commands(report("github", *linted))) == len(found)
    written = report("junit", *linted)
    xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd").validate(written)
    cases = [case for suite in junitparser.JUnitXml.fromstring(written.encode()) for case in suite]
    assert len(cases) == len(found) + sum(not one.findings for one in linted)
    assert len(list(ET.fromstring(report("checkstyle", *linted)).iter("error"))) == len(found)
    assert report("jsonl", *linted).count("\n") == len(found)


HOSTILE = 'A \x1b]0;t\x07 cures "&<b>]]>\x00 \u202e\u2028\ufffe \U0001f9c4 ::error::x %0A end.\n'


def hostile() -> list[Finding]:
    (found,) = result("It cures.\n").findings
    return [msgspec.structs.replace(found, message=HOSTILE, filename="a\x1b\n,:\udcff.md")]


@pytest.mark.parametrize(
    "form", [form for form in reports.FORMATS if form not in ("text", "concise", "github", "html")]
)
def test_machine_formats_are_ascii_whatever_there_is(form: str) -> None:
    one = Result("a\x1b\n,:\udcff.md", "It cures.\n", hostile(), errors=(HOSTILE,))
    written = report(form, one)
    assert written.isascii()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", written)
    if form in XML:
        ET.fromstring(written)
    elif form == "jsonl":
        assert [json.loads(line) for line in written.splitlines()]
    else:
        assert json.loads(written)
