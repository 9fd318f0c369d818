"""Writes what the program says about itself into `docs/`; not part of the package.

`python -m reference` writes the JSON Schemas, the keys in `docs/configuration.md`, the commands and options in
`docs/command.md`, and `docs/checks.md`.
"""
