"""Measures healthlint on the labelled sets of this repository and writes down what came of it; not part of the package.

`python -m accuracy` writes `docs/accuracy.md`, `rules/accuracy.json` and the pages of rules in `docs/rules/`.
"""
