"""docs/editors.md: what it has readers copy can be read, and starts the server."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from healthlint.server import actions
from healthlint.server.articles import LANGUAGES

PAGE = (Path(__file__).parent.parent / "docs" / "editors.md").read_text("utf-8")


def copied(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def of_json(key: str) -> Any:
    return next(found[key] for found in map(json.loads, copied("json")) if key in found)


def test_visual_studio_code() -> None:
    assert [of_json("glspc.server.command"), *of_json("glspc.server.commandArguments")] == ["healthlint", "server"]
    assert set(of_json("glspc.server.languageId")) <= LANGUAGES.keys()
    assert of_json("editor.codeActionsOnSave") == {actions.FIX_ALL: "explicit"}


def test_helix_and_zed() -> None:
    helix, extension, crate = map(tomllib.loads, copied("toml"))
    assert helix["language-server"]["healthlint"] == {"command": "healthlint", "args": ["server"]}
    for language in helix["language"]:
        assert "healthlint" in language["language-servers"]
        assert language["name"] in LANGUAGES
    (server,) = extension["language_servers"].values()
    assert {name.lower() for name in server["languages"]} <= LANGUAGES.keys()
    assert crate["lib"]["crate-type"] == ["cdylib"]


@pytest.mark.parametrize("language", ["lua", "elisp", "rust"])
def test_all_others_start_the_server(language: str) -> None:
    for text in copied(language):
        assert re.search(r'"healthlint",? "server"|which\("healthlint"\).*"server"', text, re.DOTALL)


def test_neovim_names_languages_that_are_known() -> None:
    named = re.findall(r"(?:filetypes|pattern) = \{([^}]*)\}", "".join(copied("lua")))
    assert len(named) == 2
    assert {name for names in named for name in re.findall(r'"(\w+)"', names)} <= LANGUAGES.keys()
