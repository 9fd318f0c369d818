"""What is kept from one run to the next, in one SQLite file: parsed rules, results. Nothing but time depends on it.

The file may be missing, deleted, cut short, damaged or in use by another run at any moment: then nothing is found in
it, and nothing is written. Entries are found by keys that hold all that they depend on, and are sealed with a digest
of key and value, so that none is ever wrong; those that were not used for longest go first when the file grows too
large.
"""

from __future__ import annotations

import os
import sys
import time
from _blake2 import blake2b  # what hashlib hands on, without the rest of it

from healthlint import __version__, builtin

TYPE_CHECKING = False  # as in typing, whose import an unchanged article does without
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from healthlint.bundles import Bundle

FOLDER = "HEALTHLINT_CACHE_DIR"  # the variable that names the folder
NAME = "healthlint.sqlite"
LARGEST = 256_000_000  # bytes
LINK = "link"
RESULTS = ("outcome", "replay", LINK)  # the kinds of entries that are results; the others are parsed rules
_BUNDLE = "bundle"
_FORMAT = 3  # of the file: another one is begun anew
_DIGEST = 20  # bytes
_WAIT = 2.0  # seconds for another run that writes
_DAY = 86_400


class Kept:
    """Entries by kind and key; get and put never raise."""

    def __init__(self, folder: str | None, without: Iterable[str] = ()) -> None:
        """`folder` holds the file, and is made when there is something to keep; None keeps nothing.

        Entries of the kinds `without` are neither found nor kept.
        """
        self.purpose = ""  # what tells this run from those that need other parts of a bundle; '' needs most
        self._folder = folder
        self._without = frozenset(without)
        self._file: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._new: dict[tuple[str, str], bytes] = {}
        self._bundles: dict[tuple[str, str], Bundle] = {}
        self._used: set[tuple[str, str]] = set()

    def is_for(self, folder: str | None, without: Iterable[str]) -> bool:
        """Whether it keeps the same things in the same place."""
        return (folder, frozenset(without)) == (self._folder, self._without)

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put under a key, in this run or an earlier one."""
        if kind in self._without or not _is_text(key):
            return None
        if (kind, key) in self._new:
            return self._new[kind, key]
        row = self._ask("SELECT day, seal, value FROM kept WHERE kind = ? AND key = ?", (kind, key))
        if not row:
            return None
        day, seal, value = row
        if not isinstance(value, bytes) or seal != _seal(kind, key, value):
            return None
        if day != _today():
            self._used.add((kind, key))
        return value

    def put(self, kind: str, key: str, value: bytes) -> None:
        """Keep a value once `save` is called."""
        if self._folder is not None and kind not in self._without and _is_text(key):
            self._new[kind, key] = value

    def get_bundled(self, kind: str, name: str) -> bytes | memoryview | None:
        """What was put under a name, read together with all of its kind that runs of the same purpose have used."""
        value = self._bundle(kind, self.purpose).get(name)
        if value is None and self.purpose and (value := self._bundle(kind, "").get(name)) is not None:
            self.put_bundled(kind, name, value)
        return value

    def put_bundled(self, kind: str, name: str, value: bytes | memoryview) -> None:
        """Keep a small value together with others of its kind."""
        if self._folder is not None:
            self._bundle(kind, self.purpose).put(name, value)

    def _bundle(self, kind: str, purpose: str) -> Bundle:
        from healthlint.bundles import Bundle  # an unchanged article does without

        if (kind, purpose) not in self._bundles:
            self._bundles[kind, purpose] = Bundle(self.get(_BUNDLE, f"{kind}:{purpose}") or b"")
        return self._bundles[kind, purpose]

    def save(self) -> None:
        """Write what is new, in one transaction."""
        if self._folder is None or os.getpid() != self._process:
            return
        for (kind, purpose), bundle in list(self._bundles.items()):  # a thread may compile one more expression
            if bundle.has_news:
                self.put(_BUNDLE, f"{kind}:{purpose}", bundle.packed())
                bundle.has_news = False
        if not (self._new or self._used):
            return
        rows = [(kind, key, _today(), _seal(kind, key, value), value) for (kind, key), value in self._new.items()]
        used = [(_today(), kind, key) for kind, key in self._used]
        self._new, self._used = {}, set()
        self._write(rows, used)

    def close(self) -> None:
        """Leave the file; it is opened anew should something be asked for. What is new and not saved stays so."""
        if self._file is not None and os.getpid() == self._process:
            self._file.close()
        self._file = None

    def _write(self, rows: Iterable[tuple[str, str, int, bytes, bytes]], used: Iterable[tuple[int, str, str]]) -> None:
        import sqlite3

        try:
            file = self._opened(make=True)
            if file is not None:
                with file:
                    file.executemany("UPDATE kept SET day = ? WHERE kind = ? AND key = ?", used)
                    file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", rows)
                    _prune(file)
        except (sqlite3.Error, OSError, UnicodeError):
            self._give_up()

    def _ask(self, question: str, values: tuple[str, str]) -> tuple[object, ...] | None:
        if self._folder is None:
            return None
        import sqlite3

        try:
            file = self._opened(make=False)
            return file.execute(question, values).fetchone() if file is not None else None
        except (sqlite3.Error, OSError, UnicodeError):
            self._give_up()
            return None

    def _opened(self, *, make: bool) -> sqlite3.Connection | None:
        """The file; after a fork each process has its own. Raises sqlite3.Error, OSError."""
        if self._file is not None and self._process == os.getpid():
            return self._file
        if self._folder is None or not (make or os.path.exists(os.path.join(self._folder, NAME))):
            return None
        import sqlite3

        if make:
            os.makedirs(self._folder, exist_ok=True)
        path = os.path.join(self._folder, NAME)
        self._file = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)  # the server's, one after the other
        self._process = os.getpid()
        self._file.execute("PRAGMA synchronous = OFF")  # a file that is lost costs time only
        if self._file.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            self._file.executescript(
                # The value is last: what is behind it is found by reading it. With WITHOUT ROWID, whoever looks for a
                # key would read the values of those that it is compared with.
                "PRAGMA journal_mode = WAL; DROP TABLE IF EXISTS kept;"
                "CREATE TABLE kept (kind TEXT, key TEXT, day INTEGER, seal BLOB, value BLOB, PRIMARY KEY (kind, key));"
                f"PRAGMA user_version = {_FORMAT};"
            )
        return self._file

    def _give_up(self) -> None:
        """Do without for this run; a file that is no database makes way for the next run's."""
        import sqlite3

        folder, self._folder = self._folder, None
        if self._file is not None:
            try:
                if self._file.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                    return
            except sqlite3.OperationalError:
                return  # in use, or on a disk that is full: it may be sound
            except (sqlite3.Error, UnicodeError):
                pass
        if folder is not None and self._process == os.getpid():
            clean(folder)


def _is_text(key: str) -> bool:
    """Whether a key can be written: half of a surrogate pair, as in a file name that is no UTF-8, cannot."""
    try:
        return key.isascii() or bool(key.encode())
    except UnicodeEncodeError:
        return False


def _seal(kind: str, key: str, value: bytes) -> bytes:
    """What is written beside a value, to tell whether it is still what was put under its key."""
    return bytes.fromhex(digest(kind.encode(), key.encode(), value))


def _prune(file: sqlite3.Connection) -> None:
    """Halve a file that has grown too large, without what was not used for longest."""
    pages, size = file.execute("PRAGMA page_count").fetchone()[0], file.execute("PRAGMA page_size").fetchone()[0]
    free = file.execute("PRAGMA freelist_count").fetchone()[0]
    if (pages - free) * size > LARGEST:
        count = file.execute("SELECT count(*) FROM kept").fetchone()[0]
        file.execute(
            "DELETE FROM kept WHERE (kind, key) IN (SELECT kind, key FROM kept ORDER BY day LIMIT ?)", (count // 2,)
        )


def _today() -> int:
    return int(time.time()) // _DAY


def clean(folder: str) -> int:
    """Delete the file; how many bytes that frees. Raises nothing."""
    freed = 0
    for name in (NAME, f"{NAME}-wal", f"{NAME}-shm"):
        try:
            freed += os.path.getsize(os.path.join(folder, name))
            os.unlink(os.path.join(folder, name))
        except OSError:
            continue
    return freed


def folder_of_user() -> str | None:
    """Where a user's caches belong: HEALTHLINT_CACHE_DIR, else the place that the system has for them; None if none."""
    if named := os.environ.get(FOLDER):
        return named
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
        folder = os.path.join(local, "healthlint", "Cache")
    elif sys.platform == "darwin":
        folder = os.path.join(home, "Library", "Caches", "healthlint")
    else:
        folder = os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "healthlint")
    return None if folder.startswith("~") else folder  # of a user whom the system does not know


def stamp(path: str | os.PathLike[str]) -> str:
    """What a file's content is known by without reading it: its size and when it last changed. Raises OSError."""
    status = os.stat(path)
    return f"{status.st_size}:{status.st_mtime_ns}"


def stamps(folder: str | os.PathLike[str]) -> Iterable[str]:
    """The names and stamps of all files below a folder, in a stable order. Raises OSError."""
    waiting = [os.fspath(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    waiting.append(entry.path)
                else:
                    status = entry.stat()
                    yield f"{entry.path}:{status.st_size}:{status.st_mtime_ns}"


def state() -> str:
    """A digest of healthlint itself: its version, code and built-in rules."""
    global _state  # noqa: PLW0603 - asked for once a run
    if not _state:
        parts = [__version__, sys.version, *stamps(builtin.PACKAGE), *stamps(builtin.place())]
        _state = digest("\n".join(parts).encode("utf-8", "surrogateescape"))
    return _state


_state = ""


def digest(*parts: bytes) -> str:
    """What parts are known by, together and in order."""
    found = blake2b(digest_size=_DIGEST)
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.hexdigest()


run = Kept(None)  # what this run keeps; `use` says where


def use(folder: str | None, without: Iterable[str] = ()) -> None:
    """Keep things in a folder from now on, or nowhere; but none of the kinds `without`."""
    global run  # noqa: PLW0603 - rules, word lists and the drug table are read far from the command line
    if not run.is_for(folder, without):
        run.save()
        run.close()
        run = Kept(folder, without)


def worked_out(kind: str, name: str, work: Callable[[], bytes]) -> bytes:
    """What `work` makes of a name; kept together with others of its kind, for healthlint as it is."""
    key = digest(state().encode(), name.encode("utf-8", "surrogatepass"))
    value = run.get_bundled(kind, key)
    if value is None:
        value = work()
        run.put_bundled(kind, key, value)
    return bytes(value)
