"""The linters that healthlint is measured beside: how each is installed, and how it is run on files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

SPACY = "plain spaCy"
PROSELINT = "proselint"
WRITE_GOOD = "write-good"
MARKDOWNLINT = "markdownlint-cli2"

_TOKENISE = """\
import sys, spacy
nlp = spacy.blank("en")
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        print(len(nlp(file.read())))
"""


class InstallError(Exception):
    """Why a peer could not be installed, in one line."""


@dataclass(frozen=True)
class Peer:
    """A program to be measured beside ours."""

    name: str
    packages: tuple[str, ...]  # with their versions
    registry: Literal["PyPI", "npm"]
    program: str  # of its environment
    arguments: tuple[str, ...] = ()  # before the files
    reads: Literal["text", "markdown"] = "text"
    largest: int = 1_000_000  # more files would take too long
    broken: tuple[int, ...] = (2,)  # exit statuses that are no answer
    settings: tuple[str, str] = ("", "")  # name and text of a file in its folder

    @property
    def version(self) -> str:
        """That of its first package."""
        return self.packages[0].replace("==", "@").rpartition("@")[2]


# Versions are pinned so that ratios can be compared over time; markdownlint-cli2 from 0.23 on wants a newer Node.
PEERS = (
    Peer(SPACY, ("spacy==3.8.18",), "PyPI", "python", ("-c", _TOKENISE), broken=(1, 2)),
    Peer(PROSELINT, ("proselint==0.16.0",), "PyPI", "proselint", ("check",)),
    Peer(WRITE_GOOD, ("write-good@1.0.8",), "npm", "write-good", broken=()),  # its status is a number of findings
    Peer(MARKDOWNLINT, ("markdownlint-cli2@0.22.1",), "npm", "markdownlint-cli2", reads="markdown"),
    Peer("alex", ("alex@11.0.1",), "npm", "alex", reads="markdown", largest=200),
    Peer(
        "textlint",
        ("textlint@15.8.0", "textlint-rule-write-good@2.0.0"),
        "npm",
        "textlint",
        ("--config", "{folder}/rules.json", "--rules-base-directory", "{folder}/node_modules", "--format", "unix"),
        reads="markdown",
        largest=200,
        settings=("rules.json", json.dumps({"rules": {"write-good": True}})),
    ),
)


def default_cache() -> Path:
    """Where peers are kept: a folder of the user's cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "healthlint-benchmarks"


def folder(peer: Peer, cache: Path) -> Path:
    """The peer's own folder."""
    return cache / peer.name.replace(" ", "-")


def program(peer: Peer, cache: Path) -> Path:
    """What is run."""
    return folder(peer, cache) / ("bin" if peer.registry == "PyPI" else "node_modules/.bin") / peer.program


def command(peer: Peer, cache: Path, files: Sequence[str]) -> tuple[str, ...]:
    """The command that runs the peer on the files."""
    arguments = peer.arguments
    if peer.settings[0]:
        arguments = tuple(part.replace("{folder}", str(folder(peer, cache))) for part in arguments)
    return (str(program(peer, cache)), *arguments, *files)


def is_installed(peer: Peer, cache: Path) -> bool:
    """Whether this version of the peer is there."""
    receipt = folder(peer, cache) / "installed"
    return receipt.is_file() and receipt.read_text("utf-8") == _receipt(peer) and program(peer, cache).exists()


def install(peer: Peer, cache: Path) -> None:
    """Install the peer, if it is not there. Raises InstallError."""
    if is_installed(peer, cache):
        return
    place = folder(peer, cache)
    try:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (_install_from_pypi if peer.registry == "PyPI" else _install_from_npm)(peer, place)
        if peer.settings[0]:
            (place / peer.settings[0]).write_text(peer.settings[1], "utf-8")
        (place / "installed").write_text(_receipt(peer), "utf-8")
    except subprocess.CalledProcessError as error:
        raise InstallError((error.stderr or error.stdout or str(error)).strip().splitlines()[-1]) from None
    except OSError as error:
        raise InstallError(str(error)) from None


def _receipt(peer: Peer) -> str:
    return "\n".join((*peer.packages, *peer.settings))


def _install_from_pypi(peer: Peer, place: Path) -> None:
    venv.create(place, with_pip=True)
    _run(str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", *peer.packages)


def _install_from_npm(peer: Peer, place: Path) -> None:
    if not shutil.which("npm"):
        raise InstallError("there is no npm")
    _run("npm", "install", "--prefix", str(place), "--no-audit", "--no-fund", "--silent", *peer.packages)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def install_all(peers: Sequence[Peer], cache: Path) -> bool:
    """Install the peers and tell of each. Whether all are there."""
    complete = True
    for peer in peers:
        try:
            install(peer, cache)
            print(f"{peer.name} {peer.version}: installed")
        except InstallError as error:
            complete = False
            print(f"{peer.name} {peer.version}: {error}", file=sys.stderr)
    return complete
