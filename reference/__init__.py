"""Writes what the types of configuration and rules say about themselves into `docs/`; not part of the package.

`python -m reference` writes the JSON Schemas, and the part of `docs/configuration.md` that lists the keys.
"""
