"""Text of strangers stays text: every payload, wherever text of theirs enters, in everything that is written."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import msgspec
import pyromark
import pytest
import yaml
from editors import editing
from hostile import PAYLOADS, marker, named, payload, project
from lsprotocol import types
from test_formats import commands, run_of
from test_html_report import Tree

from healthlint import reports
from healthlint.cli import main

OWN_COLOURS = re.compile(r"\x1b\[(?:0|1|2|1;31|1;33)m")
JOINERS = "\u200c\u200d\xad"  # which scripts, emoji and hyphenation are spelled with
GITHUB = {"error", "warning", "notice"}


def steering(text: str) -> set[str]:
    """What of a text steers a terminal, turns the direction of writing or is not seen, by the names of Unicode."""
    return {
        f"U+{ord(one):04X}"
        for one in set(text)
        if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") and one not in JOINERS + "\n"
    }


def commanding(text: str) -> list[str]:
    """The lines in which a runner of GitHub or an agent of Azure would find a command.

    As they look (actions/runner, ActionCommand.cs; azure-pipelines-agent, Command.cs; 2025): by comparing as people do,
    to whom some characters are nothing.
    """
    found = []
    for line in text.splitlines():
        seen = "".join(one for one in line if unicodedata.category(one) not in ("Cf", "Mn"))
        if seen.lstrip().startswith("::") or "##[" in seen or "##vso[" in seen.lower():
            found.append(line)
    return found


def check_harmless(written: str, *, coloured: bool = False) -> None:
    if coloured:
        assert OWN_COLOURS.search(written)
        written = OWN_COLOURS.sub("", written)
    assert steering(written) == set()
    assert commanding(written) == []


def told(written: str) -> set[str]:
    """The payloads whose text has arrived."""
    return {name for name in PAYLOADS if re.search(marker(name), written, re.IGNORECASE)}


EVERY = set(PAYLOADS)


def healthlint(folder: Path, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "healthlint", *arguments],
        env={**os.environ, "PYTHONIOENCODING": "utf-8:surrogateescape", "COLUMNS": "60", **(env or {})},
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=600,
    )
    stdout, stderr = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in stderr
    return subprocess.CompletedProcess(done.args, done.returncode, stdout, stderr)


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of strangers', and its reports in each format, all of one run."""
    folder = tmp_path_factory.mktemp("strangers")
    project(folder)
    asked = [part for form in reports.FORMATS for part in ("--output-file", f"{form}:report.{form}")]
    done = healthlint(folder, "articles", "--report-suppressed", "--output-format", "text", *asked)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert done.stdout == (folder / "report.text").read_text("utf-8")
    return folder


def written(folder: Path, form: str) -> str:
    return (folder / f"report.{form}").read_text("utf-8")


@pytest.fixture(scope="module")
def found(strangers: Path) -> list[dict[str, Any]]:
    """All findings, as the JSON report tells them."""
    everything: list[dict[str, Any]] = msgspec.json.decode(written(strangers, "json"))  # which refuses half characters
    assert len(everything) > 1000
    return everything


# What people read


def test_the_payloads_would_be_harmful() -> None:
    """The tests below look for what there is."""
    raw = "\n".join(PAYLOADS.values())
    assert len(steering(raw)) > 20
    assert len(commanding(raw)) >= 4


@pytest.mark.parametrize("form", ["text", "concise"])
def test_reports_for_people(strangers: Path, form: str) -> None:
    report = written(strangers, form)
    check_harmless(report)
    assert told(report) == EVERY
    check_harmless(
        healthlint(strangers, "articles", "--output-format", form, env={"FORCE_COLOR": "1"}).stdout, coloured=True
    )


def copied(project: Path, folder: Path) -> Path:
    return shutil.copytree(project, folder / "copy", ignore=shutil.ignore_patterns("report.*"))


PEOPLE = [
    ("articles --statistics", False),
    ("articles --select none-such", False),
    ("articles --fix --unsafe-fixes --show-fixes", True),
    ("rules", True),
    ("config", False),
    ("config articles", False),
    ("measure articles --show missed,false,info", True),
    ("test house", True),
    ("init articles --dry-run", True),
    ("clean --cache-dir kept", False),
]


@pytest.mark.parametrize(("arguments", "tells"), PEOPLE)
def test_what_commands_say(strangers: Path, tmp_path: Path, arguments: str, tells: bool) -> None:
    folder = copied(strangers, tmp_path)
    for name in PAYLOADS:
        label = f"1\t1\tclaims\tuncited-study\tmust\t{payload(name)}".replace("\n", " ").replace("\r", " ")
        (folder / "articles" / f"{name}.gold.tsv").write_text(label, "utf-8", newline="")
        (folder / "articles" / f"{name}.txt").write_text(f"{payload(name)} cures.\n", "utf-8", newline="")
    done = healthlint(folder, *arguments.split(), env={"FORCE_COLOR": "1"})
    said = done.stdout + done.stderr
    check_harmless(OWN_COLOURS.sub("", said))
    assert told(said) == EVERY if tells else said


def on_terminal(folder: Path, *arguments: str) -> str:
    """What a terminal gets, as the only stream there is."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "healthlint", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm"},
    )
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # it is closed at the other end
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    process.wait()
    return b"".join(parts).decode()


@pytest.mark.parametrize("arguments", [["--no-cache", "--jobs", "2"], ["--diff", "--unsafe-fixes"]])
def test_on_a_terminal(strangers: Path, arguments: list[str]) -> None:
    """Its own progress and colours are all that steers it; a diff, which is exact elsewhere, is not exact here."""
    said = on_terminal(strangers, "articles", *arguments).replace("\r\n", "\n")
    said = re.sub(r"(?:\r\x1b\[K(?:[\d,]+ of [\d,]+ articles, [\w, ]+ left)?)+", "", said)
    check_harmless(OWN_COLOURS.sub("", said))
    assert told(said) == EVERY


@pytest.mark.parametrize("name", PAYLOADS)
def test_explain(
    strangers: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.chdir(strangers)
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["explain", f"stranger/{name}"]) == 0
    said = capsys.readouterr().out
    check_harmless(said)
    assert told(said) == {name}


MARKED = b"# Garlic\n\n<!-- healthlint-disable clams -->\n\nGarlic is a plant.\n"
ARGUMENTS = [
    ["PAYLOAD"],
    ["--select", "PAYLOAD"],
    ["--output-format", "PAYLOAD"],
    ["--fail-on", "PAYLOAD"],
    ["--jobs", "PAYLOAD"],
    ["--today", "PAYLOAD"],
    ["--PAYLOAD"],
    ["--config", "PAYLOAD", "."],
    ["--baseline", "PAYLOAD", "."],
    ["--output-file", "missing/PAYLOAD", "articles"],
    ["--stdin-filename", "PAYLOAD.md", "-", "--output-format", "concise"],
    ["explain", "PAYLOAD"],
    ["drug", "PAYLOAD"],
    ["config", "PAYLOAD"],
    ["config", "PAYLOAD", "--exclude", "PAYLOAD"],
    ["measure", "PAYLOAD"],
    ["test", "PAYLOAD"],
    ["init", "PAYLOAD"],
    ["server", "--tcp", "PAYLOAD"],
    ["schema", "PAYLOAD"],
    ["schema", "--output-file", "missing/PAYLOAD"],
    ["clean", "--cache-dir", "PAYLOAD"],
    ["rules", "PAYLOAD"],
]


@pytest.mark.parametrize("arguments", ARGUMENTS, ids=" ".join)
def test_what_is_said_of_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    import io

    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.md").write_bytes(MARKED)
    monkeypatch.chdir(tmp_path)
    for name in PAYLOADS:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(MARKED)))
        status = main([part.replace("PAYLOAD", payload(name)) for part in arguments])
        said = "".join(capsys.readouterr())
        assert status in (0, 1, 2)
        check_harmless(said)
        assert name in told(said)


CONFIGURATIONS = [
    "fail-on: PAYLOAD",
    "PAYLOAD: 1",
    "select: [PAYLOAD]",
    "ignore: [PAYLOAD]",
    "severity: {PAYLOAD: error}",
    "severity: {claims: PAYLOAD}",
    "options: {PAYLOAD: {a: 1}}",
    "options: {language/long-sentence: {PAYLOAD: 1}}",
    "options: {language/long-sentence: {most-words: PAYLOAD}}",
    "options: {language/stigmatizing-term: {extend-terms: {PAYLOAD: [PAYLOAD]}}}",
    "extend: PAYLOAD",
    "rules: [PAYLOAD]",
    "exclude: [PAYLOAD]",
    "per-path: [{paths: [PAYLOAD], ignore: [PAYLOAD]}]",
    "baseline: PAYLOAD",
    "profile: PAYLOAD",
]


UNTOLD = [text for text in CONFIGURATIONS if re.search("exclude|per-path|most-words|extend-terms", text)]  # by values


@pytest.mark.parametrize("text", CONFIGURATIONS)
def test_what_is_said_of_configurations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    from hostile import quoted

    (tmp_path / "articles").mkdir()
    monkeypatch.chdir(tmp_path)
    arrived = set()
    for name in PAYLOADS:
        (tmp_path / ".healthlint.yaml").write_text(text.replace("PAYLOAD", quoted(payload(name))))
        form = "json" if "per-path" in text else "text"
        status = main(["config", "articles", "--output-format", form])
        out, errors = capsys.readouterr()
        assert (status, bool(errors)) in ((0, False), (2, True))
        check_harmless(out + errors)
        arrived |= told(out + errors)
        if form == "json" and status == 0:
            assert msgspec.json.decode(out)["files"]
    assert arrived == EVERY or text in UNTOLD


@pytest.mark.parametrize("key", ["path", "code", "words", "fingerprint", "more"])
def test_what_is_said_of_a_baseline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.md").write_bytes(MARKED)
    (tmp_path / ".healthlint.yaml").write_text("baseline: known.json\n")
    for name in PAYLOADS:
        entry = {"path": "a.md", "code": "claims/gone", "words": "x", "fingerprint": "0", key: payload(name)}
        (tmp_path / "known.json").write_text(json.dumps({"version": 1, "findings": [entry]}))
        assert main(["."]) in (1, 2)
        check_harmless("".join(capsys.readouterr()))
        (tmp_path / "known.json").write_text(payload(name), "utf-8")
        assert main(["."]) == 2
        check_harmless("".join(capsys.readouterr()))


def test_what_init_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Names of folders stand in the comments of a configuration, and nowhere else."""
    for name in PAYLOADS:
        folder = tmp_path / name / "site" / named(name)
        folder.mkdir(parents=True)
        (folder / "a.md").write_text("# Garlic\n\nIt is a plant.\n")
        monkeypatch.chdir(tmp_path / name)
        assert main(["init", "site"]) == 0
        check_harmless("".join(capsys.readouterr()))
        text = (tmp_path / name / "site" / ".healthlint.yaml").read_text("utf-8")
        assert yaml.safe_load(text) == {"fail-on": "warning"}
        assert told(text) == {name}
        check_harmless(text)


# What programs read


@pytest.mark.parametrize("form", [form for form in reports.FORMATS if form not in ("text", "concise", "github")])
def test_no_report_holds_a_command_for_the_log_of_a_build(strangers: Path, form: str) -> None:
    assert commanding(written(strangers, form)) == []
    assert told(written(strangers, form)) == EVERY


def test_json(strangers: Path, found: list[dict[str, Any]]) -> None:
    files = {os.fsencode(path.relative_to(strangers)) for path in (strangers / "articles").rglob("*.*")}
    names = {path.decode("utf-8", "replace").replace("\ufffd\ufffd", "\ufffd\ufffd") for path in files}
    assert {one["filename"] for one in found} <= names
    lines = [json.loads(line) for line in written(strangers, "jsonl").splitlines()]
    assert lines == found
    for one in found:
        assert steering(one["message"]) == set()
        assert re.fullmatch(r"https?://\S+", one["url"])


def unplaced(message: str) -> str:
    return message.partition(": ")[2]


def messages(found: list[dict[str, Any]]) -> Counter[str]:
    return Counter(one["message"] for one in found)


def test_github(strangers: Path, found: list[dict[str, Any]]) -> None:
    read = commands(written(strangers, "github"))  # which takes each line for a command
    assert {level for level, _, _ in read} <= GITHUB
    assert len(read) == len(found)
    for (_, properties, message), one in zip(read, found, strict=True):
        assert message.endswith(f"{one['code']} {one['message']}")
        assert (properties["line"], properties["title"]) == (str(one["location"]["row"]), f"healthlint ({one['code']})")
        assert steering("".join([message, *properties.values()])) == set()


def test_gitlab_and_reviewdog(strangers: Path, found: list[dict[str, Any]]) -> None:
    quality = msgspec.json.decode(written(strangers, "gitlab"))
    assert [one["description"] for one in quality] == [one["message"] for one in found]
    diagnostics = msgspec.json.decode(written(strangers, "rdjson"))["diagnostics"]
    assert [one["message"].split("\n")[0] for one in diagnostics] == [one["message"] for one in found]
    for one in (*quality, *diagnostics):
        assert steering(one["location"]["path"]) == set()


def test_sarif(strangers: Path, found: list[dict[str, Any]]) -> None:
    run = run_of(written(strangers, "sarif"))
    told_of = [one for one in run["results"] if "suppressions" not in one]
    assert [re.sub(r"\\([\[\]])", r"\1", one["message"]["text"]) for one in told_of] == [
        re.sub(r"\{(\d+)\}", r"{{\1}}", one["message"]) for one in found
    ]
    for one in run["results"]:
        for text in (one["message"], *(place["message"] for place in one.get("relatedLocations", ()))):
            assert not re.search(r"(?<!\\)\]\(", text["text"])  # a link, which viewers make of it
            assert steering(text["text"]) == set()
    for artifact in run["artifacts"]:
        assert (strangers / unquote(artifact["location"]["uri"], errors="surrogateescape")).is_file()
    for rule in run["tool"]["driver"]["rules"]:
        check_markdown(rule["help"]["markdown"])
        assert steering(rule["help"]["text"].replace("\n", " ")) == set()


ALLOWED_TAGS = {"p", "a", "pre", "code", "strong", "em", "hr", "html", "head", "body", "br"}


def check_markdown(text: str) -> None:
    """That what a viewer makes of it has no more than it is to have, and leads to the source of the rule alone."""
    tree = Tree(f"<!DOCTYPE html><title>x</title>{pyromark.html(text, options=pyromark.Options.ENABLE_TABLES)}")
    assert {one.tag for one in tree.all()} <= ALLOWED_TAGS | {"title"}
    for one in tree.all("a"):
        assert urlsplit(one.get("href")).scheme in ("http", "https")
        assert urlsplit(one.get("href")).netloc != "evil.example"


def test_xml(strangers: Path, found: list[dict[str, Any]]) -> None:
    told_of = Counter()
    for case in ET.fromstring(written(strangers, "junit")).iter("testcase"):
        if (failure := case.find("failure")) is not None:
            told_of[failure.get("message")] += 1
        elif (hint := case.find("system-out")) is not None:
            told_of[re.sub(r"^.*?:\d+:\d+: ", "", hint.text or "", flags=re.DOTALL)] += 1
    errors = Counter(one.get("message") for one in ET.fromstring(written(strangers, "checkstyle")).iter("error"))
    legal = Counter(re.sub("[\ufffe\uffff]", "\ufffd", one["message"]) for one in found)
    assert errors == legal
    assert told_of == legal
    for form in ("junit", "checkstyle"):
        assert "<!DOCTYPE" not in written(strangers, form)
        assert "<![CDATA[" not in written(strangers, form)


def test_html(strangers: Path, found: list[dict[str, Any]]) -> None:
    page = written(strangers, "html")
    assert steering(page) <= {"U+0009"}
    tree = Tree(page)
    tags = {one.tag for one in tree.all()}
    assert not tags & {"img", "iframe", "base", "object", "link", "embed", "textarea", "audio", "video", "math"}
    assert len(tree.all("script")) == len(tree.all("style")) == 1
    assert len(tree.all("li", class_="note")) == len(found)
    assert not [name for one in tree.all() for name in one.attrib if name.startswith("on") or name in ("style", "src")]
    for one in tree.all("a"):
        target = one.get("href")
        assert target.startswith("#") or urlsplit(target).scheme in ("http", "https")
        assert target.startswith("#") or one.get("rel") == "noreferrer noopener"


@pytest.mark.parametrize("arguments", ["rules --output-format json", "measure articles --format json"])
def test_what_commands_write_as_json(strangers: Path, tmp_path: Path, arguments: str) -> None:
    folder = copied(strangers, tmp_path)
    (folder / "articles" / "a.gold.tsv").write_text("".join(_labels()), "utf-8", newline="")
    (folder / "articles" / "a.txt").write_text("It cures.\n")
    done = healthlint(folder, *arguments.split())
    assert msgspec.json.decode(done.stdout)
    assert done.stderr == ""
    check_harmless(done.stdout)
    assert told(done.stdout) == EVERY


def _labels() -> Iterator[str]:
    for name in PAYLOADS:
        yield f"1\t1\tclaims\tuncited-study\tmust\t{payload(name)}".replace("\n", " ").replace("\r", " ") + "\n"


def test_a_baseline_is_json_of_what_was_found(strangers: Path, tmp_path: Path) -> None:
    folder = copied(strangers, tmp_path)
    done = healthlint(folder, "baseline")
    assert (done.returncode, done.stderr) == (0, "")
    check_harmless(done.stdout)
    entries = json.loads((folder / ".healthlint-baseline.json").read_text("utf-8"))["findings"]
    assert steering("".join(entry["words"] for entry in entries)) == set()
    again = healthlint(folder, "--baseline", ".healthlint-baseline.json")
    assert (again.returncode, again.stdout) == (0, "")


# What an editor is told


@pytest.mark.asyncio
async def test_the_language_server(strangers: Path) -> None:
    async with editing(strangers) as editor:
        for name in PAYLOADS:
            path = strangers / "articles" / named(name) / f"{named(name)}.md"
            uri = path.as_uri()
            editor.open(uri, path.read_bytes().decode(), "markdown")
            diagnostics = await editor.told(uri)
            assert marker(name) in "".join(one.message for one in diagnostics)
            for one in diagnostics:
                assert steering(one.message) == set()
                assert all(steering(other.message) == set() for other in one.related_information or ())
                assert one.code_description
                assert one.code_description.href.startswith("http")
            (ours,) = [one for one in diagnostics if one.code == f"stranger/{name}"][:1]
            asked = types.HoverParams(types.TextDocumentIdentifier(uri), ours.range.start)
            hover = await editor.text_document_hover_async(asked)
            assert hover
            assert isinstance(hover.contents, types.MarkupContent)
            check_markdown(hover.contents.value)
            assert marker(name) in hover.contents.value
            editor.close(uri)
