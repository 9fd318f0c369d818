"""Results -> one HTML file to be read in a browser: each article as a proof sheet, with an index of them.

The file needs nothing besides itself. Its policy for content (https://www.w3.org/TR/CSP3/, 2025) lets a browser run the
one script and use the one style sheet that are in it, and load nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from healthlint import __version__
from healthlint.findings import Result
from healthlint.plain import count
from healthlint.reports.proof import chart
from healthlint.reports.proof.notes import SEVERITIES, Reason, reason_of, title_of
from healthlint.reports.proof.runs import reference
from healthlint.reports.proof.sheet import sheet_of
from healthlint.reports.proof.visible import plain_visible, visible
from healthlint.reports.style import Style
from healthlint.rules import Severity
from healthlint.spool import Spool

_PLACE = "healthlint.reports.proof"  # of the templates, the script and the style sheet


def html(results: Iterable[Result], _style: Style) -> Iterator[str]:
    """The parts of the page. Totals stand above the articles, so that nothing is given before all have come."""
    pages = _pages()
    template = pages.get_template("article.html")
    overview, bodies = Overview(), Spool()
    for result in results:
        entry = overview.add(result)
        if result.findings:
            sheet = sheet_of(result, entry.id, overview.ids)
            drawn = chart.chart_of(sheet)
            entry.told_again = drawn.percent if drawn else 0
            bodies.put(template.render(sheet=sheet, entry=entry, chart=drawn).encode())
    articles = ((entry, _rendered(bodies)) for entry in overview.entries if entry.number)
    yield from pages.get_template("page.html").generate(overview=overview, articles=articles)
    bodies.close()


def _rendered(bodies: Spool) -> Markup:
    return Markup(bodies.take().decode())  # noqa: S704 - a template has escaped it


class Entry(msgspec.Struct):
    """An article in the index."""

    id: str
    title: str  # its file name, to be escaped
    linted: bool
    severities: Counter[Severity]
    told_again: int = 0  # per cent of its text

    @property
    def name(self) -> Markup:
        """Its file name."""
        return visible(self.title)

    @property
    def folder(self) -> Markup:
        """The part of it up to the last slash."""
        return visible(self._path.rpartition("/")[0])

    @property
    def file(self) -> Markup:
        """The part behind."""
        return visible(self._path.rpartition("/")[2])

    @property
    def _path(self) -> str:
        return self.title.replace("\\", "/")

    @property
    def number(self) -> int:
        """How many findings it has."""
        return self.severities.total()


class Overview(msgspec.Struct):
    """What is known of all articles together."""

    entries: list[Entry] = []
    ids: dict[str, str] = {}  # by file name
    errors: list[Markup] = []  # why something could not be read or used
    severities: Counter[Severity] = msgspec.field(default_factory=Counter)
    by_group: dict[str, Counter[Severity]] = msgspec.field(default_factory=lambda: defaultdict(Counter))
    by_rule: Counter[str] = msgspec.field(default_factory=Counter)
    reasons: dict[str, Reason] = {}

    def add(self, result: Result) -> Entry:
        """Count one article."""
        severities = Counter(finding.severity for finding in result.findings)
        entry = Entry(f"a{len(self.entries) + 1}", plain_visible(result.filename), result.linted, severities)
        self.entries.append(entry)
        self.ids[result.filename] = entry.id
        self.errors += [line for error in result.errors if (line := visible(error)) not in self.errors]
        self.severities += severities
        for finding in result.findings:
            self.by_group[finding.category][finding.severity] += 1
            self.by_rule[finding.code] += 1
        self._give_reasons(result)
        return entry

    def _give_reasons(self, result: Result) -> None:
        new = {finding.code: finding for finding in result.findings if finding.code not in self.reasons}
        rules = {rule.name: rule for rule in result.rules()} if new else {}
        self.reasons |= {code: reason_of(finding, rules.get(code)) for code, finding in new.items()}

    @property
    def number(self) -> int:
        """How many findings there are."""
        return self.severities.total()

    @property
    def linted(self) -> int:
        """How many articles could be read."""
        return sum(entry.linted for entry in self.entries)

    @property
    def groups(self) -> list[tuple[str, Counter[Severity]]]:
        """The groups and their findings, the most frequent first."""
        return sorted(self.by_group.items(), key=lambda pair: (-pair[1].total(), pair[0]))

    @property
    def rules(self) -> Mapping[str, list[tuple[str, int]]]:
        """The rules that found something and how often, by group."""
        grouped = defaultdict(list)
        for code, number in sorted(self.by_rule.items()):
            grouped[code.partition("/")[0]].append((code, number))
        return grouped


def in_words(severities: Counter[Severity]) -> str:
    """'2 errors, 1 warning, 3 hints'."""
    return ", ".join(count(severities[one], SEVERITIES[one].lower()) for one in Severity if severities[one])


@cache  # one that watches reports again and again
def _pages() -> Environment:
    """The templates, and what they may use. All that is put into them is escaped, unless it is Markup already."""
    pages = Environment(
        loader=PackageLoader(_PLACE.rpartition(".")[0], "proof"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script, sheet = _asset("page.js"), _asset("page.css")
    pages.globals |= {
        "script": Markup(script),  # noqa: S704 - our own
        "sheet_of_style": Markup(sheet),  # noqa: S704 - our own
        "policy": _policy(script, sheet),
        "reference": reference,
        "version": __version__,
        "geometry": {"row": chart.ROW, "bars": chart.BARS, "width": chart.WIDTH},
        "severities": SEVERITIES,
    }
    pages.filters |= {
        "title_of": lambda name: plain_visible(title_of(name)),
        "in_words": in_words,
        "counted": count,
        "rule_id": lambda code: f"rule-{code.replace('/', '-')}",
    }
    return pages


def _asset(name: str) -> str:
    """A file of ours, to stand between two tags."""
    return resources.files(_PLACE).joinpath(name).read_text("utf-8")


def _policy(script: str, sheet: str) -> str:
    """What a browser may use: these two and nothing else."""
    allowed = f"style-src {_hash(sheet)}; script-src {_hash(script)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    """What the policy knows a script or style sheet by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
