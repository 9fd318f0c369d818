"""Which sets of patterns a sentence may match, by one look at its words."""

from __future__ import annotations

import gc

from healthlint.analysis.triggers import Triggers


class Patterns:
    """A set that is known by its triggers."""


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


def test_a_sentence_has_the_bits_of_the_sets_that_it_triggers() -> None:
    triggers, sets = Triggers(words_of), [Patterns(), Patterns()]
    cures, heals = triggers.add(sets[0], ["cures"]), triggers.add(sets[1], ["heals", "mends"])
    assert triggers.bits("kelp cures and mends") == cures | heals
    assert triggers.bits("kelp heals") == heals
    assert triggers.bits("kelp") == 0


def test_a_set_that_is_new_is_looked_for_in_what_was_seen_before() -> None:
    triggers, known = Triggers(words_of), Patterns()
    assert triggers.bits("kelp cures") == 0
    bit = triggers.add(known, ["cures"])
    assert triggers.bits("kelp cures") == bit


def test_the_bit_of_a_set_that_is_gone_is_free_again() -> None:
    triggers, gone = Triggers(words_of), Patterns()
    bit = triggers.add(gone, ["cures"])
    del gone
    gc.collect()
    assert triggers.bits("kelp cures") == 0
    other = Patterns()
    assert triggers.add(other, ["heals"]) == bit
    assert (triggers.bits("kelp cures"), triggers.bits("kelp heals")) == (0, bit)
