"""`.pre-commit-config.yaml`: a hook added to its text, so that comments and layout stay as they are."""

from __future__ import annotations

import json
import textwrap
from importlib import metadata
from typing import Any

import yaml

from healthlint import __version__, yamlfile

NAME = ".pre-commit-config.yaml"
_ITEM = "- "


def entry() -> str:
    """The entry of `repos`: the repository that healthlint was installed from, else the command that is installed."""
    if installed := _repository():
        url, revision = installed
        return f"- repo: {url}\n  rev: {revision}\n  hooks:\n    - id: healthlint\n"
    return textwrap.dedent("""\
        - repo: local
          hooks:
            - id: healthlint
              name: healthlint
              entry: healthlint --force-exclude
              language: system  # the healthlint that is installed: see its README for the hook that installs it
              files: (?i)\\.(md|mdx|markdown|x?html?|txt|rst|docx)$
              require_serial: true
        """)


def _repository() -> tuple[str, str] | None:
    """The address and the revision that pip has installed healthlint from, if that was a repository (PEP 610)."""
    try:
        written = metadata.distribution("healthlint").read_text("direct_url.json")
        said = json.loads(written or "{}")
        vcs = said.get("vcs_info") or {}
        revision = vcs.get("requested_revision") or vcs.get("commit_id") or f"v{__version__}"
        return (said["url"], revision) if vcs.get("vcs") == "git" else None
    except (metadata.PackageNotFoundError, ValueError, KeyError, AttributeError):
        return None


def new() -> str:
    """The text of a file that has no other hook."""
    return f"repos:\n{textwrap.indent(entry(), '  ')}"


def has_hook(text: str) -> bool:
    """Whether one of our hooks is in it already. Raises YamlError."""
    repos = _repos(yamlfile.parse(text).data)
    hooks = [
        hook for repo in repos if isinstance(repo, dict) for hook in repo.get("hooks") or () if isinstance(hook, dict)
    ]
    return any(str(hook.get("id", "")).startswith("healthlint") for hook in hooks)


def added(text: str) -> str | None:
    """The text with the hook behind the others; None where that cannot be done surely. Raises YamlError."""
    before = yamlfile.parse(text).data
    place = _place(text)
    if place is None:
        return None
    row, indent = place
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    ours = textwrap.indent(entry(), " " * indent).replace("\n", ending)
    after = "".join([*lines[:row], ours, *lines[row:]])
    try:
        data = yamlfile.parse(after).data
    except yamlfile.YamlError:
        return None
    wanted = {**before, "repos": [*before["repos"], *yamlfile.parse(entry()).data]}
    return after if data == wanted else None


def _place(text: str) -> tuple[int, int] | None:
    """How many rows stand before the new item of `repos`, and its indent; None if it is no list over several rows."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    repos = next((value for key, value in pairs if getattr(key, "value", None) == "repos"), None)
    if not isinstance(repos, yaml.SequenceNode) or repos.flow_style or not repos.value:
        return None
    rows = text.splitlines()[: repos.end_mark.line + (repos.end_mark.column > 0)]
    while rows and (not rows[-1].strip() or rows[-1].lstrip().startswith("#")):
        rows.pop()
    return len(rows), repos.start_mark.column


def _repos(data: Any) -> list[Any]:
    repos = data.get("repos") if isinstance(data, dict) else None
    return repos if isinstance(repos, list) else []
