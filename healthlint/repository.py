"""Where the repository begins that a run works in, and what a file is called there."""

from __future__ import annotations

import os


def top(folder: str = os.curdir) -> str:
    """The top of the git repository that a folder is in; the folder itself if it is in none. An absolute path."""
    start = place = os.path.abspath(folder)
    while not os.path.exists(os.path.join(place, ".git")):
        place, below = os.path.dirname(place), place
        if place == below:
            return start
    return place


def name_in(path: str, root: str) -> str | None:
    """A file's path below `root`, with slashes; None for a file that is not below it."""
    for place in (os.path.abspath(path), os.path.realpath(path)):  # it may be named by way of a link
        if _is_below(place, root):
            return os.path.relpath(place, root).replace(os.sep, "/")
    return None


def holds(path: str, folder: str) -> bool:
    """Whether a file, wherever links lead, lies in the repository that a folder is in.

    Without a repository: below the current folder if that holds the folder, else below the folder.
    """
    whole = top(folder)
    if not os.path.exists(os.path.join(whole, ".git")) and _is_below(whole, os.getcwd()):
        whole = os.getcwd()
    return _is_below(os.path.realpath(path), os.path.realpath(whole))


def _is_below(place: str, root: str) -> bool:
    try:
        return os.path.commonpath([place, root]) == root
    except ValueError:  # another drive
        return False
