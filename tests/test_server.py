"""The language server as an editor meets it: a real client, a process of its own."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from pathlib import Path

import pytest
from editors import PATIENCE, Editor, capabilities, editing, process
from lsprotocol import types

from accuracy import sets
from healthlint.config import Configs
from healthlint.documents.rows import Position
from healthlint.findings import Finding
from healthlint.runner import Request, run

pytestmark = pytest.mark.asyncio

ARTICLES = [found.article for found in sets.articles(sets.CORPUS)]
LANGUAGES = {".txt": "plaintext", ".md": "markdown", ".mdx": "mdx", ".html": "html"}
UTF_32 = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf32])
DIRECTIVE = "<!-- healthlint-disable clams -->"  # which names no rule: an unused suppression
BAD = f"# Garlic 🧄\n\nE\u0301 🧄 {DIRECTIVE} is a plant.\n"
ONLY = "select: [suppressions]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".healthlint.yaml").write_text(ONLY)
    return tmp_path


def uri_of(folder: Path, name: str = "a.md") -> str:
    return (folder / name).as_uri()


async def test_findings_are_those_of_the_command(tmp_path: Path) -> None:
    async with editing(tmp_path, "--isolated", general=UTF_32) as editor:
        for path in ARTICLES:
            (expected,) = run(Request([str(path)]), Configs(isolated=True))
            uri = path.as_uri()
            editor.open(uri, path.read_bytes().decode("utf-8-sig"), LANGUAGES[path.suffix])
            told = await editor.told(uri)
            assert [_as_told(one, uri) for one in expected.findings] == list(told)
            editor.close(uri)
    assert len(ARTICLES) > 10


def _as_told(found: Finding, uri: str) -> types.Diagnostic:
    """A finding in code points, from its rows and columns."""
    severities = {"error": 1, "warning": 2, "info": 3}
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(uri, _range(place.location, place.end_location)), place.message
        )
        for place in found.related
    ]
    deletes = found.fix is not None and not any(edit.content for edit in found.fix.edits)
    return types.Diagnostic(
        _range(found.location, found.end_location),
        found.message,
        severity=types.DiagnosticSeverity(severities[found.severity]),
        code=found.code,
        code_description=types.CodeDescription(found.url),
        source="healthlint",
        tags=(types.DiagnosticTag.Unnecessary,) if deletes else None,
        related_information=tuple(related) or None,
    )


def _range(start: Position, end: Position) -> types.Range:
    return types.Range(*(types.Position(one.row - 1, one.column - 1) for one in (start, end)))


@pytest.mark.parametrize("encoding", list(types.PositionEncodingKind))
async def test_edits_by_range(folder: Path, encoding: types.PositionEncodingKind) -> None:
    uri = uri_of(folder)
    offered = types.GeneralClientCapabilities(position_encodings=[encoding])
    async with editing(folder, general=offered) as editor:
        assert editor.encoding == encoding
        editor.open(uri, BAD.replace("\n", "\r\n"))
        assert await editor.marked(uri) == [("suppressions/unused", DIRECTIVE)]
        for old, new in (("🧄 is", "🧄👩‍🔬 was"), ("is a", "🌱 is a"), ("E\u0301", "𝔼\r\nx"), ("plant.", "bulb 🧅.")):
            text = editor.texts[uri].text
            at = text.find(old)
            if at >= 0:
                editor.edit(uri, at, at + len(old), new)
            assert await editor.marked(uri) == [("suppressions/unused", DIRECTIVE)]
        at = editor.texts[uri].text.index("clams")
        editor.edit(uri, at, at + 5, "claims")
        assert await editor.marked(uri) == []  # a group that is not run
        text = editor.texts[uri].text
        at = text.index("<!--")
        editor.edit(uri, at, text.index("-->") + 3, "")
        assert await editor.marked(uri) == []


async def test_two_quick_edits_give_the_last_result_alone(tmp_path: Path) -> None:
    path = next(path for path in ARTICLES if path.suffix == ".md")
    uri = path.as_uri()
    async with editing(tmp_path, "--isolated") as editor:
        editor.open(uri, path.read_text("utf-8"))
        await editor.told(uri)
        before = len(editor.published)
        for number in range(1, 6):
            editor.edit(uri, 0, 0, f"<!-- healthlint-disable clams{number} -->\n\n")
        marked = await editor.marked(uri)
        assert next(words for _, words in marked if "clams" in words) == "<!-- healthlint-disable clams5 -->"
        versions = [one.version for one in editor.published[before:]]
    assert versions == sorted(versions, key=lambda version: version or 0)
    assert len(versions) < 5


async def test_pulled_diagnostics(folder: Path) -> None:
    uri = uri_of(folder)
    pulls = types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())
    async with editing(folder, text_document=pulls) as editor:
        editor.open(uri, BAD)
        asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
        report = await editor.text_document_diagnostic_async(asked)
        assert [one.code for one in report.items] == ["suppressions/unused"]
        editor.edit(uri, editor.texts[uri].text.index("<!--"), len(editor.texts[uri].text), "")
        report = await editor.text_document_diagnostic_async(asked)
        assert list(report.items) == []
        asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri_of(folder, "closed.md")))
        report = await editor.text_document_diagnostic_async(asked)
        assert list(report.items) == []
        assert editor.published == []  # who asks is not told besides


async def test_who_asks_for_diagnostics_is_told_when_to_ask_again(folder: Path) -> None:
    uri, file = uri_of(folder), folder / ".healthlint.yaml"
    pulls = types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())
    workspace = types.WorkspaceClientCapabilities(
        diagnostics=types.DiagnosticWorkspaceClientCapabilities(refresh_support=True),
        did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
    )
    asked = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
    async with editing(folder, text_document=pulls, workspace=workspace) as editor:
        editor.open(uri, BAD)
        assert len((await editor.text_document_diagnostic_async(asked)).items) == 1
        await _change(editor, file, "select: [numbering]\n")
        assert await editor.until(lambda: editor.refreshed) == 1
        assert list((await editor.text_document_diagnostic_async(asked)).items) == []
        await _change(editor, file, "select: [numbring]\n")
        assert list((await editor.text_document_diagnostic_async(asked)).items) == []
        assert len(await editor.told(file.as_uri())) == 1  # nobody asks for those of a configuration


async def test_hover(folder: Path) -> None:
    uri = uri_of(folder)
    async with editing(folder) as editor:
        editor.open(uri, BAD)
        text = editor.texts[uri]
        where = text.position(text.text.index("clams"))
        about = types.TextDocumentIdentifier(uri)
        found = await editor.text_document_hover_async(types.HoverParams(about, where))
        assert found
        assert isinstance(found.contents, types.MarkupContent)
        assert found.contents.kind == types.MarkupKind.Markdown
        told = found.contents.value
        assert "**suppressions/unused** (warning)" in told
        assert "names clams, which is no rule or group; did you mean 'claims'?" in told.replace("\\", "")
        assert "\n\nSource: [" in told
        assert "\n\nPrecision: " in told
        assert found.range == text.range(text.span(found.range))
        assert text.text[slice(*text.span(found.range))] == DIRECTIVE
        assert await editor.text_document_hover_async(types.HoverParams(about, types.Position(0, 0))) is None


async def test_a_configuration_is_read_anew(folder: Path) -> None:
    uri, file = uri_of(folder), folder / ".healthlint.yaml"
    async with editing(folder) as editor:
        (registered,) = await editor.until(lambda: editor.registered)
        assert registered.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        editor.open(uri, BAD)
        assert len(await editor.told(uri)) == 1
        await _change(editor, file, "ignore: [suppressions]\nselect: [numbering]\n")
        assert await editor.told(uri, len(editor.published)) == ()

        await _change(editor, file, "select: [numbering]\nignroe: []\n")
        (said,) = await editor.until(lambda: editor.messages)
        assert said.message.startswith("healthlint: .healthlint.yaml:2: ignroe: ")
        (shown,) = await editor.told(file.as_uri())
        assert shown.range == types.Range(types.Position(1, 0), types.Position(1, len("ignroe: []")))
        assert "did you mean 'ignore'?" in shown.message
        before = len(editor.published)
        editor.edit(uri, 0, 0, "1. One\n3. Three\n\n")
        assert [code for code, _ in await editor.marked(uri, before)] == ["numbering/list-gap"]  # by the one before

        before = len(editor.published)
        await _change(editor, file, ONLY)
        assert [code for code, _ in await editor.marked(uri, before)] == ["suppressions/unused"]
        assert await editor.told(file.as_uri(), before) == ()
        assert len(editor.messages) == 1


async def _change(editor: Editor, file: Path, text: str) -> None:
    file.write_text(text)
    event = types.FileEvent(file.as_uri(), types.FileChangeType.Changed)
    editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))


async def test_a_configuration_that_nobody_tells_of(folder: Path) -> None:
    uri, rules = uri_of(folder), folder / "house" / "words" / "garlic.yaml"
    rules.parent.mkdir(parents=True)
    async with editing(folder, workspace=types.WorkspaceClientCapabilities()) as editor:
        editor.open(uri, BAD)
        assert len(await editor.told(uri)) == 1
        before = len(editor.published)
        rules.write_text(RULE)
        (folder / ".healthlint.yaml").write_text("rules: [house]\nselect: [words]\n")
        editor.save(uri)
        assert await editor.marked(uri, before) == [("words/garlic", "plant")]
        before = len(editor.published)
        rules.write_text(RULE.replace("{terms", "{trems"))
        editor.save(uri)
        (shown,) = await editor.told(rules.as_uri(), before)
        assert "did you mean 'terms'?" in shown.message
        assert [said.message for said in editor.messages] == [f"healthlint: house/words/garlic.yaml:7: {shown.message}"]


RULE = """\
summary: Say bulb.
why: To see how a rule of a user is read.
source: {name: "the tests", url: "https://example.org/rules"}
severity: warning
message: '"{quote}" is marked.'
check: terms
with: {terms: {bulb: [plant]}}
examples:
  flagged: ["A [[plant]].", "The [[plant]]."]
  clean: ["e", "f"]
"""


async def test_what_is_left_alone(folder: Path) -> None:
    (folder / ".healthlint.yaml").write_text(f"{ONLY}extend-exclude: [drafts/]\n")
    async with editing(folder) as editor:
        editor.open(uri_of(folder, "a.py"), BAD, "python")
        editor.open("git:/a.md?HEAD", BAD)
        for name in ("drafts/a.md", "node_modules/a.md"):
            editor.open(uri_of(folder, name), BAD)
            assert await editor.told(uri_of(folder, name)) == ()
        for language in ("plaintext", "markdown", "mdx", "html", "text", "gfm"):
            uri = f"untitled:{language}"
            text = DIRECTIVE if language != "mdx" else "{/* healthlint-disable clams */}"
            editor.open(uri, f"Garlic\n\n{text}\n\nGarlic is a plant.\n", language)
            assert [code for code, _ in await editor.marked(uri)] == ["suppressions/unused"]
        editor.open(uri_of(folder, "empty.md"), " \n")
        assert await editor.told(uri_of(folder, "empty.md")) == ()
        assert {one.uri for one in editor.published}.isdisjoint({uri_of(folder, "a.py"), "git:/a.md?HEAD"})
        assert editor.messages == []


async def test_what_is_no_article(folder: Path) -> None:
    async with editing(folder) as editor:
        large = uri_of(folder, "large.txt")
        editor.open(large, "Garlic is a plant. " * 530_000, "plaintext")
        assert await editor.told(large) == ()
        editor.edit(large, 0, 0, "Big ")
        assert await editor.told(large) == ()
        editor.open(uri_of(folder, "nul.txt"), "a\0b", "plaintext")
        assert await editor.told(uri_of(folder, "nul.txt")) == ()
        said = [one.message for one in editor.messages]
    assert len(said) == 2
    assert "large.txt: is larger than 10 MB" in said[0]
    assert "nul.txt: holds a NUL character" in said[1]


async def test_closed_while_it_is_linted(folder: Path) -> None:
    uri, other = uri_of(folder), uri_of(folder, "b.md")
    async with editing(folder, "--isolated") as editor:
        editor.open(uri, f"{BAD}\nGarlic cures all.\n" * 2_000)
        asked = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
        waiting = asyncio.ensure_future(editor.text_document_hover_async(asked))
        editor.edit(uri, 0, 0, "Once. ")
        editor.close(uri)
        editor.open(other, BAD)
        assert await waiting is None
        assert ("suppressions/unused", DIRECTIVE) in await editor.marked(other)
        assert [one.diagnostics for one in editor.published if one.uri == uri] == [()]
    assert editor.log == ""


async def test_nonsense(folder: Path) -> None:
    uri = uri_of(folder)
    async with editing(folder) as editor:
        editor.open(uri, BAD)
        for body in (
            b"{not json",
            b"[]",
            b"5",
            b'{"jsonrpc": "1.0", "method": "x"}',
            b'{"jsonrpc": "2.0", "method": 5}',
            b'{"jsonrpc": "2.0"}',
            b'{"jsonrpc": "2.0", "id": 99, "result": null}',
            b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"a": 1}}',
            b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": null}',
            b"\xff\xfe",
        ):
            _send(editor, body)
        identifier = types.VersionedTextDocumentIdentifier(2, uri_of(folder, "never-opened.md"))
        change = types.TextDocumentContentChangeWholeDocument("x")
        editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))
        editor.close(uri_of(folder, "never-opened.md"))
        wrong = {"jsonrpc": "2.0", "id": "wrong", "method": "textDocument/hover", "params": {"position": "here"}}
        answer = editor.protocol._request_futures["wrong"] = asyncio.get_running_loop().create_future()
        _send(editor, json.dumps(wrong).encode())
        with pytest.raises(Exception, match="the parameters are not of its form"):
            await answer
        with pytest.raises(Exception, match="Method Not Found"):
            await editor.protocol.send_request_async("textDocument/nonsense", {})
        beyond = types.Range(types.Position(5, 900), types.Position(7_000, 1))
        identifier = types.VersionedTextDocumentIdentifier(2, uri)
        partial = types.TextDocumentContentChangePartial(beyond, "\n\nMore.\n")
        editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [partial]))
        editor.versions[uri] = 2
        assert await editor.marked(uri) == [("suppressions/unused", DIRECTIVE)]
        assert editor.messages == []
    lines = editor.log.splitlines()
    assert len(lines) >= 8
    assert all(line.startswith("healthlint: ") and len(line) < 450 for line in lines)


def _send(editor: Editor, body: bytes) -> None:
    assert editor.protocol.writer
    editor.protocol.writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))


async def test_the_order_of_a_session(folder: Path) -> None:
    uri = uri_of(folder)
    asked = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(0, 0))
    async with process(folder) as editor:
        editor.capabilities = capabilities()  # else it would not ask
        with pytest.raises(Exception, match="was not initialized"):
            await editor.text_document_hover_async(asked)
        await editor.initialize_session(types.InitializeParams(capabilities()))
        with pytest.raises(Exception, match="was initialized already"):
            await editor.initialize_async(types.InitializeParams(capabilities()))
        editor.open(uri, BAD)
        await editor.shutdown_async(None)
        with pytest.raises(Exception, match="was shut down"):
            await editor.text_document_hover_async(asked)
        editor.exit(None)
        assert editor._server
        assert await editor._server.wait() == 0


async def test_over_tcp(folder: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = (sys.executable, "-m", "healthlint", "server", "--tcp", str(port))
    server = await asyncio.create_subprocess_exec(*command, cwd=folder, stderr=asyncio.subprocess.PIPE)
    try:
        assert server.stderr
        assert await server.stderr.readline() == b"healthlint: waiting at 127.0.0.1:%d\n" % port
        editor = Editor()
        await _connected(editor, port)
        await editor.initialize_session(types.InitializeParams(capabilities()))
        editor.open(uri_of(folder), BAD)
        assert await editor.marked(uri_of(folder)) == [("suppressions/unused", DIRECTIVE)]
        await editor.shutdown_async(None)
        editor.exit(None)
        assert await server.wait() == 0
        assert b"Traceback" not in await server.stderr.read()
        await editor.stop()
    finally:
        if server.returncode is None:
            server.kill()


async def _connected(editor: Editor, port: int) -> None:
    """Once it listens."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await editor.start_tcp("127.0.0.1", port)
            except ConnectionError:
                await asyncio.sleep(0.05)


@pytest.mark.parametrize("goes", ["exit", "gone"])
async def test_an_editor_that_goes_without_a_word(folder: Path, goes: str) -> None:
    async with process(folder) as editor:
        await editor.initialize_session(types.InitializeParams(capabilities()))
        editor.open(uri_of(folder), BAD * 500)
        assert editor._server
        assert editor._server.stdin
        if goes == "exit":
            editor.exit(None)
        else:
            editor._server.stdin.close()
        assert await editor._server.wait() == 1
    assert editor.log.splitlines()[-1] == "healthlint: the editor has gone without ending the session"
