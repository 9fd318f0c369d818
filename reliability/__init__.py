"""Hostile inputs, and what becomes of them: no part of the package. `python -m reliability` tries them all."""
