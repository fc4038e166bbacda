"""The moderators' desk: changing the FAQ from Discord."""
