import unicodedata

import pytest
from hypothesis import example, given

from bot.matching.text import LONGEST, LONGEST_WORD, stem, words
from tests.typed_texts import TYPED


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("What is an LLM?", "what is an llm"),
        ("GPT-4, self-attention & RNN/LSTM", "gpt 4 self attention rnn lstm"),
        ("snake_case and __bold__ ||spoiler||", "snake case and bold spoiler"),
        ("  \t\n tabs\nand\r\nlines ", "tabs and lines"),
        ("Größe, naïve café", "grosse naive cafe"),
        ("ﬁne-tuning 𝐆𝐏𝐓 ＡＩ", "fine tuning gpt ai"),
        ("what\u200b is", "what is"),
        ("a 日本語 7 ½", "a 日本語 7 1 2"),
    ],
)
def test_texts_become_plain_lower_case_words(typed: str, read: str) -> None:
    assert words(typed) == tuple(read.split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("don't", "do not"),
        ("don’t doesn`t won't can't cannot", "do not does not will not can not can not"),
        ("dont didnt isnt cant", "do not did not is not can not"),
        ("they're we've I'll I'm I'd", "they are we have i will i am i would"),
        ("what's how's it's that's who's", "what is how is it is that is who is"),
        ("whats wheres thats im", "what is where is that is i am"),
        ("the model's answer, ChatGPT's data", "the model answer chatgpt data"),
        ("let's y'all ain't", "let us you all is not"),
        ("rock'n'roll", "rock and roll"),
    ],
)
def test_contractions_are_written_out(typed: str, read: str) -> None:
    assert words(typed) == tuple(read.split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("u r ur y", "you are your why"),
        ("pls plz thx ty", "please please thanks thanks"),
        ("wat wut wot", "what what what"),
        ("LLM vs gen AI", "llm versus gen ai"),
        ("diff btw them, wanna know abt it", "difference by the way them want to know about it"),
        ("dunno, gonna ask cuz ppl do", "do not know going to ask because people do"),
    ],
)
def test_chat_spellings_are_written_out(typed: str, read: str) -> None:
    assert words(typed) == tuple(read.split())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("u're u'll u've", "you are you will you have"),
        ("wat's an LLM", "what is an llm"),
        ("I'd've", "i would have"),
        ("won't've", "will not have"),
        ("ur's", "your"),
    ],
)
def test_a_chat_spelling_within_a_contraction_is_written_out_too(typed: str, read: str) -> None:
    assert words(typed) == tuple(read.split())


@pytest.mark.parametrize(
    "markup",
    [
        "<@123456789012345678>",
        "<@!123456789012345678>",
        "<@&123456789012345678>",
        "<#123456789012345678>",
        "<:thinking:123456789012345678>",
        "<a:party_blob:123456789012345678>",
        "</ask:123456789012345678>",
        "</faq add:123456789012345678>",
        "<t:1618953630>",
        "<t:1618953630:R>",
        "<t:-1:F>",
        "https://example.com/what?is=generative#ai",
        "<http://example.com>",
        "```py\nwhat = 'generative'\n```",
        "```never closed",
        "😀🎉",
        "\x00\x07",
    ],
)
def test_what_discord_adds_is_dropped(markup: str) -> None:
    assert words(f"why {markup}") == ("why",)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@12> what is <:gan:34> it", "what is it"),
        ("```x = 1``` why ```y = 2```", "why"),
        ("what is `temperature`?", "what is temperature"),
        ("[GANs](https://example.com) rule", "gans"),
        ("if 2 <3 then GPT> what", "if 2 3 then gpt what"),
    ],
)
def test_what_stands_around_markup_is_kept(typed: str, read: str) -> None:
    assert words(typed)[: len(read.split())] == tuple(read.split())


@pytest.mark.parametrize(
    "empty", ["", " \n\t", "?!…", "😀👩‍💻❤️", "\x00\x1b\u202e", "_'_''", "\ud800"]
)
def test_a_text_without_letters_or_digits_has_no_words(empty: str) -> None:
    assert words(empty) == ()


def test_only_the_length_of_a_discord_message_is_read() -> None:
    assert words("a " * 20_000) == ("a",) * (LONGEST // 2)
    assert words("x" * 20_000) == ("x" * LONGEST_WORD,)


def test_a_flood_of_combining_marks_leaves_the_letters() -> None:
    flood = "\u0301\u0489\u034f" * 40
    assert words(f"w{flood}h{flood}y{flood}") == ("why",)


@given(TYPED)
@example("u're")
@example("n't")
@example("won't've y'all'd've")
@example("ur's")
@example("what'n't")
def test_reading_plain_words_again_changes_nothing(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once


@given(TYPED)
@example("n't")
@example("\ud800a")
@example("I'd've")
def test_any_text_has_plain_words(text: str) -> None:
    for word in words(text):
        assert word.isalnum()
        assert word == word.casefold()
        assert not any(unicodedata.combining(letter) for letter in word)


@pytest.mark.parametrize(
    ("word", "other"),
    [("model", "models"), ("train", "training"), ("hallucinate", "hallucinating"), ("ai", "ai")],
)
def test_inflections_share_their_stem(word: str, other: str) -> None:
    assert stem(word) == stem(other)


def test_different_words_keep_different_stems() -> None:
    assert len({stem(word) for word in ("generator", "llm", "gan", "data", "attention")}) == 5


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("animals", "animations"),
        ("customers", "custom"),
        ("engineering", "engines"),
        ("experiments", "experiences"),
        ("explainability", "explains"),
        ("functioning", "functions"),
        ("generative", "generates"),
        ("objectives", "objects"),
        ("positive", "positions"),
        ("reasoning", "reasons"),
        ("responses", "responsible"),
        ("transformers", "transforming"),
        ("universal", "university"),
    ],
)
def test_words_that_only_look_alike_are_told_apart(word: str, other: str) -> None:
    assert stem(word) != stem(other)
