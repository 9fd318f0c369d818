"""Comments of a Word file that speak to healthlint: each holds for the paragraphs that it was written to."""

from __future__ import annotations

from healthlint.documents.document import Span
from healthlint.documents.docx_body import Body
from healthlint.documents.docx_content import CommentEdge, Run
from healthlint.documents.docx_package import Package

_SPEAKS = "healthlint-"
_LASTS = "healthlint-disable"  # silences up to where it is ended
_ENDS = "healthlint-enable"


class Remarks:
    """Collects them as comments of a document, while its rows are written."""

    def __init__(self, package: Package) -> None:
        """Raises ReadError."""
        self.comments: list[tuple[str, Span]] = []
        self._said: dict[str, str] = {}  # what they say
        self._begun: set[str] = set()
        self._ending: list[str] = []  # in the row at hand
        data = package.beside_main("comments")
        for paragraph in Body(data, {}).paragraphs if data else ():
            words = "".join(each.text for each in paragraph.content if isinstance(each, Run))
            if paragraph.note and words.strip().startswith(_SPEAKS):
                self._said.setdefault(paragraph.note.identity, words.strip())

    def take(self, edge: CommentEdge, row_start: int) -> None:
        """An edge of the words that a comment was written to, in the row that begins at `row_start`."""
        said = self._said.get(edge.identity)
        if said is None:
            return
        is_new = edge.identity not in self._begun
        if is_new and edge.edge != "end":
            self._begun.add(edge.identity)
            self.comments.append((said, Span(row_start, row_start)))
        if edge.edge == "end" or (edge.edge == "mark" and is_new):
            self._ending.append(said)

    def end_row(self, at: int) -> None:
        """The row at hand ends at `at`, and so do the comments that end in it."""
        for said in self._ending:
            word, _, rest = said.partition(" ")
            if word == _LASTS:
                self.comments.append((f"{_ENDS} {rest}", Span(at, at)))
        self._ending.clear()
