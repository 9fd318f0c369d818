"""The parts of the language server by themselves: places in a text, runs of the newest version, actions."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from accuracy import sets
from healthlint import documents
from healthlint.config import Configs
from healthlint.documents.document import Span
from healthlint.documents.front_matter import read_front_matter
from healthlint.edits import Applicability, Edit, Fix
from healthlint.findings import Finding
from healthlint.runner import Request
from healthlint.selection import Wanted
from healthlint.server import actions, articles, hovers
from healthlint.server.actions import Client
from healthlint.server.articles import Article
from healthlint.server.linting import GoingOn, Linted, Linting, Superseded, all_fixed
from healthlint.server.newest import Newest
from healthlint.server.texts import Text

ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
TEXTS = st.text(st.sampled_from("ab é\u0301🧄👩\u200d\u2028\x0b\x0c\x85\r\n"), max_size=30)


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, data=st.data())
def test_places_are_counted_in_the_units_of_the_encoding(encoding: str, text: str, data: st.DataObject) -> None:
    held = Text(text, encoding)
    offset = data.draw(st.integers(0, len(text)))
    if text[offset - 1 : offset + 1] == "\r\n":
        offset -= 1  # no place lies inside a line break
    place = held.position(offset)
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    line = before.rpartition("\n")[2]
    assert place.line == before.count("\n")
    assert place.character == len(line.encode(ENCODINGS[encoding])) // WIDTHS[encoding]
    assert held.offset(place) == offset


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(text=TEXTS, line=st.integers(0, 40), character=st.integers(0, 40))
def test_no_place_lies_outside_of_the_text(encoding: str, text: str, line: int, character: int) -> None:
    held = Text(text, encoding)
    offset = held.offset(types.Position(line, character))
    assert 0 <= offset <= len(text)
    assert held.position(offset) <= types.Position(line, character)


def test_a_place_inside_a_character_is_before_it() -> None:
    assert Text("a🧄b", "utf-16").offset(types.Position(0, 2)) == 1
    assert Text("a🧄b", "utf-8").offset(types.Position(0, 3)) == 1
    assert Text("\ud83e").text == "\ufffd"


def article(text: str, name: str = "a.md", version: int = 1) -> Article:
    item = types.TextDocumentItem(Path(f"/nowhere/{name}").as_uri(), "plaintext", version, text)
    found = articles.opened(item, Path("/nowhere"), "utf-16")
    assert found
    return found


@pytest.fixture(scope="module")
def linting() -> Linting:
    return Linting(Request(()), lambda: Configs(isolated=True))


def lint(linting: Linting, one: Article) -> Linted:
    return linting.lint(one, lambda: None)


def asked(one: Article, start: int, end: int, only: list[str] | None = None) -> types.CodeActionParams:
    place = one.text.range(Span(start + one.text.mark, end + one.text.mark))
    about = types.CodeActionContext([], only=only)  # type: ignore[arg-type]
    return types.CodeActionParams(types.TextDocumentIdentifier(one.uri), place, about)


def after(action: types.CodeAction, one: Article) -> str:
    """The text once the edits of an action are made."""
    assert action.edit
    assert action.edit.changes
    changes = action.edit.changes[one.uri]
    return one.text.changed(
        types.TextDocumentContentChangePartial(edit.range, edit.new_text) for edit in reversed(changes)
    ).text


ARTICLES = [found.article for found in sets.articles(sets.CORPUS)]


@cache
def alone(code: str) -> Linting:
    """With one rule, and the one that looks for suppressions without effect."""
    return Linting(Request((), Wanted(select=(code, "suppressions"))), lambda: Configs(isolated=True))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_each_finding_of_the_corpus_can_be_suppressed(path: Path, linting: Linting) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    one = article(text, path.name)
    linted = lint(linting, one)
    for found in {one.code: one for one in linted.findings}.values():
        offered = actions.actions(linted, asked(one, *found.span), Client())
        titles = {action.title: action for action in offered if found.code in action.title}
        in_front = found.span.start < read_front_matter(text).length
        assert len(titles) == (1 if found.scope == "document" or in_front else 2)
        for title, action in titles.items():
            changed = after(action, one)
            left = lint(alone(found.code), article(changed, path.name)).findings
            assert [other.message for other in left if other.code == "suppressions/unused"] == []
            same = [other.span.start - len(changed) + len(text) for other in left if other.code == found.code]
            assert found.span.start not in same
            assert not (title.endswith("in this file") and same)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "# T\n\n> Cures all.\n", "# T\n\n> {}\n> Cures all.\n"),
        ("a.md", "# T\r\n\r\n- One.\r\n- Cures all.\r\n", "# T\r\n\r\n{}\r\n- One.\r\n- Cures all.\r\n"),
        ("a.txt", "T\n\nCures all.", "T\n\n{}\nCures all."),
        ("a.html", "<h1>T</h1>\n  <p>Cures all.</p>", "<h1>T</h1>\n  {}\n  <p>Cures all.</p>"),
        ("a.html", "<h1>T</h1><p>Cures all.</p>", "<h1>T</h1>{} <p>Cures all.</p>"),
        ("a.mdx", "# T\n\nCures all.\n", "# T\n\n{}\nCures all.\n"),
        ("a.md", "\ufeff# T\n\nCures 🧄.\n", "\ufeff# T\n\n{}\nCures 🧄.\n"),
    ],
)
def test_where_a_suppression_goes(linting: Linting, name: str, text: str, expected: str) -> None:
    one = article(text, name)
    linted = _with_finding(lint(linting, one), "Cures")
    comment = "healthlint-disable-next-block claims/absolute-claim -- reason"
    written = f"{{/* {comment} */}}" if name.endswith("mdx") else f"<!-- {comment} -->"
    (found, _) = actions.actions(linted, asked(one, *linted.findings[0].span, ["quickfix"]), Client())
    assert after(found, one) == expected.replace("{}", written)


def _with_finding(linted: Linted, words: str, *fixes: Fix) -> Linted:
    """The findings replaced by ones at some words, one for each fix."""
    text = linted.article.text.text[linted.article.text.mark :]
    start = text.index(words)
    document = documents.read_text("a", text, linted.article.format)
    findings = [
        msgspec.structs.replace(
            _SOME,
            span=Span(start, start + len(words)),
            location=document.position(start),
            end_location=document.position(start + len(words)),
            fix=fix,
        )
        for fix in fixes or (None,)
    ]
    return Linted(linted.article, findings, linted.rules, document)


_SOME = Linting(Request(()), lambda: Configs(isolated=True)).lint(
    article("# T\n\nGarlic cures cancer.\n"), lambda: None
)
_SOME = msgspec.structs.replace(_SOME.findings[0], code="claims/absolute-claim", scope="span", related=())


def test_the_reason_is_asked_for(linting: Linting) -> None:
    one = article("# T 🧄\n\n  - Cures all.\n")
    linted = _with_finding(lint(linting, one), "Cures")
    wanted = asked(one, *linted.findings[0].span, ["quickfix"])
    comment = "<!-- healthlint-disable-next-block claims/absolute-claim -- "
    (found, _) = actions.actions(linted, wanted, Client(versioned=True, snippets=True))
    assert found.edit
    assert found.edit.document_changes
    (change,) = found.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    (edit,) = change.edits
    assert isinstance(edit, types.SnippetTextEdit)
    assert edit.snippet.value == f"{comment}${{1:reason}} -->\n  "
    (found, _) = actions.actions(linted, wanted, Client(selects=True))
    assert found.command
    assert found.command.arguments
    uri, place = found.command.arguments
    changed = Text(after(found, one))
    assert uri == one.uri
    assert changed.text[slice(*changed.span(place))] == "reason"


def test_fixes_are_offered_and_made(linting: Linting) -> None:
    one = article("\ufeff# 🧄 T\n\nTake 1.0 mg of it.\n")
    safe = Fix("write 1 mg", (Edit(Span(13, 15), ""),))
    unsafe = Fix("say less", (Edit(Span(7, 25), "Ask."),), Applicability.UNSAFE)
    linted = _with_finding(lint(linting, one), "1.0 mg", unsafe, safe)
    offered = actions.actions(linted, asked(one, *linted.findings[0].span), Client())
    titles = [action.title for action in offered]
    assert titles[:2] == ["Write 1 mg", "Say less (read what comes of it)"]
    assert [action.is_preferred for action in offered[:2]] == [True, False]
    assert after(offered[0], one) == "\ufeff# 🧄 T\n\nTake 1 mg of it.\n"
    assert offered[0].diagnostics
    (everything,) = actions.actions(
        linted, asked(one, 0, 0, ["source.fixAll"]), Client(), "# 🧄 T\n\nTake 1 mg of it.\n"
    )
    assert everything.kind == "source.fixAll.healthlint"
    assert after(everything, one) == after(offered[0], one)
    assert everything.edit
    assert everything.edit.changes
    assert [edit.new_text for edit in everything.edit.changes[one.uri]] == [""]  # what is as it was is left alone
    assert actions.actions(linted, asked(one, 0, 0, ["source.fixAll"]), Client()) == []
    assert actions.actions(linted, asked(one, 0, 0, ["refactor"]), Client()) == []
    assert actions.actions(linted, asked(one, 0, 0, ["source.fixAll.other"]), Client()) == []


def test_not_all_is_fixed_where_a_fix_does_harm(linting: Linting) -> None:
    """As the command does: a fix that brings a finding is not made."""
    one = article("# T\n\nTake 1.0 mg or 2.0 mg of it.\n")
    plain = lint(linting, one)
    good = Fix("write 1 mg", (Edit(Span(11, 13), ""),))
    (first,) = _with_finding(plain, "1.0 mg", good).findings
    (second,) = _with_finding(plain, "2.0 mg", Fix("write harm", (Edit(Span(20, 26), "harm"),))).findings
    (left,) = _with_finding(plain, "T").findings

    def again(text: str, going_on: Callable[[], None]) -> list[Finding]:
        going_on()
        found = [each for each, words in ((first, "1.0"), (second, "2.0")) if words in text]
        return [msgspec.structs.replace(each, fix=None) for each in (*found, *[left] * 3 * ("harm" in text))]

    linted = msgspec.structs.replace(plain, findings=[first, second], again=again)
    assert actions.wants_fix_all(linted, asked(one, 0, 0, ["source.fixAll"]))
    assert not actions.wants_fix_all(linted, asked(one, 0, 0, ["quickfix"]))
    assert all_fixed(linted, lambda: None) == "# T\n\nTake 1 mg or 2.0 mg of it.\n"

    def superseded() -> None:
        raise Superseded

    with pytest.raises(Superseded):
        all_fixed(linted, superseded)


def test_hover_escapes_what_it_shows(linting: Linting) -> None:
    one = article("# T\n\nCures all.\n")
    linted = _with_finding(lint(linting, one), "Cures")
    finding = msgspec.structs.replace(linted.findings[0], message='"<b>[x](y)*`$" is marked')
    shown = hovers.hover(
        Linted(one, [finding], linted.rules, linted.document), types.Position(2, 1), hovers.Measured(), markdown=True
    )
    assert shown
    assert isinstance(shown.contents, types.MarkupContent)
    assert r'"\<b\>\[x\]\(y\)\*\`\$" is marked' in shown.contents.value
    plain = hovers.hover(linted, types.Position(2, 1), hovers.Measured(), markdown=False)
    assert plain
    assert isinstance(plain.contents, types.MarkupContent)
    assert "\\" not in plain.contents.value


class Desk:
    """Work that ends when it is told to, and a note of what is done."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.done: list[int] = []
        self.go_on = threading.Event()
        self.newest = Newest(self.work, lambda linted: self.done.append(linted.article.version))

    def work(self, one: Article, going_on: GoingOn) -> Linted:
        self.begun.append(one.version)
        assert self.go_on.wait(60)
        going_on()
        return Linted(one)


def test_only_the_newest_version_counts() -> None:
    async def session() -> None:
        desk, one = Desk(), article("x")
        desk.newest.begin(one)
        while not desk.begun:
            await asyncio.sleep(0.001)
        for version in (2, 3, 4):
            desk.newest.begin(one.changed(version, []))
        waiting = [asyncio.ensure_future(desk.newest.linted(one.uri)) for _ in range(2)]
        desk.go_on.set()
        for linted in await asyncio.gather(*waiting):
            assert linted
            assert linted.article.version == 4
        assert (desk.begun, desk.done) == ([1, 4], [4])
        known = await desk.newest.linted(one.uri)
        assert known
        assert known.article.version == 4
        desk.newest.stop()

    asyncio.run(session())


def test_more_work_is_for_the_newest_version_alone() -> None:
    async def session() -> None:
        desk, one, asked_for = Desk(), article("x"), []

        def more(linted: Linted, going_on: GoingOn) -> str:
            going_on()
            asked_for.append(linted.article.version)
            return f"more of {linted.article.version}"

        desk.go_on.set()
        desk.newest.begin(one)
        linted = await desk.newest.linted(one.uri)
        assert linted
        assert [await desk.newest.more(linted, more) for _ in range(2)] == [f"more of {one.version}"] * 2
        assert asked_for == [one.version]  # and is done once
        desk.newest.begin(one.changed(7, []))
        assert await desk.newest.more(linted, more) is None
        assert await desk.newest.linted(one.uri)
        assert await desk.newest.more(linted, more) is None
        assert asked_for == [one.version]
        desk.newest.stop()

    asyncio.run(session())


def test_what_is_closed_and_opened_again_is_another_one() -> None:
    async def session() -> None:
        desk, one = Desk(), article("x")
        desk.newest.begin(one)
        while not desk.begun:
            await asyncio.sleep(0.001)
        waiting = asyncio.ensure_future(desk.newest.linted(one.uri))
        await asyncio.sleep(0)
        desk.newest.drop(one.uri)
        assert await waiting is None
        desk.newest.begin(one.changed(7, []))
        desk.go_on.set()
        linted = await desk.newest.linted(one.uri)
        assert linted
        assert linted.article.version == 7
        assert desk.done == [7]
        desk.newest.stop()
        assert await desk.newest.linted(one.uri) is None

    asyncio.run(session())


def test_a_run_is_ended_between_two_rules(linting: Linting) -> None:
    calls = 0

    def going_on() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Superseded

    with pytest.raises(Superseded):
        linting.lint(article("# T\n\nGarlic cures all.\n"), going_on)
    assert calls == 3
