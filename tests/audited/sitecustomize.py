"""Has every interpreter that finds this on its path write down what it opens, starts, connects to and runs.

A line of JSON for each event of `sys.addaudithook`, its name first; for what is run, the file that the code is of.
"""

from __future__ import annotations

import json
import os
import sys
from types import CodeType

_LOG = os.open(os.environ["AUDITED_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)


def _write(event: str, arguments: tuple[object, ...]) -> None:
    line = json.dumps([event, [_told(one) for one in arguments]])
    os.write(_LOG, f"{line}\n".encode())


def _told(one: object) -> object:
    if isinstance(one, CodeType):
        return one.co_filename
    if isinstance(one, bytes):
        return one.decode("utf-8", "surrogateescape")
    return one if isinstance(one, (str, int, type(None))) else repr(one)


sys.addaudithook(_write)
