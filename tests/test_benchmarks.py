"""What the benchmarks measure with is sound: the articles, the table, the page. No time is asserted."""

from __future__ import annotations

import pstats
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from benchmarks import __main__, articles, page, peers, shares, table, timing
from benchmarks.peers import PEERS
from benchmarks.table import Goal, Line
from benchmarks.timing import Command, Times

POOL = articles.sources()


def test_articles_are_the_same_each_time() -> None:
    assert list(articles.generate(3, POOL)) == list(articles.generate(3, POOL))
    assert list(articles.generate(3, POOL)) == list(articles.generate(9, POOL))[:3]
    assert list(articles.generate(3, POOL)) != list(articles.generate(3, POOL, seed=1))
    assert list(articles.generate(3, POOL, replaced=0.2)) != list(articles.generate(3, POOL))


def test_articles_differ_and_are_of_the_size_of_articles() -> None:
    found = list(articles.generate(50, POOL))
    assert len({article.plain for article in found}) == len({article.markdown for article in found}) == 50
    mean = sum(len(article.plain.encode()) for article in found) / len(found)
    assert 17_000 < mean < 21_000


@pytest.mark.parametrize("number", range(0, len(POOL), 5))
def test_an_article_has_the_words_of_its_source(number: int) -> None:
    source = POOL[number]
    varied = articles.vary(source, Random(number))
    assert varied.text != source.text
    assert Counter(articles.words(varied.text)) == Counter(articles.words(source.text))


def test_headings_and_lists_stay_in_place() -> None:
    def structure(text: str) -> list[str]:
        return [line.split()[0] for line in text.splitlines() if line.startswith(("#", "- ", "* ", "|"))]

    for number, source in enumerate(POOL):
        if source.is_markdown:
            assert structure(articles.vary(source, Random(number)).text) == structure(source.text)


def test_drugs_are_named_otherwise_and_as_they_were_written() -> None:
    source = articles.Source("Warfarin, not warfarin. WARFARIN and aspirin\n", is_markdown=True)
    other = articles.vary(source, Random(1)).text.split(",")[0].lower()
    assert other != "warfarin"
    assert other in articles.drug_names()
    assert f"{other.title()}, not {other}. {other.upper()} and" in articles.vary(source, Random(1)).text


def test_twins() -> None:
    written = articles.Source("# Iron\n\nSee **the** [label](https://a.example/b) `now`.\n", is_markdown=True)
    assert articles.plain(written) == "Iron\n\nSee the label now.\n"
    assert articles.markdown(written) == written.text
    lines = articles.Source("Iron\nFirst.\nSecond.\n", is_markdown=False)
    assert articles.markdown(lines) == "# Iron\n\nFirst.\n\nSecond.\n"
    underlined = articles.Source("Iron\n====\n\nFirst.\n\nSecond.\n", is_markdown=False)
    assert articles.markdown(underlined) == underlined.text


def test_lines_hold_the_median_and_the_ratio_of_neighbouring_runs() -> None:
    times = Times({"ours": [1.0, 2.0, 30.0], "a": [2.0, 8.0, 60.0]})
    assert table.lines(times, "what", "ours", {"a": Goal(0.5), "absent": None}) == [
        Line("what", 2.0, "s", "a", 8.0, 0.5, Goal(0.5))
    ]
    assert table.lines(times, "what", "absent", {"a": None}) == []
    assert [line.beside for line in table.lines(times, "what", "ours", {"a": None}, own=Goal(3, "s"))] == ["", "a"]


def test_the_table() -> None:
    lines = [
        Line("one article", 0.1234, "s", "proselint", 0.2, 0.617, Goal(0.5)),
        Line("one article", 0.1234, "s", "write-good", 12.34, 0.01),
        Line("memory", 512.3, "MB", goal=Goal(600, "MB")),
    ]
    assert table.written(lines).splitlines()[2:] == [
        "| one article | 0.123 s | proselint | 0.200 s | 0.62 | at most 0.5: **missed** |",
        "| | | write-good | 12.3 s | 0.010 | |",
        "| memory | 512 MB | | | | at most 600 MB: reached |",
    ]


def test_the_page_keeps_what_is_written_by_hand() -> None:
    first = page.put("# Performance\n\nBy hand.\n", "One.")
    assert first == f"# Performance\n\nBy hand.\n\n{page.BEGIN}\n\nOne.\n\n{page.END}\n"
    assert page.put(f"{first}\nAfter.\n", "Two.") == f"{first.replace('One.', 'Two.')}\nAfter.\n"


def test_the_page_has_its_marks_and_names_each_peer() -> None:
    text = page.PAGE.read_text("utf-8")
    assert text.count(page.BEGIN) == text.count(page.END) == 1
    by_hand = text.partition(page.BEGIN)[0]
    assert [peer.name for peer in PEERS if peer.name.removeprefix("plain ") not in by_hand] == []


def test_commands_run_in_turn_and_those_that_fail_are_left_out(tmp_path: Path) -> None:
    calls = []

    def seconds(command: Command, _: float) -> float:
        calls.append(command.name)
        return 1.0

    good = [Command(name, (sys.executable, "-c", "print(1)"), tmp_path) for name in "ab"]
    bad = Command("bad", (sys.executable, "-c", "import sys; sys.exit(2)"), tmp_path)
    silent = Command("silent", (sys.executable, "-c", ""), tmp_path)
    absent = Command("absent", (str(tmp_path / "absent"),), tmp_path)
    slow = Command("slow", (sys.executable, "-c", "import time; time.sleep(60)"), tmp_path)
    times = timing.in_turn([*good, bad, silent, absent], 2, 60, seconds)
    times.notes |= timing.in_turn([slow], 1, 0.1, seconds).notes
    assert calls == ["a", "b", "a", "b"]
    assert times.seconds == {"a": [1.0, 1.0], "b": [1.0, 1.0]}
    assert times.notes == {
        "bad": "it fails with status 2",
        "silent": "it printed nothing",
        "absent": "it does not start (No such file or directory)",
        "slow": "it takes more than 0.1 s",
    }


def test_what_biases_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("KEPT", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in timing.environment()
    assert timing.environment()["KEPT"] == "1"


def test_a_peer_is_installed_once_its_receipt_is_there(tmp_path: Path) -> None:
    peer = PEERS[1]
    program = peers.program(peer, tmp_path)
    program.parent.mkdir(parents=True)
    program.touch()
    assert not peers.is_installed(peer, tmp_path)
    (peers.folder(peer, tmp_path) / "installed").write_text("\n".join((*peer.packages, *peer.settings)), "utf-8")
    assert peers.is_installed(peer, tmp_path)
    assert peer.version == peer.packages[0].partition("==")[2]


@pytest.mark.parametrize(
    ("file", "module"),
    [
        ("/a/healthlint/healthlint/checks/claims.py", "healthlint.checks.claims"),
        ("/a/lib/python3.11/site-packages/healthlint/checks/__init__.py", "healthlint.checks"),
        ("/a/healthlint/.venv/lib/python3.11/site-packages/yaml/loader.py", "yaml"),
        ("/usr/lib/python3.11/re/__init__.py", "Python itself"),
        ("<frozen importlib._bootstrap>", "importing"),
    ],
)
def test_module_of_a_file(file: str, module: str) -> None:
    assert shares.module_of(file) == module


def test_shares_of_the_time(tmp_path: Path) -> None:
    import cProfile

    profile = cProfile.Profile()
    profile.runcall(articles.words, "Take warfarin.")
    profile.dump_stats(tmp_path / "stats")
    seconds = shares.by_module(pstats.Stats(str(tmp_path / "stats")))
    assert sum(seconds.values()) > 0
    assert shares.written({"healthlint.a": 3.0, "yaml": 1.0, "b": 0.001}).splitlines()[2:] == [
        "| `healthlint.a` | 75% |",
        "| yaml | 25% |",
        "| 1 others | 0% |",
    ]


FAKE = '''\
#!{python}
"""Healthlint as the benchmarks see it."""
import json, sys
from pathlib import Path

def read():
    length = 0
    while line := sys.stdin.buffer.readline().strip():
        length = int(line.split()[1]) if line.lower().startswith(b"content-length") else length
    return json.loads(sys.stdin.buffer.read(length)) if length else {{"method": "exit"}}

def send(**message):
    body = json.dumps({{"jsonrpc": "2.0", **message}}).encode()
    sys.stdout.buffer.write(b"Content-Length: %d\\r\\n\\r\\n" % len(body) + body)
    sys.stdout.buffer.flush()

def publish(document):
    found = {{"uri": document["uri"], "version": document["version"], "diagnostics": []}}
    send(method="textDocument/publishDiagnostics", params=found)

def serve():
    while (message := read()).get("method") != "exit":
        if "method" not in message:
            continue
        if message["method"] == "initialize":
            send(id=7, method="client/registerCapability", params={{}})
            send(id=message["id"], result={{"capabilities": {{"textDocumentSync": 2}}}})
        elif message["method"] in ("textDocument/didOpen", "textDocument/didChange"):
            publish(message["params"]["textDocument"])
        elif "id" in message:
            send(id=message["id"], result=None)

if sys.argv[1:] == ["server"]:
    serve()
elif sys.argv[1:] == ["--help"]:
    print("--no-cache --cache-dir\\n  server  ")
elif sys.argv[1:] == ["--version"]:
    print("healthlint 1.2.3")
else:
    with Path({log!r}).open("a") as log:
        print(*sys.argv[1:], file=log)
    sys.exit(1)
'''


def test_all_rows_with_a_program_that_has_a_cache_and_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log, program, docs = tmp_path / "log", tmp_path / "bin" / "healthlint", tmp_path / "performance.md"
    program.parent.mkdir()
    program.write_text(FAKE.format(python=sys.executable, log=str(log)), "utf-8")
    program.chmod(0o755)
    (program.parent / "python").symlink_to(sys.executable)
    docs.write_text("By hand.\n", "utf-8")
    monkeypatch.setattr(__main__, "PAGE", docs)
    options = "--runs 1 --bulk-runs 1 --sizes 2 4 --write --rows start one many again growth memory edit --peers"
    monkeypatch.setattr(
        sys, "argv", ["benchmarks", "--work", str(tmp_path), f"--healthlint={program}", *options.split()]
    )
    assert __main__.main() == 0
    text = docs.read_text("utf-8")
    assert text.startswith("By hand.\n\n")
    for what in ("cache off", "unchanged", "one changed of 4", "2 times the files", "an edit", "4 articles, Markdown"):
        assert what in text
    assert "healthlint 1.2.3" in text
    assert str(tmp_path) not in text
    runs = log.read_text("utf-8").splitlines()
    assert "--no-cache --select numbering,sources article.txt" in runs
    assert sum(run.endswith("0000.md 0001.md 0002.md 0003.md") and "--cache-dir" in run for run in runs) > 4
    assert capsys.readouterr().out.strip() in text


def test_wrong_options_are_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--healthlint", "absent"])
    with pytest.raises(SystemExit):
        __main__.main()
    assert "there is no program" in capsys.readouterr().err
