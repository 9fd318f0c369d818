"""What an article is read with besides its text: today's date, what kind of article it is, and whose units it uses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple, get_args

Profile = Literal["drug", "condition", "supplement", "news"]
DoseStyle = Literal["us", "uk"]

FIELDS = {"healthlint.profile": get_args(Profile), "healthlint.dose-style": get_args(DoseStyle)}


class Setting(NamedTuple):
    """What is said about an article; None leaves it to the article, and to the calendar."""

    today: date | None = None
    profile: Profile | None = None
    dose_style: DoseStyle | None = None

    def is_past(self, day: str) -> bool:
        """Whether a day (ISO 8601) is over."""
        return day < (self.today or datetime.now().astimezone().date()).isoformat()
