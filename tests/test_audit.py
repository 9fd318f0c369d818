"""Nothing in an article, configuration or rule of strangers' runs code, opens a connection or reads another file.

Each interpreter of a run writes down what it does (`sys.addaudithook`, https://peps.python.org/pep-0578/, 2018), those
of the pool, too.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from hostile import PAYLOADS, marker, payload, project
from word import document_part, packed, relations

import healthlint
from healthlint import builtin, documents

HERE = Path(__file__).parent
SECRET = "correct horse battery staple"
TRAP = "import os; open(os.path.join(os.environ['OWNED'], 'owned'), 'w').close()\n"

# How other programs are told to read a file or to run something, format by format.
ASKING = {
    "a.md": """\
---
title: !!python/object/apply:os.system ['touch OWNED/owned']
---
# Garlic
{{< include secret.md >}} {% include "secret.md" %} ![[secret.md]] --8<-- "secret.md" <!--#include file="secret.md"-->
[secret](secret.md) [secret](../secret.md) ![secret](secret.png) <img src="http://127.0.0.1:9/x.png">
<?php include "secret.md"; system("touch OWNED/owned"); ?> `=this.file` $(touch OWNED/owned) <% 7 %>
""",
    "b.mdx": "import secret, {x} from './secret.md'\nexport const y = readFileSync('secret.md')\n\n# G\n\n{y}\n",
    "c.html": """\
<!DOCTYPE html><html xmlns:xi="http://www.w3.org/2001/XInclude"><head><base href="http://127.0.0.1:9/">
<title>Garlic</title><link rel="stylesheet" href="http://127.0.0.1:9/x.css"><script src="http://127.0.0.1:9/"></script>
<meta http-equiv="refresh" content="0; url=file:///OWNED/secret.md"></head><body><article><h1>Garlic</h1>
<p>It cures.</p><iframe src="secret.md"></iframe><object data="secret.md"></object><xi:include href="secret.md"/>
<!--#exec cmd="touch OWNED/owned"--><img src="http://127.0.0.1:9/x.png"></article></body></html>
""",
    "d.rst": """\
Garlic
======

.. include:: secret.md
.. literalinclude:: secret.md
.. raw:: html
   :file: secret.md
.. raw:: html
   :url: http://127.0.0.1:9/
.. csv-table::
   :file: secret.md
.. eval-rst::
.. exec::

   open('OWNED/owned', 'w')
""",
    "e.txt": "Garlic\n\nSources like:\n\nfile:///OWNED/secret.md http://127.0.0.1:9/ \\input{secret.md}\n",
    "f.xml": """\
<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:xi="http://www.w3.org/2001/XInclude"><channel><wp:wxr_version>1.2</wp:wxr_version><item><title>Garlic</title>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status>
<content:encoded><![CDATA[<p>It cures. [gallery] [include file="secret.md"]</p>]]></content:encoded>
<xi:include href="secret.md"/></item></channel></rss>
""",
    "g.xml": """\
<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY s SYSTEM "secret.md"><!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><wp:wxr_version>1.2</wp:wxr_version>
<item><title>&s;</title><wp:post_type>post</wp:post_type></item></channel></rss>
""",
    "h.toml.md": '+++\ntitle = "{{ readFile `secret.md` }}"\n+++\n\n# Garlic\n\n{{ readFile "secret.md" }}\n',
}
WORD = (
    '<w:p><w:r><w:t>Garlic cures.</w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
    '<w:p><w:fldSimple w:instr=" INCLUDETEXT secret.md "><w:r><w:t>y</w:t></w:r></w:fldSimple></w:p>'
    '<w:p><w:r><w:instrText> DDEAUTO c:\\windows\\system32\\cmd.exe "/k touch owned" </w:instrText></w:r></w:p>'
    '<w:subDoc r:id="r3"/>'
)


def word_file(folder: Path) -> bytes:
    related = relations(
        ("r1", "hyperlink", f"file://{folder}/secret.md"),
        ("r2", "attachedTemplate", "http://127.0.0.1:9/x.dotm"),
        ("r3", "subDocument", "../../../../secret.md"),
        ("r4", "styles", f"../../../../../..{folder}/secret.md"),
        ("r5", "numbering", f"{folder}/secret.md"),
    )
    main = relations(("a", "officeDocument", "word/document.xml"), ("b", "core-properties", f"{folder}/secret.md"))
    return packed(
        {"_rels/.rels": main, "word/document.xml": document_part(WORD), "word/_rels/document.xml.rels": related}
    )


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of strangers', whose articles ask for files, connections and programs in every format."""
    folder = tmp_path_factory.mktemp("audited")
    project(folder)
    articles = folder / "articles"
    for name, text in ASKING.items():
        (articles / name).write_text(text.replace("OWNED", str(folder)), "utf-8")
    (articles / "i.docx").write_bytes(word_file(folder))
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    (articles / "linked.md").symlink_to(outside)
    (articles / "linked-too.md").symlink_to(folder / "secret")
    for place in (outside, folder / "secret", folder / "secret.md", articles / "secret.png", folder / "secret.yaml"):
        place.write_text(f"{SECRET}\n")
    for name in ("sitecustomize", "yaml", "json", "msgspec", "jinja2", "healthlint", "conftest", "spacy"):
        (folder / f"{name}.py").write_text(TRAP)
        (articles / f"{name}.py").write_text(TRAP)
    (folder / ".healthlintignore").write_text("*\n")
    return folder


class Audit:
    """What a run has done."""

    def __init__(self, folder: Path, cache: Path, *arguments: str) -> None:
        log = cache / f"{len(list(cache.glob('*.log')))}.log"
        done = subprocess.run(
            [sys.executable, "-P", "-m", "healthlint", *arguments],
            cwd=folder,
            capture_output=True,
            check=False,
            timeout=600,
            env={
                **os.environ,
                "AUDITED_LOG": str(log),
                "HEALTHLINT_CACHE_DIR": str(cache),
                "OWNED": str(folder),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONPATH": os.pathsep.join([str(HERE / "audited"), str(Path(healthlint.__file__).parents[1])]),
            },
        )
        self.status = done.returncode
        self.said = (done.stdout + done.stderr).decode("utf-8", "surrogateescape")
        assert "Traceback" not in self.said
        self.events: list[tuple[str, list[Any]]] = [tuple(json.loads(line)) for line in log.read_text().splitlines()]
        self._folder, self._cache = folder, cache

    def named(self, *prefixes: str) -> list[tuple[str, list[Any]]]:
        return [event for event in self.events if event[0].startswith(prefixes)]

    @property
    def opened(self) -> set[Path]:
        """The files that were read, but for those of Python, of packages and of healthlint, and `.gitignore`."""
        read = set()
        for _, (path, mode, flags) in self.named("open"):
            if isinstance(path, int) or (mode is not None and set(str(mode)) & set("wxa+")) or flags & os.O_CREAT:
                continue
            place = Path(self._folder, path)
            is_own = any(place.is_relative_to(own) for own in OWN) or str(place) in SYSTEM
            if not is_own and place.name != ".gitignore":
                read.add(place)
        return read

    @property
    def written(self) -> set[Path]:
        """The files that were opened to be written."""
        return {
            Path(self._folder, path)
            for _, (path, mode, flags) in self.named("open")
            if not isinstance(path, int)
            and ((mode is not None and set(str(mode)) & set("wxa+")) or flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR))
        }

    def check(self, *, pool: bool = False) -> None:
        """That it ran nothing of strangers', connected to nothing and named nothing that they told it."""
        assert self.events[:1]
        assert not (self._folder / "owned").exists()
        assert SECRET not in self.said
        assert self.named(*CONNECTING, *STARTING) == []
        assert bool(self.named("os.fork")) == pool
        pickled = {arguments[0] for _, arguments in self.named("pickle")}
        assert {name.partition(".")[0] for name in pickled} <= ({"healthlint", "concurrent"} if pool else set())
        for _, (code, *_) in self.named("exec"):
            assert code.startswith("<") or any(Path(code).is_relative_to(own) for own in OWN), code
        for _, (source, *_) in self.named("compile"):
            assert not any(marker(name) in str(source) for name in PAYLOADS), source
        for _, (module, file, *_) in self.named("import"):
            assert file is None or any(Path(file).is_relative_to(own) for own in OWN), module


CONNECTING = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "imaplib.", "poplib.", "nntplib.", "telnetlib.")
STARTING = (
    *("subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.startfile", "pty.", "ctypes."),
    *("webbrowser.", "code.", "os.putenv", "os.link", "os.symlink", "os.remove", "os.rmdir", "shutil."),
)
OWN = [
    Path(path)
    for path in {
        *sysconfig.get_paths().values(),
        sys.prefix,
        sys.base_prefix,
        str(Path(healthlint.__file__).parent),
        str(builtin.folder()),
        str(HERE / "audited"),
    }
]
SYSTEM = {os.devnull, "/dev/urandom", "/proc/meminfo", "/etc/localtime"}


def articles(folder: Path) -> set[Path]:
    found = (folder / "articles").rglob("*")
    return {path for path in found if path.suffix in documents.SUFFIXES and path.is_file() and not path.is_symlink()}


def configuring(folder: Path) -> set[Path]:
    return {folder / ".healthlint.yaml", *(folder / "house").rglob("*.yaml")}


def test_the_files_of_strangers_are_of_every_format(strangers: Path) -> None:
    formats = {documents.format_of(path.name) for path in articles(strangers)}
    assert formats == {documents.format_of(f"a{suffix}") for suffix in documents.SUFFIXES}


def test_a_run_cold_and_warm(strangers: Path, tmp_path: Path) -> None:
    """It reads the articles and what configures them, and writes its cache alone."""
    for _ in range(2):
        audit = Audit(strangers, tmp_path, "articles", "--jobs", "1")
        assert audit.status == 2  # an export with entities is refused
        audit.check()
        assert articles(strangers) <= audit.opened <= articles(strangers) | configuring(strangers)
        assert audit.written == set()
        kept = {arguments[0] for event, arguments in audit.events if event == "sqlite3.connect"}
        assert kept == {str(tmp_path / "healthlint.sqlite")}


def test_a_pool(strangers: Path, tmp_path: Path) -> None:
    audit = Audit(strangers, tmp_path, "articles", "--jobs", "2", "--no-cache")
    audit.check(pool=True)
    assert articles(strangers) <= audit.opened <= articles(strangers) | configuring(strangers)
    assert audit.written == set()


@pytest.mark.parametrize("name", [*ASKING, "i.docx"])
def test_each_format_alone(strangers: Path, tmp_path: Path, name: str) -> None:
    """A named article is the only one that is read, the first time and when nothing has changed."""
    for _ in range(2):
        audit = Audit(strangers, tmp_path, f"articles/{name}")
        audit.check()
        assert audit.opened <= {strangers / "articles" / name} | configuring(strangers)
        assert audit.written == set()


OTHERS = [
    ["explain", "stranger/formats"],
    ["rules"],
    ["config", "articles"],
    ["test", "house"],
    ["schema"],
    ["drug", payload("objects")],
    ["init", "house", "--dry-run"],
    ["articles", "--diff", "--unsafe-fixes", "--jobs", "1"],
    *(["articles", "--output-format", form, "--jobs", "1"] for form in ("text", "html", "sarif")),
]


@pytest.mark.parametrize("arguments", OTHERS, ids=" ".join)
def test_other_commands(strangers: Path, tmp_path_factory: pytest.TempPathFactory, arguments: list[str]) -> None:
    cache = tmp_path_factory.getbasetemp() / "audited-cache"  # one for all, since reports are what is looked at
    cache.mkdir(exist_ok=True)
    audit = Audit(strangers, cache, *arguments)
    audit.check()
    assert audit.opened <= articles(strangers) | configuring(strangers)
    assert all(path.parent == Path("/tmp") or path.suffix == ".tmp" for path in audit.written), audit.written


CALLING = [
    "!!python/object/apply:os.system ['touch owned']",
    "!!python/object/new:os.system ['touch owned']",
    "!!python/name:os.system",
    "!!python/module:os",
    "!include secret.yaml",
    "!ENV ${HOME}",
    "!<tag:yaml.org,2002:python/object/apply:subprocess.check_output> [[touch, owned]]",
]


@pytest.mark.parametrize("value", CALLING)
@pytest.mark.parametrize("place", [".healthlint.yaml", "house/stranger/bad.yaml", "a.md", "known.json"])
def test_what_yaml_can_call(tmp_path: Path, value: str, place: str) -> None:
    folder, cache = tmp_path / "site", tmp_path / "cache"
    (folder / "house" / "stranger").mkdir(parents=True)
    cache.mkdir()
    (folder / "secret.yaml").write_text(SECRET)
    text = {
        ".healthlint.yaml": f"rules: [house/]\nfail-on: {value}\n",
        "house/stranger/bad.yaml": f"summary: {value}\nwhy: x\n",
        "a.md": f"---\ntitle: {value}\n---\n\n# Garlic\n",
        "known.json": value,
    }
    (folder / ".healthlint.yaml").write_text("rules: [house/]\nbaseline: known.json\n")
    (folder / "known.json").write_text('{"version": 1, "findings": []}')
    (folder / "a.md").write_text("# Garlic\n")
    (folder / place).write_text(text[place])
    audit = Audit(folder, cache, "a.md")
    audit.check()
    assert audit.status == (0 if place == "a.md" else 2)
    assert audit.opened <= configuring(folder) | {folder / "a.md", folder / "known.json"}


@pytest.mark.parametrize(
    "message", ["{0.__class__}", "{quote.__class__}", "{quote!r}", "{quote:>99999999}", "{}", "{0}"]
)
def test_a_message_reaches_into_nothing(tmp_path: Path, message: str) -> None:
    folder, cache = tmp_path / "site", tmp_path / "cache"
    project(folder)
    cache.mkdir()
    file = folder / "house" / "stranger" / "colour.yaml"
    rule = yaml.safe_load(file.read_text())
    file.write_text(yaml.safe_dump({**rule, "message": message}, allow_unicode=False))
    audit = Audit(folder, cache, "explain", "stranger/colour")
    audit.check()
    assert audit.status == 2
    assert "is no plain name" in audit.said
