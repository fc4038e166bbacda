"""The Discord adapter: the only place, beside the demo, that knows discord.py."""
