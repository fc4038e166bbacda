"""Hypothesis strategies: what members may type."""

from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(), max_size=80)
"""Any code points at all: control characters, lone surrogates, every script."""

PIECES = st.sampled_from(
    [
        *("what", "is", "an", "LLM", "llms", "Large", "language", "model", "modle", "generative"),
        *("AI", "gen ai", "data", "lern", "from", "hallucinate", "both", "why", "risks", "please"),
        *(
            "don't",
            "it’s",
            "can't",
            "u",
            "ur",
            "u're",
            "wat's",
            "n't",
            "I'd've",
            "y'all",
            "vs",
            "w",
        ),
        *("?", "!", ".", ",", "\n", "\t", "\x00", "*", "_", "||", "`", "```", ">", "/", "-", "'"),
        *("<@123456789012345678>", "<:smile:123>", "<t:1618953630:R>", "<#1>", "https://x.example"),
        *(
            "😀",
            "👩‍💻",
            "é",
            "e\u0301",
            "\u0301" * 30,
            "ﬁ",
            "İ",
            "ß",
            "\u200b",
            "\ud800",
            "日本",
            "١٢",
        ),
        *("zzzqqq", "12:30", "7", "#"),
    ]
)
CHAT = st.lists(st.tuples(PIECES, st.sampled_from(["", " ", " "])), max_size=14).map(
    lambda pieces: "".join(piece + gap for piece, gap in pieces)
)
"""Scraps of what is really typed, run together or apart."""

TYPED = CHAT | ANY_TEXT
