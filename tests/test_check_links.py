"""`--check-links` as its users run it, against a server on loopback; and that nothing else asks the web."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from articles import html
from conftest import Run
from editors import editing
from projects import write
from test_wordpress import export, item
from web_server import HOST, Server, answer, serving
from word import p, run, word_file

from healthlint import hookfile, kept
from healthlint.analysis import Analysis
from healthlint.checks.web_links import WebLinks
from healthlint.documents.document import Document
from healthlint.web.limits import LinkLimits

RULE = "sources/dead-link"
FOLLOW = ["--check-links", "--allow-private-links"]
QUICK = "link-limits: {pause: 0}\n"

Tell = Callable[..., tuple[list[dict[str, Any]], subprocess.CompletedProcess[str]]]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        server.says["/good"] = answer(200)
        yield server


@pytest.fixture
def here(tmp_path: Path) -> Path:
    write(tmp_path, QUICK)
    return tmp_path


@pytest.fixture
def tell(healthlint: Run, here: Path) -> Tell:
    """The dead links that a run tells, with a cache of its own, and all that it says."""

    def told(*arguments: str, **more: Any) -> tuple[list[dict[str, Any]], subprocess.CompletedProcess[str]]:
        done = healthlint(
            *("--select", RULE, "--output-format", "json", *arguments), env={kept.FOLDER: str(here / "kept")}, **more
        )
        return json.loads(done.stdout or "[]"), done

    return told


def article(folder: Path, server: Server, name: str = "a.md", *links: str) -> Path:
    """An article with those links, each a paragraph."""
    text = "# Gout\n\n" + "".join(f"[The {path}]({server.url(path)}) says so.\n\n" for path in links or ("/bad",))
    return write(folder, text, name)


# What is marked


BODIES = {
    "a.md": "# Gout\n\nSee the [[[list]({bad})]] and the [leaflet]({good}).\n",
    "b.md": "# Gout\r\n\r\n😀 E\u0301 See [[[the list][1]]].\r\n\r\n[1]: {bad} 'Title'\r\n",
    "c.mdx": "# Gout\n\n<Note>Here</Note>\n\nSee [[<{bad}>]] and [[![a foot]({bad}.png)]].\n",
    "d.html": "<h1>Gout</h1>\n<p>See [[<a href='{bad}?a=1&amp;b=2'>the <b>list</b></a>]], {good}.</p>\n",
    "e.txt": "Gout\n\nSources\n\n1. The list, [[{bad}]]\n2. The leaflet, {good}\n",
    "f.rst": "Gout\n====\n\nSee [[`the list <{bad}>`_]] and `the leaflet <{good}>`_.\n",
}


@pytest.mark.parametrize("name", BODIES)
def test_the_span_is_that_of_the_link(tell: Tell, here: Path, server: Server, name: str) -> None:
    marked = BODIES[name].format(bad=server.url("/bad"), good=server.url("/good"))
    text = marked.replace("[[[", "\0[").replace("[[", "\0").replace("]]]", "]\1").replace("]]", "\1")
    expected = [part.partition("\1")[0] for part in text.split("\0")[1:]]
    text = text.replace("\0", "").replace("\1", "")
    (here / name).write_bytes(text.encode())
    found, done = tell(*FOLLOW, name)
    assert done.returncode == 1
    rows = text.split("\n")
    assert [
        rows[one["location"]["row"] - 1][one["location"]["column"] - 1 : one["end_location"]["column"] - 1]
        for one in found
    ] == expected
    assert {one["severity"] for one in found} == {"warning"}
    assert {one["fix"] for one in found} == {None}


def test_in_a_word_file(tell: Tell, here: Path, server: Server) -> None:
    link = '<w:hyperlink r:id="rId1">' + run("the list") + "</w:hyperlink>"
    (here / "a.docx").write_bytes(word_file(p("Gout"), p("See ", link, "."), links=(server.url("/bad"),)))
    (found,), _ = tell(*FOLLOW, "a.docx")
    assert found["location"] == {"row": 2, "column": 5}


def test_in_each_article_of_an_export(tell: Tell, here: Path, server: Server) -> None:
    link = f'<p>See <a href="{server.url("/bad")}">the list</a>.</p>'
    text = export(item(link, "Gout"), item(link, "Gout {2}", 2))
    (here / "a.xml").write_text(text)
    found, _ = tell(*FOLLOW, "a.xml")
    first, second = (one["location"]["row"] for one in found)
    assert "the list" in text.split("\n")[first - 1]
    assert second > first
    assert [one["message"].rpartition(" (in ")[2] for one in found] == ['"Gout")', '"Gout {2}")']
    assert found[0]["fingerprint"] != found[1]["fingerprint"]


def test_what_the_writer_is_told(tell: Tell, here: Path, server: Server) -> None:
    server.says["/gone"] = answer(410)
    article(here, server, "a.md", "/bad", "/gone", "/good")
    found, done = tell(*FOLLOW, "a.md")
    assert [one["message"] for one in found] == [
        f'"{server.url(path)}" leads nowhere: the site answers {said}. Link to where it stands now, to a copy in an '
        "archive, or to another source."
        for path, said in (("/bad", "404 (not found)"), ("/gone", "410 (gone)"))
    ]
    assert done.stderr == "3 links checked: 2 dead\n"


def test_what_could_not_be_checked_is_no_finding_but_told(tell: Tell, here: Path, server: Server) -> None:
    server.says |= {"/401": answer(401), "/403": answer(403), "/500": answer(500), "/garbage": b"garbage"}
    article(here, server, "a.md", "/401", "/403", "/500", "/garbage", "/good")
    found, done = tell(*FOLLOW, "a.md")
    assert (found, done.returncode) == ([], 0)
    assert done.stderr == (
        f"5 links checked: 0 dead, 4 could not be checked (1 answered 401: {HOST}; 1 answered 403: {HOST}; "
        f"1 answered 500: {HOST}; 1 gave an answer that is none: {HOST})\n"
    )


def test_without_leave_nothing_private_is_asked(tell: Tell, here: Path, server: Server) -> None:
    article(here, server)
    found, done = tell("--check-links", "a.md")
    assert (found, done.returncode, server.asked) == ([], 0, [])
    assert done.stderr.endswith(f"1 could not be checked (1 stood at private addresses: {HOST})\n")


def test_links_of_the_page_around_the_article_and_templates_are_left_alone(
    tell: Tell, here: Path, server: Server
) -> None:
    bad = server.url("/bad")
    write(
        here,
        f"<nav><a href='{bad}'>Home</a></nav><h1>Gout</h1><p>Toe.</p>"
        f"<p><a href='{server.url('/{{ page.path }}')}'>a</a> <a href='/bad'>b</a> <a href='mailto:a@b.org'>c</a></p>",
        "a.html",
    )
    _, done = tell(*FOLLOW, "a.html")
    assert done.stderr == "0 links checked: 0 dead\n"
    assert server.asked == []


def test_text_of_an_article_reaches_a_terminal_escaped(healthlint: Run, here: Path, server: Server) -> None:
    write(here, f"<h1>Gout</h1><p><a href='{server.url('/')}\x1b[31m&#10;::error::x'>the list</a></p>", "a.html")
    for form in ("text", "concise", "github"):
        done = healthlint(*FOLLOW, "--no-cache", "--select", RULE, "--output-format", form, "a.html")
        assert done.returncode == 1
        assert "\x1b" not in done.stdout + done.stderr
        assert not any(line.startswith("::error::") for line in done.stdout.splitlines())


def test_standard_input(tell: Tell, server: Server) -> None:
    found, _ = tell(*FOLLOW, "-", "--stdin-filename", "a.md", stdin=f"# Gout\n\n[list]({server.url('/bad')})\n")
    assert [one["filename"] for one in found] == ["a.md"]


def test_what_has_moved_is_told_where_that_is_asked_for(tell: Tell, here: Path, server: Server) -> None:
    server.says["/old"] = answer(301, Location="/good")
    article(here, server, "a.md", "/old", "/bad")
    found, _ = tell(*FOLLOW, "a.md", "--select", "sources")
    assert {one["code"] for one in found if "link" in one["code"]} == {RULE}
    (moved,) = tell(*FOLLOW, "a.md", "--select", "sources/moved-link", "--ignore", RULE)[0]
    assert (moved["severity"], moved["location"]["row"]) == ("info", 3)
    assert f"has moved for good, to {server.url('/good')}; see" in moved["message"]


# Where nothing is asked


def loaded(here: Path, *arguments: str) -> set[str]:
    """The modules that a run imports."""
    program = (
        "import sys\nfrom healthlint.cli import main\nmain(sys.argv[1:])\n"
        "sys.stdout.flush()\nprint('\\n' + ' '.join(sys.modules))"
    )
    command = [sys.executable, "-c", program, "--no-cache", *arguments]
    done = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


OF_THE_WEB = {"ssl", "http", "http.client", "protego", "urllib.request", *(
    f"healthlint.web.{name}" for name in ("addresses", "asking", "checker", "memory", "names", "robots", "visiting")
)}  # fmt: skip


def test_nothing_is_imported_for_it_otherwise(here: Path, server: Server) -> None:
    article(here, server)
    assert not loaded(here, "a.md") & OF_THE_WEB
    assert not loaded(here, "--help") & OF_THE_WEB
    assert loaded(here, *FOLLOW, "a.md") >= OF_THE_WEB - {"urllib.request"}
    assert len(server.paths) == 2


@pytest.mark.parametrize(
    "key", ["check-links: true", "allow-private-links: true", "link-limits: {allow-private: true}"]
)
def test_no_configuration_turns_it_on(tell: Tell, here: Path, server: Server, key: str) -> None:
    article(here, server)
    write(here, f"{key}\n")
    assert tell("a.md")[1].returncode == 2
    write(here, f"select: [{RULE}]\nseverity: {{{RULE}: error}}\n{QUICK}")
    assert tell("a.md")[0] == []
    assert tell("--check-links", "a.md")[0] == []
    assert server.asked == []


def test_no_rule_turns_it_on(tell: Tell, here: Path, server: Server) -> None:
    article(here, server)
    found, done = tell("--preview", "a.md")
    assert (found, done.stderr, server.asked) == ([], "", [])


def test_hooks_leave_it_alone(here: Path) -> None:
    hooks = Path(__file__).parent.parent / ".pre-commit-hooks.yaml"
    assert "links" not in hooks.read_text("utf-8")
    assert "links" not in Path(hookfile.__file__).read_text("utf-8")


@pytest.mark.asyncio
async def test_the_language_server_leaves_it_alone(here: Path, server: Server, healthlint: Run) -> None:
    path = article(here, server)
    write(here, f"select: [{RULE}, suppressions]\n")
    text = path.read_text() + "<!-- healthlint-disable clams -->\n"
    async with editing(here) as editor:
        editor.open(path.as_uri(), text)
        assert [one.code for one in await editor.told(path.as_uri())] == ["suppressions/unused"]
    assert server.asked == []
    assert healthlint("server", "--check-links").returncode == 2


# What holds for any rule


@pytest.mark.parametrize("options", [["--ignore", RULE], ["--select", "claims"]])
def test_a_rule_that_is_not_run_asks_for_nothing(
    healthlint: Run, here: Path, server: Server, options: list[str]
) -> None:
    article(here, server)
    done = healthlint(*FOLLOW, *options, "a.md", "--no-cache")
    assert RULE not in done.stdout
    assert server.asked == []


def test_severity_and_articles(tell: Tell, here: Path, server: Server) -> None:
    article(here, server)
    article(here, server, "old/b.md", "/old")
    write(here, f"{QUICK}severity: {{{RULE}: info}}\nper-path: [{{paths: [old/], ignore: [{RULE}]}}]\n")
    found, done = tell(*FOLLOW, ".")
    assert [(one["filename"], one["severity"]) for one in found] == [("a.md", "info")]
    assert done.returncode == 0
    assert "/old" not in server.paths
    assert tell(*FOLLOW, ".", "--fail-on", "info")[1].returncode == 1


def test_hosts_may_be_let_be(tell: Tell, here: Path, server: Server) -> None:
    article(here, server, "a.md", "/search/a", "/bad")
    write(here, f"{QUICK}options: {{{RULE}: {{but-for: ['{HOST}/search']}}}}\n")
    found, _ = tell(*FOLLOW, "a.md")
    assert len(found) == 1
    assert set(server.paths) == {"/bad"}


SUPPRESSED = "# Gout\n\n<!-- healthlint-disable-next-block {} -- as it was -->\n\n[The list]({}) says so.\n"


@pytest.mark.parametrize("name", [RULE, "sources"])
@pytest.mark.parametrize("options", [[], FOLLOW])
def test_what_is_suppressed_is_neither_asked_for_nor_unused(
    healthlint: Run, here: Path, server: Server, name: str, options: list[str]
) -> None:
    write(here, SUPPRESSED.format(name, server.url("/bad")), "a.md")
    done = healthlint(*options, "--no-cache", "--select", f"{RULE},suppressions", "a.md")
    assert done.returncode == 0, done.stdout
    assert server.asked == []


@pytest.mark.parametrize("name", [RULE, "sources"])
def test_what_suppresses_no_link_is_unused(healthlint: Run, here: Path, name: str) -> None:
    write(here, SUPPRESSED.format(name, "#gout"), "a.md")
    for options in ([], FOLLOW):
        done = healthlint(*options, "--select", "sources,suppressions", "--output-format", "concise", "a.md")
        assert " suppressions/unused " in done.stdout


@pytest.mark.parametrize(
    ("target", "is_followed"),
    [
        ("https://{}/", True),
        ("HTTP://{}/", True),
        ("//{}/", True),
        ("www.{}/", True),
        ("/{}", False),
        ("#{}", False),
        ("mailto:a@{}", False),
        ("ftp://{}/", False),
        ("doi:10.1/{}", False),
        ("javascript:'//{}'", False),
        ("https://www.example.com/{}", False),
        ("https://{}/{{{{ page.id }}}}", False),
    ],
)
def test_which_links_are_followed(target: str, is_followed: bool) -> None:
    document = html(f'<h1>Gout</h1><p><a href="{target.format("nhs.uk")}">The list</a></p>')
    assert bool(marked_by(document)) is is_followed


def marked_by(document: Document) -> list[str]:
    return [match.words["target"] for match in WebLinks().links(Analysis(document))]


def test_a_baseline(tell: Tell, healthlint: Run, here: Path, server: Server) -> None:
    article(here, server)
    write(here, f"{QUICK}baseline: known.json\n")
    done = healthlint("baseline", *FOLLOW, "--select", RULE)
    assert (done.returncode, done.stderr) == (0, "1 link checked: 1 dead\n")
    assert RULE in (here / "known.json").read_text()
    assert tell(*FOLLOW, "a.md")[0] == []
    assert len(tell(*FOLLOW, "--no-baseline", "a.md")[0]) == 1
    (here / "a.md").write_text((here / "a.md").read_text().replace("# Gout", "# Gout, and\n\nmore of it"))
    assert tell(*FOLLOW, "a.md")[0] == []


@pytest.mark.parametrize(
    ("options", "says", "is_kept"),
    [([], 404, True), (FOLLOW, 404, True), (FOLLOW, 403, True), (FOLLOW, 200, False)],
)
def test_a_baseline_forgets_only_what_was_seen_to_be_mended(
    healthlint: Run, here: Path, server: Server, options: list[str], says: int, is_kept: bool
) -> None:
    article(here, server)
    write(here, f"{QUICK}baseline: known.json\n")
    healthlint("baseline", *FOLLOW, "--select", RULE, "--no-cache")
    server.says["/bad"] = answer(says)
    assert "found no more" not in healthlint("a.md", "--no-cache", "--select", RULE).stderr
    healthlint("baseline", *options, "--prune", "--select", RULE, "--no-cache")
    assert (RULE in (here / "known.json").read_text()) is is_kept


def test_fixes_are_made_and_dead_links_told_where_they_stand_then(tell: Tell, here: Path, server: Server) -> None:
    write(here, f"# Gout\n\nTake .5 mg. Take .5 mg. [The list]({server.url('/bad')}) says so.\n", "a.md")
    found, done = tell(*FOLLOW, "--select", f"{RULE},dosing", "--fix", "--unsafe-fixes", "a.md")
    row = (here / "a.md").read_text().split("\n")[2]
    assert "0.5 mg" in row
    (dead,) = (one for one in found if one["code"] == RULE)
    assert row[dead["location"]["column"] - 1 :].startswith("[The list]")
    assert "1 link checked: 1 dead" in done.stderr


def test_several_reports(tell: Tell, here: Path, server: Server) -> None:
    article(here, server)
    found, _ = tell(*FOLLOW, "a.md", "--output-file", "sarif:a.sarif", "--output-file", "html:a.html")
    assert len(found) == 1
    assert json.loads((here / "a.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == RULE
    assert "leads nowhere" in (here / "a.html").read_text()
    assert server.paths == ["/bad", "/bad"]


HOUSE = """\
summary: Mend dead links.
why: They lead nowhere.
source: {{name: "the tests", url: "https://example.org/rules"}}
severity: error
message: '{message}'
check: web_links
examples:
  flagged:
    - {{markdown: "# A\\n\\n[[[b](https://b.org/)]]", answers: {{"https://b.org/": 404}}}}
    - {{text: "A\\n\\n[[https://b.org/]]", answers: {{"https://b.org/": no such host}}}}
  clean:
    - {{markdown: "# A\\n\\n[b](https://b.org/)", answers: {{"https://b.org/": {answer}}}}}
    - "https://b.org/"
"""


def test_a_rule_of_the_house(tell: Tell, healthlint: Run, here: Path, server: Server) -> None:
    article(here, server)
    write(here, f"{QUICK}rules: [ours]\n")
    write(here, HOUSE.format(message="{quote} {target} {answer}", answer=403), "ours/house/dead.yaml")
    assert healthlint("test", "ours").stdout == "1 rule, 4 examples: none failed\n"
    found, _ = tell(*FOLLOW, "a.md", "--select", f"house,{RULE}")
    assert [(one["code"], one["severity"]) for one in found] == [("house/dead", "error"), (RULE, "warning")]
    assert server.paths == ["/bad", "/bad"]
    assert RULE in healthlint("explain", RULE).stdout


@pytest.mark.parametrize(
    ("message", "answer_", "said"), [("{nothing}", 403, "{nothing}"), ("{quote}", "gone", "'gone'")]
)
def test_a_rule_that_cannot_be_used(
    tell: Tell, here: Path, server: Server, message: str, answer_: object, said: str
) -> None:
    article(here, server)
    write(here, f"{QUICK}rules: [ours]\n")
    write(here, HOUSE.format(message=message, answer=answer_), "ours/house/dead.yaml")
    done = tell(*FOLLOW, "a.md", "--select", "house")[1]
    assert done.returncode == 2
    assert said in done.stderr


def test_it_watches(here: Path, server: Server) -> None:
    article(here, server)
    command = [sys.executable, "-m", "healthlint", "--watch", "--select", RULE, *FOLLOW, "--cache-dir", "kept", "."]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, cwd=here, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert process.stderr
        said = iter(process.stderr.readline, "")

        def told() -> list[str]:
            lines = []
            while not (line := next(said)).startswith("watching"):
                lines.append(line)
            return lines

        assert told()[-1] == "1 link checked: 1 dead\n"
        article(here, server, "a.md", "/bad", "/good")
        assert told()[-1] == "2 links checked: 1 dead\n"
        article(here, server, "a.md", "/good")
        assert told()[-2:] == ["no findings in 1 article\n", "1 link checked: 0 dead\n"]
        assert server.paths == ["/bad", "/bad", "/good"]
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()


# Runs one after another, and many articles at once


def test_a_run_that_was_asked_and_one_that_was_not_say_their_own(tell: Tell, here: Path, server: Server) -> None:
    article(here, server)
    said = [(len(found), done.stderr) for found, done in (tell(*options, "a.md") for options in ([], FOLLOW) * 2)]
    assert said == [(0, ""), (1, "1 link checked: 1 dead\n")] * 2
    assert server.methods("/bad") == ["HEAD", "GET"]


def test_what_is_kept_is_cleaned(tell: Tell, healthlint: Run, here: Path, server: Server) -> None:
    article(here, server)
    for _ in range(2):
        tell(*FOLLOW, "a.md")
    assert len(server.paths) == 2
    assert healthlint("clean", "--cache-dir", "kept").returncode == 0
    server.says["/bad"] = answer(200)
    assert tell(*FOLLOW, "a.md")[0] == []


def test_without_a_cache_all_is_asked_again(tell: Tell, here: Path, server: Server) -> None:
    article(here, server)
    for _ in range(2):
        assert len(tell(*FOLLOW, "--no-cache", "a.md")[0]) == 1
    assert len(server.paths) == 4


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_articles_ask_for_each_address_once(tell: Tell, here: Path, server: Server, jobs: str) -> None:
    for number in range(30):
        article(here, server, f"{number:02}.md", "/bad", "/good", f"/only-{number}")
    write(here, "# No links\n\nAt all.\n", "99.md")
    found, done = tell(*FOLLOW, "--jobs", jobs, ".")
    assert [one["filename"] for one in found] == [f"{number:02}.md" for number in range(30) for _ in range(2)]
    assert done.stderr == "32 links checked: 31 dead\n"
    assert server.methods("/good") == ["HEAD"]
    assert server.methods("/bad") == ["HEAD", "GET"]


def test_a_broken_article_costs_only_itself(tell: Tell, here: Path, server: Server) -> None:
    article(here, server)
    (here / "b.md").write_bytes(b"\xff\xfe\xff")
    found, done = tell(*FOLLOW, "b.md", "a.md")
    assert (len(found), done.returncode) == (1, 2)


def test_limits_of_the_configuration(tell: Tell, here: Path, server: Server) -> None:
    article(here, server, "a.md", "/1", "/2", "/3")
    write(here, "link-limits: {pause: 0, most-per-host: 2}\n")
    found, done = tell(*FOLLOW, "a.md")
    assert len(found) == 2
    assert done.stderr.endswith(f"1 could not be checked (1 left for another run: {HOST})\n")
    assert len(tell(*FOLLOW, "a.md")[0]) == 3  # which is the other run


def test_the_page_tells_the_limits_as_they_are() -> None:
    page = (Path(__file__).parent.parent / "docs/links.md").read_text("utf-8")
    written = next(block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "link-limits" in block)
    assert yaml.safe_load(written)["link-limits"] == msgspec.to_builtins(LinkLimits())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--allow-private-links"], "--allow-private-links: it says which links --check-links follows; give both"),
        ([*FOLLOW, "--diff"], "--diff: it is told instead of a report, and no fix mends a dead link; leave one out"),
        (
            [*FOLLOW, "--watch", "--no-cache"],
            "--watch: with --no-cache each change would have all links followed anew; leave one out",
        ),
    ],
)
def test_options_that_do_not_go_together(healthlint: Run, here: Path, options: list[str], said: str) -> None:
    done = healthlint(*options, ".")
    assert (done.returncode, done.stderr) == (2, f"healthlint: {said}\n")
