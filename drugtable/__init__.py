"""Checks the drug table of rules/drugs/ and writes its pages, docs/drugs/; not part of what is installed."""
