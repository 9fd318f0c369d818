"""Writes what the program says about itself into `docs/`; not part of the package.

`python -m reference` writes the commands and options in `docs/command.md`, and `docs/checks.md`.
"""
