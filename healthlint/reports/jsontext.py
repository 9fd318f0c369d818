"""Plain data made fit for every reader of JSON, whatever an article or a file name holds."""

from __future__ import annotations

import json
import re
from typing import Any

# In written JSON: a backslash that stands for itself, a character above U+FFFF, half of one.
_ESCAPED = re.compile(r"\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(?P<half>\\ud[89a-f][0-9a-f]{2})")


def written(data: Any, indent: int | None = None) -> str:
    """The data as JSON, in ASCII alone, so that every terminal and pipe carries it.

    A byte of a file name that is no UTF-8 is told as U+FFFD, since many readers refuse half characters. What is a
    command to the log of a build, such as `##vso[`, is written so that only a reader of JSON sees it.
    """
    text = json.dumps(data, indent=indent).replace("##", r"#\u0023")
    return _ESCAPED.sub(lambda found: r"\ufffd" if found["half"] else found[0], text) if r"\ud" in text else text
