"""healthlint reads a health article as a careful health editor would and marks what endangers or misleads a reader."""

__version__ = "0.1.0"
