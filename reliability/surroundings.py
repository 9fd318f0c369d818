"""Hostile surroundings: files that are none, links, names, modes, full disks, closed streams, other runs.

Each scene has a folder of its own with an article `beside.md`, whose planted finding must be told whatever else is
there; the run ends with one of three statuses, and says in one line what is wrong.
"""

from __future__ import annotations

import os
import re
import resource
import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from reliability import articles, bombs
from reliability.trial import Ended, Run, can_be_powerless, ended

SELECT = ("--select", "dosing,suppressions")
JSON = (*SELECT, "--output-format", "json")
BAD = "# Doses of insulin\n\nTake 5.0 mg of warfarin, then 10U of insulin.\n"
FIXED = "# Doses of insulin\n\nTake 5 mg of warfarin, then 10 units of insulin.\n"


def _nothing(_folder: Path) -> None:
    """There is nothing to prepare."""


def _no_complaint(_folder: Path, _ended: Ended) -> str:
    return ""


@dataclass(frozen=True)
class Scene:
    """What a run meets, and what must come of it."""

    name: str
    group: str
    prepare: Callable[[Path], None] = _nothing  # the folder of the run
    arguments: Sequence[str] = (".",)
    status: int | None = 2  # None: any of the three
    says: str = ""  # a regular expression for one line of standard error
    beside: bool = True  # the finding in `beside.md` is told
    run: Run = field(default_factory=lambda: Run((), Path()))  # how it is run otherwise
    after: Callable[[Path, Ended], str] = _no_complaint  # what else is wrong; '' if nothing is
    form: Sequence[str] = JSON
    during: Callable[[Path], Callable[[], None]] | None = None  # what is done in the folder once it has begun

    def tried(self, folder: Path) -> tuple[Ended, list[str]]:
        """What came of it in an empty folder, and all that is wrong with that."""
        (folder / "beside.md").write_text(articles.BESIDE)
        self.prepare(folder)
        run = replace(self.run, arguments=(*self.form, *self.arguments), folder=folder)
        came = ended(replace(run, during=self.during(folder)) if self.during else run)
        return came, list(self._wrong(folder, came))

    def _wrong(self, folder: Path, came: Ended) -> Iterator[str]:
        if came.hung:
            yield "it hung"
        elif came.crashed:
            yield f"it crashed: {came.said[-2000:]}"
        elif self.status is not None and came.status != self.status:
            yield f"it ended with {came.status}, not {self.status}: {came.said[-500:]}"
        if self.says and len([line for line in came.said.splitlines() if re.search(self.says, line)]) != 1:
            yield f"it does not say in one line {self.says!r}: {came.said[-500:]}"
        if self.beside and not came.told("beside.md", articles.FRONT):
            yield "the finding in the file beside is lost"
        if wrong := self.after(folder, came):
            yield wrong


def usable() -> bool:
    """Whether this machine has what the scenes need."""
    return os.name == "posix" and can_be_powerless()


# Files that are none, and links


def _write(name: str, text: str | bytes) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    return prepare


def _link(name: str, target: str) -> Callable[[Path], None]:
    return lambda folder: os.symlink(target, folder / name)


def _pipe(name: str) -> Callable[[Path], None]:
    return lambda folder: os.mkfifo(folder / name)


def _socket(folder: Path) -> None:
    place = os.getcwd()
    with socket.socket(socket.AF_UNIX) as made:
        os.chdir(folder)  # the name of a socket must be short
        try:
            made.bind("s.md")
        finally:
            os.chdir(place)


def _all(*steps: Callable[[Path], None]) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        for step in steps:
            step(folder)

    return prepare


def _loop_of_folders(folder: Path) -> None:
    (folder / "inner").mkdir()
    os.symlink("..", folder / "inner" / "outer")
    os.symlink(".", folder / "same")


def _out_of_the_tree(folder: Path) -> None:
    (folder / ".git").mkdir()
    outside = folder.parent / f"{folder.name}-outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("Doses of secrets\n\nTake 9.0 mg of warfarin.\n")
    os.symlink(outside / "secret.txt", folder / "link.txt")
    os.symlink("/proc/self/environ", folder / "environ.txt")


def _keeps_the_secret(_folder: Path, came: Ended) -> str:
    return "what stands outside of the tree is told" if b"9.0 mg" in came.out else ""


_STARS = "*a" * 40 + "b.md"
_LONG_NAME = _write("a/" * 60 + "a" * 240 + ".md", BAD)

NAMED = (
    Scene(
        "a file that is not there", "files", arguments=("beside.md", "none.md"), says="none.md: is no file or folder"
    ),
    Scene("a pipe without a writer, named", "files", _pipe("p.md"), ("p.md", "beside.md"), says="p.md: is empty"),
    Scene("a pipe, met", "files", _pipe("p.md"), status=1),
    Scene("a socket, named", "files", _socket, ("s.md", "beside.md"), says="s.md: cannot be read"),
    Scene("a socket, met", "files", _socket, status=1),
    Scene(
        "an endless device, named", "files", arguments=("/dev/zero", "beside.md"), says="/dev/zero: has more than 10 MB"
    ),
    Scene(
        "a random device, named",
        "files",
        arguments=("/dev/urandom", "beside.md"),
        says="/dev/urandom: has more than 10 MB",
    ),
    Scene("an empty device, named", "files", arguments=("/dev/null", "beside.md"), says="/dev/null: is empty"),
    Scene("a full device, named", "files", arguments=("/dev/full", "beside.md"), says="/dev/full: has more than 10 MB"),
    Scene("a link to an endless device, met", "files", _link("z.md", "/dev/zero"), status=1),
    Scene(
        "memory of the process, named",
        "files",
        arguments=("/proc/self/mem", "beside.md"),
        says="/proc/self/mem: cannot be read",
    ),
    Scene("a .gitignore that never ends", "files", _link(".gitignore", "/dev/zero"), status=1),
    Scene("a configuration that never ends", "files", _link(".healthlint.yaml", "/dev/zero"), status=1),
    Scene("a pyproject.toml that never ends", "files", _link("pyproject.toml", "/dev/urandom"), status=1),
    Scene(
        "known findings that never end",
        "files",
        arguments=(".", "--baseline", "/dev/zero"),
        says="/dev/zero: it is larger than 200 MB",
        beside=False,
    ),
    Scene("a .gitignore with many wildcards", "patterns", _all(_LONG_NAME, _write(".gitignore", _STARS)), status=1),
    Scene(
        "a configuration with many wildcards",
        "patterns",
        _all(_LONG_NAME, _write(".healthlint.yaml", f'extend-exclude: ["{_STARS}", "{"**/a/" * 9}b.md"]\n')),
        says=r"extend-exclude\[1\]: .* with two \*\* at most",
        beside=False,
    ),
    Scene("a folder with the name of an article", "files", lambda folder: (folder / "d.md").mkdir(), status=1),
    Scene("links in a circle, met", "links", _all(_link("a.md", "b.md"), _link("b.md", "a.md")), status=1),
    Scene(
        "links in a circle, named",
        "links",
        _all(_link("a.md", "b.md"), _link("b.md", "a.md")),
        ("a.md", "beside.md"),
        says="a.md: ",
    ),
    Scene(
        "a link to nothing, named", "links", _link("a.md", "none.md"), ("a.md", "beside.md"), says="a.md: is no file"
    ),
    Scene("folders in a circle", "links", _loop_of_folders, status=1),
    Scene(
        "links out of the tree",
        "links",
        _out_of_the_tree,
        says="link.txt: is a link to .*outside",
        after=_keeps_the_secret,
    ),
    Scene(
        "a link to a folder, named", "links", _all(_write("d/a.md", BAD), _link("l", "d")), ("l", "beside.md"), status=1
    ),
)

# Names


def _named(name: bytes) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(BAD.encode())

    return prepare


def _tells_both(_folder: Path, came: Ended) -> str:
    return "" if len({one["filename"] for one in came.found()}) == 2 else "the finding in the odd file is lost"


_ODD_NAMES = {
    "with a line feed": b"a\nb.md",
    "with control characters": b"a\x1b[31m\x07.md",
    "that is not UTF-8": b"a\xff\xfe.md",
    "with a return": b"a\rb.md",
    "of marks of the shell": b"$(touch x);`touch y`'\".md",
    "of an option": b"--fix.md",
    "of 255 bytes": b"a" * 252 + b".md",
    "with a workflow command": b"::error file=x::a.md",
    "from right to left": "a\u202e.md".encode(),
    "of blanks": b"   .md",
}
NAMES = tuple(
    Scene(f"a name {what}", "names", _named(name), status=1, after=_tells_both) for what, name in _ODD_NAMES.items()
)

# Modes and disks


def _mode(name: str, mode: int) -> Callable[[Path], None]:
    return lambda folder: (folder / name).chmod(mode)


def writable_again(folder: Path, _came: Ended | None = None) -> str:
    """Give folders their usual mode, so that they can be removed; '' as of what is never wrong."""
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    return ""


def _old(name: str = "a.md") -> Callable[[Path, Ended], str]:
    """The article is what it was, and nothing is left beside it."""

    def after(folder: Path, came: Ended) -> str:
        writable_again(folder, came)
        left = [path.name for path in folder.rglob(".*") if path.name.startswith(f".{name}.")]
        if left:
            return f"there is left: {left}"
        return "" if (folder / name).read_text() == BAD else f"{name} is not as it was"

    return after


POWERLESS = Run((), Path(), powerless=True)
LITTLE = Run((), Path(), limits={resource.RLIMIT_FSIZE: 8_192})
_BIG = BAD + "It is so.\n" * 2_000


def _is_big(folder: Path, _came: Ended) -> str:
    return "" if (folder / "a.md").read_text() == _BIG else "a.md is not as it was"


def _no_file(name: str) -> Callable[[Path, Ended], str]:
    def after(folder: Path, came: Ended) -> str:
        writable_again(folder, came)
        return f"there is a {name}" if (folder / name).exists() else ""

    return after


MODES = (
    Scene(
        "a file that may not be read",
        "modes",
        _all(_write("a.md", BAD), _mode("a.md", 0)),
        says="a.md: cannot be read",
        run=POWERLESS,
    ),
    Scene(
        "a folder that may not be read",
        "modes",
        _all(_write("d/a.md", BAD), _mode("d", 0)),
        says="d: cannot be read",
        run=POWERLESS,
        after=writable_again,
    ),
    Scene(
        "a folder that may not be entered",
        "modes",
        _all(_write("d/a.md", BAD), _mode("d", 0o644)),
        says="d/a.md: cannot be read|d: cannot be read",
        run=POWERLESS,
        after=writable_again,
    ),
    Scene(
        "a configuration that may not be read",
        "modes",
        _all(_write(".healthlint.yaml", ""), _mode(".healthlint.yaml", 0)),
        says=".healthlint.yaml: it cannot be read",
        run=POWERLESS,
        beside=False,
    ),
    Scene(
        "a read-only file, to be fixed",
        "modes",
        _all(_write("a.md", BAD), _mode("a.md", 0o444)),
        ("--fix", "a.md"),
        says="a.md: cannot be written",
        run=POWERLESS,
        beside=False,
        after=_old(),
    ),
    Scene(
        "a read-only folder, to be fixed in",
        "modes",
        _all(_write("a.md", BAD), _mode(".", 0o555)),
        ("--fix", "a.md"),
        says="a.md: cannot be written",
        run=POWERLESS,
        beside=False,
        after=_old(),
    ),
    Scene(
        "a report in a read-only folder",
        "modes",
        _mode(".", 0o555),
        (".", "--output-file", "json:r.json"),
        says="r.json: cannot be written",
        run=POWERLESS,
        after=_no_file("r.json"),
    ),
    Scene(
        "a baseline in a read-only folder",
        "modes",
        _mode(".", 0o555),
        says="baseline.json: cannot be written",
        form=("baseline", *SELECT),
        run=POWERLESS,
        beside=False,
        after=_no_file(".healthlint-baseline.json"),
    ),
    Scene(
        "a start in a read-only folder",
        "modes",
        _mode(".", 0o555),
        says="healthlint.yaml: cannot be written",
        form=("init",),
        run=POWERLESS,
        beside=False,
        after=_no_file(".healthlint.yaml"),
    ),
    Scene(
        "a cache in a read-only folder",
        "modes",
        _all(_write("c/x", ""), _mode("c", 0o555)),
        (".", "--cache-dir", "c/inner"),
        status=1,
        run=POWERLESS,
        after=writable_again,
    ),
    Scene("a cache where a file is", "modes", _write("c", ""), (".", "--cache-dir", "c"), status=1),
    Scene(
        "a cache where a folder is",
        "modes",
        lambda folder: (folder / "c" / "healthlint.sqlite").mkdir(parents=True),
        (".", "--cache-dir", "c"),
        status=1,
    ),
    Scene(
        "a cache of nonsense",
        "modes",
        _write("c/healthlint.sqlite", b"SQLite format 3\0" + os.urandom(5_000)),
        (".", "--cache-dir", "c"),
        status=1,
    ),
)
DISKS = (
    Scene(
        "a full disk for an article",
        "disks",
        _write("a.md", _BIG),
        ("--fix", "a.md"),
        says="a.md: cannot be written",
        run=LITTLE,
        beside=False,
        after=_is_big,
    ),
    Scene(
        "a full disk for a report in a file",
        "disks",
        _write("a.md", BAD * 500),
        ("a.md", "--output-file", "json:r.json"),
        says="r.json: cannot be written",
        run=LITTLE,
        beside=False,
        after=_no_file("r.json"),
        form=(*SELECT, "--output-format", "concise"),
    ),
    Scene(
        "a full disk for a report",
        "disks",
        _write("a.md", BAD),
        (".",),
        says="stopped: No space left on device",
        run=Run((), Path(), redirect=">/dev/full"),
        beside=False,
    ),
    Scene(
        "a full device for a report in a file",
        "disks",
        arguments=(".", "--output-file", "json:/dev/full"),
        says="/dev/full: cannot be written",
    ),
    Scene(
        "a full disk for a baseline",
        "disks",
        _write("a.md", "\n\n".join(f"Take {n}.0 mg of warfarin." for n in range(1, 300))),
        says="baseline.json: cannot be written",
        run=LITTLE,
        form=("baseline", *SELECT),
        beside=False,
        after=_no_file(".healthlint-baseline.json"),
    ),
    Scene("a full disk for the cache", "disks", arguments=(".", "--cache-dir", "c"), status=1, run=LITTLE),
    Scene(
        "a full disk for temporary files",
        "disks",
        _write("a.md", BAD),
        (".",),
        status=1,
        run=Run((), Path(), environment={"TMPDIR": "/dev/full"}),
    ),
)

# Streams, limits and what a process is given


def _many(folder: Path) -> None:
    for number in range(60):
        (folder / f"{number:03}.md").write_text(BAD)


def _tells_all(_folder: Path, came: Ended) -> str:
    names = {one["filename"] for one in came.found()}
    return "" if len(names) == 61 else f"{61 - len(names)} files are lost"


def _no_home(folder: Path, _came: Ended) -> str:
    return "there is a folder '~'" if (folder / "~").exists() else ""


STREAMS = (
    Scene("a closed standard output", "streams", run=Run((), Path(), redirect=">&-"), status=1, beside=False),
    Scene("a closed standard error", "streams", run=Run((), Path(), redirect="2>&-"), status=1),
    Scene("all streams closed", "streams", run=Run((), Path(), redirect="<&- >&- 2>&-"), status=1, beside=False),
    Scene(
        "a closed standard input",
        "streams",
        arguments=("-",),
        run=Run((), Path(), redirect="<&-"),
        says="stdin.txt: cannot be read",
        beside=False,
    ),
    Scene("an empty standard input", "streams", arguments=("-",), says="stdin.txt: is empty", beside=False),
    Scene(
        "an endless standard input",
        "streams",
        arguments=("-",),
        run=Run((), Path(), redirect="</dev/zero"),
        says="stdin.txt: has more than 10 MB",
        beside=False,
    ),
    Scene(
        "few open files",
        "limits",
        _many,
        status=1,
        run=Run((), Path(), limits={resource.RLIMIT_NOFILE: 16}),
        after=_tells_all,
    ),
    Scene(
        "very few open files",
        "limits",
        _many,
        (".", "--jobs", "1"),
        status=1,
        run=Run((), Path(), limits={resource.RLIMIT_NOFILE: 8}),
        after=_tells_all,
    ),
    Scene(
        "no other process",
        "limits",
        _many,
        status=1,
        run=Run((), Path(), limits={resource.RLIMIT_NPROC: 1}, powerless=True),
        after=_tells_all,
    ),
    Scene(
        "no home",
        "limits",
        status=1,
        run=Run((), Path(), environment={"HOME": None, "HEALTHLINT_CACHE_DIR": None, "XDG_CACHE_HOME": None}),
        after=_no_home,
    ),
    Scene(
        "a home that is not there",
        "limits",
        status=1,
        run=Run((), Path(), environment={"HOME": "/dev/null/x", "HEALTHLINT_CACHE_DIR": None, "XDG_CACHE_HOME": None}),
    ),
    Scene(
        "a language that knows ASCII alone",
        "limits",
        _named("ä😀.md".encode()),
        status=1,
        run=Run(
            (),
            Path(),
            environment={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": None},
        ),
    ),
)

# Files that change while they are read


def _much(folder: Path) -> None:
    for number in range(300):
        (folder / f"{number:03}.md").write_text(BAD + f"It is {number}.\n" * 50)


def _changing(folder: Path) -> Callable[[], None]:
    """Take files away, cut them short and write them anew, one after the other, from the last on."""

    def change() -> None:
        for number in reversed(range(300)):
            path = folder / f"{number:03}.md"
            if number % 3 == 0:
                path.unlink()
            else:
                path.write_text(BAD[: 20 * (number % 3)])

    return change


CHANGES = (
    Scene("files that vanish and shrink while they are read", "changes", _much, status=None, during=_changing),
    Scene(
        "files that vanish and shrink while they are fixed",
        "changes",
        _much,
        (".", "--fix"),
        status=None,
        during=_changing,
        beside=False,
    ),
)


# Small files that would be large


def _made(bomb: bombs.Bomb) -> Callable[[Path], None]:
    """The bomb is made when it is needed, not before."""

    def prepare(folder: Path) -> None:
        _write(bomb.file, bomb.make())(folder)

    return prepare


def _bombs() -> Iterator[Scene]:
    for bomb in bombs.BOMBS:
        status = 2 if bomb.says else 1
        pack = _write(".healthlint.yaml", "rules: [pack/]\n") if bomb.file.startswith("pack/") else _nothing
        prepare = _all(pack, _made(bomb))
        form = ("--select", "dosing,house", *JSON[2:]) if bomb.file.startswith("pack/") else JSON
        beside = bomb.file not in (".healthlint.yaml", "pyproject.toml")  # without them no article is linted
        yield Scene(bomb.name, "bombs", prepare, status=status, says=bomb.says, beside=beside, form=form)


def scenes() -> Iterator[Scene]:
    """All of them."""
    yield from (*NAMED, *NAMES, *MODES, *DISKS, *STREAMS, *CHANGES, *_bombs())
