"""Paths -> results: each article linted as its configuration wants; an unchanged one is not linted again.

This process reads the articles, looks whether what came of them is kept, and has the others linted: here, or where
there are many by a pool of processes. Results come in the order of the articles, and are the same either way.

What articles have in common is looked for in what comes of each. An article that may be a copy of an earlier one, but
for a section that may yet turn out to stand in many, waits until that is known, and so do those behind it. Where links
are to be followed, an article with links waits until all are linted: each address is asked for once, and no process of
the pool is started beside threads.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

import msgspec

from healthlint import documents, kept, outcomes, paths
from healthlint.analysis import Analysis
from healthlint.analysis.setting import Setting
from healthlint.baseline import BaselineError, Baselines
from healthlint.config import Config, ConfigError, Configs, FailOn
from healthlint.edits import Applicability, Rewriting
from healthlint.findings import Compared, Finding, Result, Silenced, compared, lint, lint_analysis
from healthlint.fixes import can_be_made, fixed
from healthlint.globs import matches
from healthlint.linked import WebLink, linked, with_links
from healthlint.outcomes import Mended, Outcome, Task
from healthlint.paths import PathError
from healthlint.rules import RuleError, Severity
from healthlint.selection import Selected, Selection, Wanted
from healthlint.waiting import Follow, Queue, Verdicts

if TYPE_CHECKING:
    from concurrent.futures import Future

    from healthlint.across import Copy
    from healthlint.pool import Pool

WINDOW = 256  # articles that are read before the first of them is reported
LARGEST_WINDOW = 32_000_000  # bytes of them
ENOUGH = 24  # articles to lint from which on a pool gains more than it costs to start


class Request(msgspec.Struct, frozen=True):
    """What the command line asks for; None leaves the word to the configuration."""

    paths: Sequence[str]
    wanted: Wanted = Wanted()
    fail_on: FailOn | None = None
    exclude: tuple[str, ...] | None = None
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str = ""
    largest_file: int | None = None  # megabytes
    jobs: int = 0  # processes; 0: one for each processor
    fix: Applicability | None = None  # the fixes to make: safe ones, or unsafe ones, too
    silenced: bool = False  # results hold what is silenced or known, too
    today: date | None = None  # None: what the calendar says


class Meter(Protocol):
    """What wants to know how far a run has come."""

    def begin(self, number: int, of: str = "articles") -> None:
        """So many articles are to be linted, or links to be followed."""

    def step(self) -> None:
        """One more is done."""


def run(
    request: Request,
    configs: Configs,
    baselines: Baselines | None = None,
    meter: Meter | None = None,
    follow: Follow | None = None,
) -> Iterator[Result]:
    """One result for each article, in the order of the arguments; what cannot be linted comes as errors of a result.

    `baselines` has seen all of them once the last one is taken; without it those are used that configurations name.
    `follow` says what is known of links, if they are to be followed.
    """
    articles = _articles(request, configs)
    if meter:
        listed = list(articles)  # before the first is linted, for the sake of the count
        meter.begin(len(listed))
        articles = iter(listed)
    first = list(islice(articles, 2))
    linter = Linter(request, configs, baselines or Baselines(), len(first) > 1, follow is not None)
    begun: list[Task | Result] = []
    with _Workers(linter, request.jobs or os.cpu_count() or 1, meter) as workers, Queue(linter.finish, follow) as queue:
        for found in chain(first, articles):
            begun.append(_missing(found) if isinstance(found, PathError) else linter.begin(found))
            if len(begun) == WINDOW or sum(task.size for task in begun if isinstance(task, Task)) > LARGEST_WINDOW:
                yield from queue.passed(workers.outcomes(begun))
                begun = []
        yield from queue.passed(workers.outcomes(begun))
        yield from queue.rest()


def _articles(request: Request, configs: Configs) -> Iterator[Path | PathError]:
    def excluded(path: Path, is_folder: bool) -> bool:
        return is_excluded(request, configs, path, is_folder)

    for found in paths.articles(request.paths, excluded, force_exclude=request.force_exclude):
        is_stdin = isinstance(found, Path) and str(found) == paths.STDIN
        if not (is_stdin and request.force_exclude and excluded(Path(request.stdin_filename).absolute(), False)):
            yield found


class Linter:
    """Lints articles, each with the rules that it is to be linted with."""

    def __init__(
        self,
        request: Request,
        configs: Configs,
        baselines: Baselines,
        has_others: bool = False,
        follows: bool = False,
    ) -> None:
        """`has_others`: there is more than one article, so that they may be compared. `follows`: links are followed."""
        self._request = request
        self._configs = configs
        self._baselines = baselines
        self._selection = Selection(request.wanted)
        self.has_others = has_others
        self.follows = follows

    def __reduce__(self) -> tuple[type[Linter], tuple[Request, Configs, Baselines, bool, bool]]:
        """A process that shares no memory with this one loads the rules itself."""
        return Linter, (self._request, self._configs, self._baselines, self.has_others, self.follows)

    def begin(self, found: Path) -> Task | Result:
        """Read an article; a Result if it cannot be read, or its rules or configuration cannot be used."""
        is_stdin = str(found) == paths.STDIN
        name = (self._request.stdin_filename or "stdin.txt") if is_stdin else str(found)
        try:
            config, selected, setting = self._chosen(name)
            key, root = _chosen_key(selected, setting), self._root(config)
            most = self._largest(name, config)
            data = _bytes(None if is_stdin else found, most)
        except (ConfigError, RuleError, BaselineError) as error:
            return Result(name, linted=False, errors=(str(error),))
        except OSError as error:
            what = f"{name}: cannot be read ({error.strerror or error}); check the file and its mode"
            return Result(name, linted=False, errors=(what,))
        if len(data) > most:
            return Result(name, linted=False, errors=(f"{name}: {_too_large(found, most)}",))
        return Task(name, data, _key(name, root, key, data))

    def _largest(self, name: str, config: Config) -> int:
        """The most bytes that a file may have."""
        megabytes = self._request.largest_file or config.settings.largest_file
        return megabytes * 1_000_000 if megabytes else documents.largest(name)

    def work(self, task: Task) -> Outcome:
        """Lint an article and, if that is asked for, make its fixes. Nothing is raised."""
        outcome = self.outcome(task)
        return self._mended(task, outcome) if self.is_fixable(task, outcome) else outcome

    def is_fixable(self, task: Task, outcome: Outcome) -> bool:
        """Whether there are fixes to be made in the article."""
        asked = self._request.fix
        if asked is None or not any(can_be_made(finding, asked) for finding in outcome.findings):
            return False
        return any(can_be_made(finding, asked) for finding in self._to_fix(task, outcome.findings))

    def _to_fix(self, task: Task, found: Sequence[Finding]) -> list[Finding]:
        """The findings, without the fixes of those that are known and left for later."""
        config, _, _ = self._chosen(task.name)
        baseline = self._baselines.of(config.baseline)
        known = baseline.entries if baseline else ()
        return [
            msgspec.structs.replace(finding, fix=None) if finding.fingerprint in known else finding for finding in found
        ]

    def _mended(self, task: Task, outcome: Outcome) -> Outcome:
        """The outcome of an article after its fixes; as it was if none can be made."""
        text, form = documents.decoded(task.data), documents.format_of(task.name)
        config, selected, setting = self._chosen(task.name)
        root = self._root(config)

        def lint_again(text: str) -> list[Finding]:
            document = documents.read_text(task.name, text, form)
            return self._to_fix(task, lint(document, selected.rules, config.rule_files, root, setting))

        try:
            found = self._to_fix(task, outcome.findings)
            after = fixed(text, found, lint_again, self._request.fix or Applicability.SAFE)
        except Exception as error:  # noqa: BLE001 - as in `outcome`; the article stays as it is
            what = f"{task.name}: healthlint failed to fix it ({type(error).__name__}: {error}); please report this"
            return msgspec.structs.replace(outcome, errors=[*outcome.errors, " ".join(what.split())])
        if not after.made:
            return outcome
        data = documents.encoded(after.text, task.data)
        again = Task(task.name, data, _key(task.name, root, _chosen_key(selected, setting), data))
        mended = self.outcome(again)
        if not mended.linted:
            return outcome
        return msgspec.structs.replace(mended, mended=Mended(after.text, after.made, again.key))

    def outcome(self, task: Task) -> Outcome:
        """Lint an article. Nothing is raised."""
        try:
            config, selected, setting = self._chosen(task.name)
            return self._linted(task, config, selected, setting)
        except RuleError as error:
            return Outcome(errors=[str(error)], linted=False)
        except documents.ReadError as error:
            return Outcome(errors=[f"{task.name}: {error}"], linted=False)
        except Exception as error:  # noqa: BLE001 - a defect of ours must not cost the findings in other articles
            what = f"{task.name}: healthlint failed on it ({type(error).__name__}: {error}); please report this"
            return Outcome(errors=[" ".join(what.split())], linted=False)

    def _linted(self, task: Task, config: Config, selected: Selected, setting: Setting) -> Outcome:
        """What is found in each article of a file. Raises ReadError, RuleError, BaselineError."""
        found: list[Finding] = []
        silenced: list[Silenced] = []
        looked_up: dict[str, bool] = {}
        past: dict[str, bool] = {}
        shared: list[list[Compared]] | None = None
        if self.has_others or documents.may_hold_many(task.name):
            shared = []
        links: list[WebLink] | None = [] if self.follows else None
        root, text = self._root(config), None
        for document in documents.read_all(task.name, task.data, len(task.data)):
            analysis = Analysis(document, setting)
            found += lint_analysis(analysis, selected.rules, config.rule_files, root, silenced=silenced)
            if shared is not None:
                shared.append(compared(analysis, selected.rules, root))
            if links is not None:
                links += linked(analysis, selected.rules, root)
            looked_up |= document.looked_up
            past |= analysis.past
            if not documents.has_text(task.name):
                text = document.text
        errors = list(selected.errors)
        return Outcome(
            found, silenced, errors, looked_up=looked_up, past=past, compared=shared, linked=links, text=text
        )

    def finish(self, task: Task, outcome: Outcome, copies: Sequence[Copy], known: Verdicts) -> Result:
        """The result of an article from its outcome, what of it stands in earlier ones, and what is known of links."""
        data = b"" if self._request.fix is None else task.data
        if not outcome.linted:
            return Result(task.name, linted=False, data=data, errors=tuple(outcome.errors))
        config, selected, _ = self._chosen(task.name)
        found: Sequence[Finding] = outcome.findings
        if copies:
            from healthlint.across import with_copies  # of several articles; one alone has no copies

            found = with_copies(task.name, found, copies)
        found = with_links(found, outcome.linked or (), known)
        mended = outcome.mended
        accepted: list[Finding] = []
        if baseline := self._baselines.of(config.baseline):
            found, accepted = baseline.split(task.name, found, selected)
        return Result(
            task.name,
            mended.text if mended else _text(task, outcome),
            found,
            accepted,
            _silenced(outcome, accepted) if self._request.silenced else (),
            fails=_fails(found, self._request.fail_on or config.settings.fail_on),
            looked_up=outcome.looked_up,
            data=data,
            rewriting=_rewriting(task, mended) if mended else None,
            past=outcome.past,
            errors=tuple(outcome.errors),
            rules=lambda: selected.rules,
        )

    def _root(self, config: Config) -> Path:
        """What fingerprints name articles relative to. Raises BaselineError."""
        baseline = self._baselines.of(config.baseline)
        return baseline.folder if baseline else config.root

    def _chosen(self, name: str) -> tuple[Config, Selected, Setting]:
        """The configuration, the rules and the setting for an article. Raises ConfigError, RuleError."""
        config, article = self._configs.of(Path(name).parent), Path(name).absolute()
        return config, self._selection.rules(config, article), config.setting(article, self._request.today)

    def holds(self, outcome: Outcome) -> bool:
        """Whether files are there or missing as an outcome found them, and days over or to come."""
        calendar = Setting(self._request.today)
        return all(os.path.exists(path) == was for path, was in outcome.looked_up.items()) and all(
            calendar.is_past(day) == was for day, was in outcome.past.items()
        )


class _Workers:
    """Answers from what is kept, else lints here or by a pool of processes, which is started once it pays."""

    def __init__(self, linter: Linter, jobs: int, meter: Meter | None) -> None:
        self._linter = linter
        self._jobs = jobs
        self._meter = meter
        self._pool: Pool | None = None

    def __enter__(self) -> Self:
        """Nothing is started yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the pool, and keep what came of the articles."""
        if self._pool:
            self._pool.stop()
        kept.run.save()

    def outcomes(self, begun: Sequence[Task | Result]) -> Iterator[tuple[Task, Outcome] | Result]:
        """What comes of some articles that were read, in order."""
        known = {task.key: outcome for task in begun if isinstance(task, Task) and (outcome := self._kept(task))}
        tasks = [task for task in begun if isinstance(task, Task) and task.key not in known]
        coming = self._pooled(tasks) if self._jobs > 1 and len(tasks) >= ENOUGH else {}
        for task in begun:
            if isinstance(task, Result):
                yield task
            else:
                yield task, known.get(task.key) or self._outcome(task, coming)
            if self._meter:
                self._meter.step()
        kept.run.save()

    def _kept(self, task: Task) -> Outcome | None:
        """What is kept of an article, unless it is now to be compared, to be followed or to be fixed, and was not."""
        outcome = _kept(task.key)
        if not outcome or self._linter.is_fixable(task, outcome):
            return None
        if outcome.compared is None and self._linter.has_others:
            return None
        if outcome.linked is None and self._linter.follows:
            return None
        return outcome if self._linter.holds(outcome) else None

    def _pooled(self, tasks: Sequence[Task]) -> Mapping[str, Future[bytes]]:
        from healthlint.pool import Pool  # a single article does without

        try:
            self._pool = self._pool or Pool(self._linter, _encoded_outcome, self._jobs)
            return {task.key: self._pool.submit(task) for task in tasks}
        except OSError:  # too many processes or open files: this process does it all
            if self._pool:
                self._pool.stop()
            self._pool, self._jobs = None, 1
            return {}

    def _waited_for(self, task: Task, coming: Future[bytes]) -> bytes:
        """What comes of an article; if a process of the pool was ended, by whatever, from another one."""
        from concurrent.futures import BrokenExecutor

        from healthlint.pool import Pool

        try:
            return coming.result()
        except BrokenExecutor:
            self._pool, self._jobs = None, 1
        alone = Pool(self._linter, _encoded_outcome, 1)
        try:
            return alone.submit(task).result()
        except BrokenExecutor:
            what = f"{task.name}: the process that linted it was ended; is there memory enough?"
            return outcomes.encoded(Outcome(errors=[what], linted=False))
        finally:
            alone.stop()

    def _outcome(self, task: Task, coming: Mapping[str, Future[bytes]]) -> Outcome:
        """Lint an article or wait for the process that does, and keep what came of it."""
        encoded = self._waited_for(task, coming[task.key]) if task.key in coming else b""
        if encoded:
            outcome = outcomes.decoded(encoded)
        else:
            outcome = self._linter.work(task)
            encoded = outcomes.encoded(outcome)
        if outcome.mended and encoded:
            kept.run.put("outcome", outcome.mended.key, outcomes.encoded(msgspec.structs.replace(outcome, mended=None)))
        elif outcome.linted and encoded:
            kept.run.put("outcome", task.key, encoded)
        return outcome


def _chosen_key(selected: Selected, setting: Setting) -> str:
    """What is chosen for an article."""
    return f"{selected.key}\0{setting.profile}\0{setting.dose_style}"


def _key(name: str, root: Path, chosen: str, data: bytes) -> str:
    """What the outcome of an article is kept under."""
    place = f"{name}\0{os.path.abspath(name)}\0{root}\0{chosen}"
    return kept.digest(kept.state().encode(), place.encode("utf-8", "surrogateescape"), data)


def _text(task: Task, outcome: Outcome) -> str:
    """What the spans of the findings count in."""
    return documents.decoded(task.data) if outcome.text is None else outcome.text


def _rewriting(task: Task, mended: Mended) -> Rewriting:
    return Rewriting(documents.encoded(mended.text, task.data), mended.made)


def _encoded_outcome(linter: Linter, task: Task) -> bytes:
    return outcomes.encoded(linter.work(task))


def _kept(key: str) -> Outcome | None:
    encoded = kept.run.get("outcome", key)
    if encoded is None:
        return None
    try:
        return outcomes.decoded(encoded)
    except (msgspec.DecodeError, ValueError):
        return None


def _missing(error: PathError) -> Result:
    return Result(error.path, linted=False, errors=(f"{error.path}: {error.what}",))


def is_excluded(request: Request, configs: Configs, path: Path, is_folder: bool) -> bool:
    """Whether the command line or the configuration nearest to a path leaves it out."""
    try:
        config = configs.of(path.parent)
    except ConfigError:
        return False  # reported when its articles are linted
    here = Path.cwd()
    return (
        (request.exclude is not None and matches(request.exclude, here, path, folder=is_folder))
        or matches(request.extend_exclude, here, path, folder=is_folder)
        or config.excludes(path, is_folder=is_folder, usual=request.exclude is None)
    )


def _bytes(path: Path | None, most: int) -> bytes:
    """The bytes of a file or of standard input; one more than `most` where there are more."""
    if path is None:
        if sys.stdin is None:
            raise OSError("there is no standard input")
        return sys.stdin.buffer.read(most + 1)
    # a pipe that nobody writes to is empty; waiting for a writer might take for ever
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(file.fileno(), True)
        return file.read(most + 1)


def _too_large(path: Path, most: int) -> str:
    """What is said of a file that has more bytes than it may have."""
    try:
        size = os.path.getsize(path)
    except OSError:
        size = 0
    what = f"has {size:,} bytes, more than" if size > most else "has more than"  # a pipe or device has none
    return f"{what} {most // 1_000_000} MB; split it, exclude it, or allow more by --largest-file"


def _silenced(outcome: Outcome, known: Iterable[Finding]) -> list[Silenced]:
    """What is not told of an article, since it says so or since the baseline knows it."""
    return [*outcome.silenced, *(Silenced(finding, by="baseline") for finding in known)]


def _fails(found: Sequence[Finding], fail_on: FailOn) -> bool:
    if fail_on is FailOn.NEVER:
        return False
    return any(finding.severity.weight >= Severity(fail_on.value).weight for finding in found)
