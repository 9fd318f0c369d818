"""How much a run may ask of the web, and for how long."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta


class LinkLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The bounds of `--check-links`; what lies beyond them is left for another run."""

    most: Annotated[int, Meta(ge=1, le=10_000, description="Addresses that one run asks for.")] = 1_000
    most_per_host: Annotated[int, Meta(ge=1, le=1_000, description="Addresses that one run asks one host for.")] = 100
    at_once: Annotated[int, Meta(ge=1, le=32, description="Hosts that are asked at one time, each for one thing.")] = 8
    pause: Annotated[
        float, Meta(ge=0, le=60, description="Seconds between two requests to one host, if it wants no more.")
    ] = 0.5
    seconds: Annotated[float, Meta(gt=0, le=60, description="How long one answer may take.")] = 10.0
    seconds_in_all: Annotated[float, Meta(gt=0, le=3_600, description="How long all of them may take.")] = 300.0
