"""A Discord bot that answers from a curated FAQ by fuzzy matching: right, or silent."""

__version__ = "0.1.0"
