"""An article as a proof sheet: its text with the marks in place, notes beside it, and a map of what it says twice."""
