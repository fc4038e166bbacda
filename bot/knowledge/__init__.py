"""The FAQ as values: what an entry is, and reading, checking and watching the files it lives in."""
