"""From what people type to plain words.

The steps are the same for the FAQ's wordings and for queries: what Discord adds (mentions, emoji,
links, code) goes, letters are brought to one form, contractions and chat spellings are written out.
"""

import re
import unicodedata
from functools import lru_cache

from Stemmer import Stemmer

LONGEST = 2000
"""Characters of a text that are read: Discord's own limit for a message."""

LONGEST_WORD = 64
"""Letters of a word that are read. What is longer is no word, and would fill the caches."""

_MARKUP = re.compile(
    r"```.*?(?:```|\Z)"  # code blocks
    r"|<(?:@[!&]?|#|a?:\w{1,32}:|/[^<>:]{1,64}:|t:)-?\d{1,20}(?::\w)?>"  # mentions, emoji, dates
    r"|https?://\S+",
    re.DOTALL,
)
_APOSTROPHES = str.maketrans("’‘ʼ`´＇", "''''''")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_INVISIBLE = {"Cf", "Mn", "Me", "Cc", "Cs"}

_WRITTEN_OUT = {
    "u": "you", "ur": "your", "r": "are", "y": "why", "pls": "please", "plz": "please",
    "thx": "thanks", "ty": "thanks", "tho": "though", "cuz": "because", "bc": "because",
    "wanna": "want to", "gonna": "going to", "gotta": "got to", "gimme": "give me",
    "dunno": "do not know", "lemme": "let me", "kinda": "kind of", "sorta": "sort of",
    "wat": "what", "wut": "what", "wot": "what", "w": "with", "n": "and", "vs": "versus",
    "v": "versus", "diff": "difference", "btw": "by the way", "abt": "about", "ppl": "people",
    "tldr": "summary",
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not",
    "let's": "let us", "y'all": "you all", "ain't": "is not", "aint": "is not",
    "im": "i am", "ive": "i have", "youre": "you are", "theyre": "they are", "wont": "will not",
    "cant": "can not", "dont": "do not", "doesnt": "does not", "didnt": "did not", "isnt": "is not",
    "arent": "are not", "wasnt": "was not", "werent": "were not", "couldnt": "could not",
    "wouldnt": "would not", "shouldnt": "should not", "hasnt": "has not", "havent": "have not",
    "whats": "what is", "hows": "how is", "wheres": "where is", "whos": "who is",
    "thats": "that is", "whens": "when is", "whys": "why is", "theres": "there is",
}  # fmt: skip
_ENDINGS = {
    "n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would",
}  # fmt: skip
_IS_BEFORE = {
    "what",
    "how",
    "where",
    "who",
    "that",
    "when",
    "why",
    "there",
    "here",
    "it",
    "he",
    "she",
}


@lru_cache(maxsize=8)  # a text is read several times while it is answered
def words(text: str) -> tuple[str, ...]:
    """The words of `text`, lower case, without accents, contractions written out."""
    found = _WORD.findall(_plain(text[:LONGEST]))
    return tuple([part for word in found for part in _written_out(word[:LONGEST_WORD])])


def prose(text: str) -> str:
    """`text` without what is no words: mentions, emoji, dates, links, code blocks."""
    return _MARKUP.sub(" ", text)


def _plain(text: str) -> str:
    text = prose(text)
    if text.isascii():  # nearly every text, and far faster
        return text.replace("`", "'").lower()
    text = text.translate(_APOSTROPHES)
    # Casefold between two decompositions: folding may compose again, composing may un-fold.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(
        " " if letter.isspace() else letter
        for letter in folded
        if letter.isspace() or unicodedata.category(letter) not in _INVISIBLE
    )


@lru_cache(maxsize=4096)
def _written_out(word: str) -> tuple[str, ...]:
    if word in _WRITTEN_OUT:
        return tuple(_WRITTEN_OUT[word].split())
    if "'" not in word:
        return (word,)
    for ending, meaning in _ENDINGS.items():
        start = word.removesuffix(ending).rstrip("'")  # "what'n't"
        if start and start != word:
            return (*_written_out(start), meaning)
    start, _, ending = word.rpartition("'")
    before = _written_out(start)
    if ending != "s":
        return (*before, *_written_out(ending))
    return (*before, "is") if before[-1] in _IS_BEFORE else before


_stemmer = Stemmer("english")
_APART = {
    "animal": "animal", "animals": "animal", "customer": "customer", "customers": "customer",
    "engineer": "engineer", "engineers": "engineer", "engineering": "engineer",
    "experiment": "experiment", "experiments": "experiment",
    "explainability": "explainability", "explainable": "explainability",
    "functioning": "functioning", "generative": "generative", "objective": "objective",
    "objectives": "objective", "positive": "positive", "positives": "positive",
    "reasoning": "reasoning", "response": "response", "responses": "response",
    "transformer": "transformer", "transformers": "transformer", "universal": "universal",
    "universe": "universe",
}  # fmt: skip
"""Words that the stemmer takes for others: animation, custom, engine, experience, explain,
function, generate, object, position, reason, responsible, transform, university."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The word without its inflection, by the Snowball stemmer (Porter, 2001)."""
    return _APART.get(word) or str(_stemmer.stemWord(word))
