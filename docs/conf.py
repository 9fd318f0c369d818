"""How `sphinx-build -W docs site` makes a site of the Markdown in this folder.

The pages are written to be read on a git host, too. What they link to outside of this folder, such as the file of a
rule, is a link of the site only where the address of the repository is told: `-D repository=https://HOST/OWNER/healthlint`.
"""

from __future__ import annotations

import os
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

project = "healthlint"

extensions = ["myst_parser"]
myst_heading_anchors = 4  # the same names as on a git host
html_theme = "furo"
html_title = "healthlint"
html_copy_source = html_show_sphinx = False
html_use_index = False
exclude_patterns = ["README.md", "examples"]  # index.rst includes the one
suppress_warnings = ["misc.highlighting_failure"]  # JSON with `...` where something is left out

TOP = Path(__file__).resolve().parent.parent
GENERATED = ("rules/", "drugs/")  # hundreds of pages: their own index lists them, the side of the page does not


def setup(app: Sphinx) -> None:
    """Called by Sphinx."""
    app.add_config_value("repository", "", "env", types=str)
    app.connect("source-read", leave_out_of_navigation)
    app.connect("doctree-read", link_to_repository)


def leave_out_of_navigation(_app: Sphinx, page: str, source: list[str]) -> None:
    """Say that a generated page is listed elsewhere."""
    if page.startswith(GENERATED) and not page.endswith("/README"):
        source[0] = f"---\norphan: true\n---\n{source[0]}"


def link_to_repository(app: Sphinx, doctree: nodes.document) -> None:
    """Lead links that leave this folder to the repository; without its address only their text stays."""
    for node in [*doctree.findall(addnodes.pending_xref), *doctree.findall(addnodes.download_reference)]:
        target = _outside(app, node)
        if target and app.config.repository:
            address = f"{app.config.repository.rstrip('/')}/blob/main/{target}"
            node.replace_self(nodes.reference("", "", *node.children, refuri=address))
        elif target:
            node.replace_self(node.children)


def _outside(app: Sphinx, node: nodes.Element) -> str:
    """Where in the repository a link leads, if out of this folder; else nothing."""
    path, _, anchor = node["reftarget"].partition("#")
    if node.get("refdomain") == "doc":  # MyST has found a page, and has taken off its suffix and its anchor
        path, anchor = f"{path}.md", node["reftargetid"]
        found = Path(app.srcdir, path)
    else:
        found = Path(app.env.relfn2path(path)[1])
    found = Path(os.path.normpath(found))
    is_page = found.is_file() and found.is_relative_to(app.srcdir)
    if not path or is_page or not found.exists() or not found.is_relative_to(TOP):
        return ""
    return found.relative_to(TOP).as_posix() + (f"#{anchor}" if anchor else "")
