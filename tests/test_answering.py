from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import (
    Answer,
    Answerer,
    Candidate,
    Fallback,
    Occasion,
    Policy,
    Query,
    Suggestions,
    decide,
)
from bot.counterparts import Counterparts
from bot.knowledge.model import Entry, Subject
from bot.matching.ranking import Outside, Ranking
from bot.settings import Settings
from tests.small_faq import FAQ, OUTSIDE, make_faq, small_answerer
from tests.typed_texts import TYPED

POLICY = Policy(answer=0.5, suggest=0.1, false_answers=6, suggestions=2)
ENTRIES = tuple(FAQ.entries.values())
QUERY = Query("whatever it was")


def test_the_threshold_to_answer_unasked_comes_from_the_false_answers_allowed() -> None:
    few, more, none = (Policy(false_answers=budget) for budget in (0.3, 3, 0))
    assert few.unprompted == pytest.approx(0.99)
    assert more.unprompted == pytest.approx(0.9)
    assert none.unprompted == 1.0
    assert Policy(false_answers=10_000).unprompted == Policy().answer
    assert Policy() == Policy(false_answers=Settings().false_answers)


def ranked(*confidences: float, outside: float | None = None) -> Ranking:
    """A ranking of made-up candidates, and perhaps an outside topic."""
    candidates = tuple(
        Candidate(entry, confidence, confidence)
        for entry, confidence in zip(ENTRIES, confidences, strict=False)
    )
    topic = None if outside is None else Outside("cooking", outside)
    return Ranking((), None, candidates, topic)


class TestDecide:
    @pytest.mark.parametrize(
        "ranking", [ranked(0.8, 0.1), ranked(0.79, 0.1), ranked(0.5), ranked(0.75, 0.5)]
    )
    def test_a_sure_candidate_ahead_of_the_others_is_the_answer(self, ranking: Ranking) -> None:
        outcome = decide(QUERY, ranking, POLICY)
        assert outcome == Answer(QUERY, ranking.candidates)
        assert isinstance(outcome, Answer)
        assert outcome.entry is ENTRIES[0]
        assert outcome.confidence == ranking.best

    @pytest.mark.parametrize(
        ("ranking", "offered"),
        [
            (ranked(0.49, 0.05), 1),
            (ranked(0.1), 1),
            (ranked(0.45, 0.3, 0.2), 2),
            (ranked(0.3, 0.2, 0.15, 0.1), 2),
            (ranked(0.49, 0.45, 0.05), 2),
            (ranked(0.3, outside=0.4), 1),
            (ranked(0.9, outside=0.49), 1),
        ],
        ids=[
            "unsure",
            "just enough",
            "two are as likely",
            "at most so many",
            "none too unlikely",
            "half outside",
            "sure, but half outside",
        ],
    )
    def test_less_than_sure_is_offered(self, ranking: Ranking, offered: int) -> None:
        candidates = ranking.candidates
        expected = Suggestions(QUERY, candidates[:offered], candidates)
        assert decide(QUERY, ranking, POLICY) == expected

    @pytest.mark.parametrize("ranking", [ranked(), ranked(0.09, 0.08), ranked(0.05, outside=0.3)])
    def test_unlikely_candidates_are_not_offered(self, ranking: Ranking) -> None:
        expected = Fallback(QUERY, Occasion.UNSURE, ranking.candidates)
        assert decide(QUERY, ranking, POLICY) == expected

    @pytest.mark.parametrize("ranking", [ranked(outside=0.5), ranked(0.9, outside=0.95)])
    def test_what_is_surely_outside_is_named(self, ranking: Ranking) -> None:
        expected = Fallback(QUERY, Occasion.OUTSIDE, ranking.candidates, "cooking")
        assert decide(QUERY, ranking, POLICY) == expected

    @given(st.lists(st.floats(0, 1)), st.none() | st.floats(0, 1))
    def test_any_ranking_has_an_outcome(
        self, confidences: list[float], outside: float | None
    ) -> None:
        ranking = ranked(*sorted(confidences, reverse=True), outside=outside)
        outcome = decide(QUERY, ranking, POLICY)
        match outcome:
            case Answer():
                assert ranking.best >= POLICY.answer
            case Suggestions():
                assert 0 < len(outcome.offered) <= POLICY.suggestions
                assert all(c.confidence >= POLICY.suggest for c in outcome.offered)
            case Fallback():
                assert outcome.occasion in (Occasion.UNSURE, Occasion.OUTSIDE)
                assert bool(outcome.topic) is (outcome.occasion is Occasion.OUTSIDE)


def answered(text: str, about: str | None = None) -> Entry | None:
    """The entry that `text` is answered with, said alone or in reply to another answer."""
    query = Query(text, FAQ.entries[about] if about else None)
    outcome = small_answerer().answer(query)
    return outcome.entry if isinstance(outcome, Answer) else None


def fallen_back(text: str, about: str | None = None) -> Fallback:
    outcome = small_answerer().answer(Query(text, FAQ.entries[about] if about else None))
    assert isinstance(outcome, Fallback)
    return outcome


class TestAnswer:
    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
    def test_the_faqs_own_wordings_are_answered(self, entry: Entry) -> None:
        assert {answered(wording.text) for wording in entry.wordings} == {entry}

    def test_an_answer_keeps_the_query_and_the_other_candidates(self) -> None:
        query = Query("What is an LLM?")
        outcome = small_answerer().answer(query)
        assert isinstance(outcome, Answer)
        assert outcome.query is query
        assert len(outcome.candidates) > 1

    @pytest.mark.parametrize(
        ("text", "unprompted"),
        [
            ("What is an LLM?", True),
            ("hey, why do LLMs hallucinate", True),
            ("LLMs in a nutshell", False),
            ("> What is an LLM?", False),
            ("limits of LLMs", False),
            ("Limits of LLMs?", True),
        ],
    )
    def test_only_a_question_is_answered_unasked(self, text: str, unprompted: bool) -> None:
        outcome = small_answerer().answer(Query(text))
        assert isinstance(outcome, Answer)
        assert small_answerer().overhear(text) == (outcome if unprompted else None)

    def test_only_what_is_sure_enough_is_answered_unasked(self) -> None:
        text = "what data do large language models read"
        outcome = small_answerer().answer(Query(text))
        assert isinstance(outcome, Answer)
        budget = 30 * (1 - outcome.confidence)  # 30 of 10,000 messages pass the gate
        assert small_answerer().overhear(text, 1.01 * budget) == outcome
        assert small_answerer().overhear(text, 0.99 * budget) is None

    @pytest.mark.parametrize(
        ("text", "topic"),
        [
            ("How much VRAM do I need?", "running models on your own computer"),
            ("which quantization should I download", "running models on your own computer"),
            ("Will AI take my job?", "jobs and careers"),
        ],
    )
    def test_an_outside_topic_is_left_to_others(self, text: str, topic: str) -> None:
        assert topic in OUTSIDE
        outcome = fallen_back(text)
        assert (outcome.occasion, outcome.topic) == (Occasion.OUTSIDE, topic)

    @pytest.mark.parametrize("text", ["who won the football match", "pizza at noon", "zzzz"])
    def test_a_strangers_question_is_left_unanswered(self, text: str) -> None:
        assert fallen_back(text).occasion is Occasion.UNSURE

    @pytest.mark.parametrize("text", ["", " \n ", "😀👍", "?!", "<@123>", "\x00\x1b", "```x```"])
    def test_a_text_without_words_is_empty(self, text: str) -> None:
        assert fallen_back(text) == Fallback(Query(text), Occasion.EMPTY)

    @pytest.mark.parametrize(
        ("text", "occasion"),
        [
            ("hello", Occasion.GREETING),
            ("Good morning!!", Occasion.GREETING),
            ("<@123456789012345678> hey there 👋", Occasion.GREETING),
            ("thx", Occasion.THANKS),
            ("Thank you very much.", Occasion.THANKS),
            ("Are you an LLM?", Occasion.IDENTITY),
            ("HELP", Occasion.HELP),
            ("what can u do?", Occasion.HELP),
        ],
    )
    def test_small_talk_is_known(self, text: str, occasion: Occasion) -> None:
        assert fallen_back(text).occasion is occasion
        assert fallen_back(text, "data-llm").occasion is occasion

    @pytest.mark.parametrize("text", ["hello, what is an LLM?", "thanks! what is an LLM"])
    def test_small_talk_before_a_question_is_no_matter(self, text: str) -> None:
        assert answered(text) is FAQ.entries["overview-llm"]

    @pytest.mark.parametrize("text", ["What are the challenges?", "which data is it trained on"])
    def test_a_question_that_names_no_side_is_offered_both(self, text: str) -> None:
        outcome = small_answerer().answer(Query(text))
        assert isinstance(outcome, Suggestions)
        sides = [candidate.entry.subject for candidate in outcome.offered]
        assert sides == [Subject.LLM, Subject.GENERATIVE_AI]
        assert outcome.candidates[:2] == outcome.offered
        assert len({c.entry.id for c in outcome.candidates}) == len(outcome.candidates)
        assert small_answerer().overhear(text) is None

    def test_an_unlikely_other_side_is_not_offered(self) -> None:
        ranking = small_answerer().matcher.rank("what data do they learn from")
        other = Counterparts(FAQ, small_answerer().matcher).find(ranking)
        assert other is not None
        assert other.confidence < ranking.best
        strict = Answerer(FAQ, small_answerer().matcher, Policy(answer=ranking.best))
        outcome = strict.answer(Query("what data do they learn from"))
        assert isinstance(outcome, Answer)
        assert outcome.entry.id == "data-llm"

    def test_the_policy_decides_how_sure_is_sure(self) -> None:
        never = Answerer.build(FAQ, Policy(answer=1.1, suggest=0.0, suggestions=1))
        outcome = never.answer(Query("What is an LLM?"))
        assert isinstance(outcome, Suggestions)
        assert [candidate.entry.id for candidate in outcome.offered] == ["overview-llm"]


class TestSeveralSentences:
    @pytest.mark.parametrize(
        "text",
        [
            "I am new here and like cats. What is an LLM? My name is Bob.",
            "Good day everybody!\nwhat is an LLM\nI found nothing on the web",
            "I like my cats. What is an LLM? I found it on https://example.com/watch?v=12",
            "My boss talked about pictures, music and copyright all day. What is an LLM?",
        ],
    )
    def test_the_only_question_among_other_sentences_is_answered(self, text: str) -> None:
        assert small_answerer().passage(text).startswith(("What is an LLM", "what is an LLM"))
        assert answered(text) is FAQ.entries["overview-llm"]

    @pytest.mark.parametrize(
        "text",
        [
            "What is an LLM?",
            "What is an LLM? And what is a GAN?",
            "Cats are fine. Dogs are fine.",
            "A generator and a discriminator: adversarial training. Can you say more on it?",
            "The model learned its data by heart. What is that?",
            "",
        ],
        ids=["one sentence", "two questions", "no question", "surer as a whole", "points back", ""],
    )
    def test_otherwise_the_whole_is_read(self, text: str) -> None:
        assert small_answerer().passage(text) == text


class TestReplies:
    ABOUT = FAQ.entries["architecture-llm"]

    @pytest.mark.parametrize(
        ("text", "about", "entry"),
        [
            ("and for LLMs?", "data-generative-ai", "data-llm"),
            ("what about generative ai", "architecture-llm", "architecture-generative-ai"),
            ("What about gen AI", "overview-llm", "overview-generative-ai"),
            ("challenges?", "data-llm", "challenges-llm"),
            ("risks", "architecture-gan", "challenges-generative-ai"),
            ("and the training data?", "challenges-hallucination", "data-llm"),
            ("both?", "data-llm", "data-both"),
            ("the two side by side", "architecture-llm", "architecture-both"),
            ("what about the risks of generative AI", "data-llm", "challenges-generative-ai"),
        ],
    )
    def test_a_reply_asks_for_another_side_or_aspect(
        self, text: str, about: str, entry: str
    ) -> None:
        outcome = small_answerer().answer(Query(text, FAQ.entries[about]))
        assert isinstance(outcome, Answer)
        assert outcome.entry.id == entry

    @pytest.mark.parametrize(
        ("text", "entry"),
        [
            ("How does a generative adversarial network work?", "architecture-gan"),
            ("ok. why do LLMs hallucinate?", "challenges-hallucination"),
            ("what is self attention", "architecture-attention"),
        ],
    )
    def test_a_question_of_its_own_is_answered(self, text: str, entry: str) -> None:
        outcome = small_answerer().answer(Query(text, FAQ.entries["data-generative-ai"]))
        assert isinstance(outcome, Answer)
        assert outcome.entry.id == entry

    @pytest.mark.parametrize(
        ("about", "entry"),
        [
            ("overview-generative-ai", "data-generative-ai"),
            ("architecture-gan", "data-generative-ai"),
            ("challenges-llm", "data-llm"),
        ],
    )
    def test_a_question_that_names_no_side_is_about_the_side_talked_about(
        self, about: str, entry: str
    ) -> None:
        outcome = small_answerer().answer(Query("which data is it trained on", FAQ.entries[about]))
        assert isinstance(outcome, Answer)
        assert outcome.entry.id == entry

    def test_a_mere_why_is_offered_what_stands_next_to_the_answer(self) -> None:
        about = FAQ.entries["architecture-llm"]
        outcome = small_answerer().answer(Query("why?", about))
        assert isinstance(outcome, Suggestions)
        offered = [candidate.entry.id for candidate in outcome.offered]
        assert {"architecture-attention", "data-llm"} <= set(offered)
        assert "architecture-llm" not in offered

    def test_without_neighbours_a_reply_that_says_nothing_is_not_understood(self) -> None:
        assert fallen_back("zzzz", "architecture-gan").occasion is Occasion.UNSURE

    @pytest.mark.parametrize(
        "text", ["why?", "risks and data?", "how so", "text", "which networks"]
    )
    def test_the_likeliest_are_offered_first_and_once(self, text: str) -> None:
        likely = small_answerer().matcher.rank(f"{text} {self.ABOUT.question}", 20).candidates
        related = [candidate.entry.id for candidate in reversed(likely)]
        related.remove(self.ABOUT.id)
        about = replace(self.ABOUT, related=tuple(related))
        entries = [about if entry is self.ABOUT else entry for entry in ENTRIES]
        knowledge = make_faq(*entries, vocabulary=FAQ.vocabulary, outside=OUTSIDE)
        answerer = Answerer.build(knowledge, Policy(answer=0.99, suggest=0.01))
        outcome = answerer.answer(Query(text, about))
        assert isinstance(outcome, Suggestions)
        confidences = [candidate.confidence for candidate in outcome.candidates]
        assert confidences == sorted(confidences, reverse=True)
        ids = [candidate.entry.id for candidate in outcome.candidates]
        assert sorted(ids) == sorted({*related, *ids})
        assert about.id not in ids
        assert outcome.offered == outcome.candidates[: answerer.policy.suggestions]


class TestComplete:
    LEADS = (
        *("overview-both", "architecture-both", "data-both"),
        *("overview-llm", "architecture-llm", "data-llm", "challenges-llm"),
        *("overview-generative-ai", "architecture-generative-ai"),
        *("data-generative-ai", "challenges-generative-ai"),
    )

    @pytest.mark.parametrize("nothing", ["", "  ", "?", "😀"])
    def test_before_anything_is_typed_the_leads_are_shown(self, nothing: str) -> None:
        assert tuple(e.id for e in small_answerer().complete(nothing)) == self.LEADS

    def test_no_more_leads_than_asked_for(self) -> None:
        found = tuple(entry.id for entry in small_answerer().complete("", 4))
        assert found == self.LEADS[:4]

    @pytest.mark.parametrize(
        ("typed", "entry"), [("halluc", "challenges-hallucination"), ("self atten", None)]
    )
    def test_what_is_typed_is_completed(self, typed: str, entry: str | None) -> None:
        first = small_answerer().complete(typed)[0]
        assert first.id == (entry or "architecture-attention")

    def test_no_more_than_asked_for(self) -> None:
        assert len(small_answerer().complete("what is", 3)) == 3


@given(TYPED, st.none() | st.sampled_from(ENTRIES))
def test_any_text_has_a_sound_outcome(text: str, about: Entry | None) -> None:
    query = Query(text, about)
    outcome = small_answerer().answer(query)
    assert outcome.query is query
    confidences = [candidate.confidence for candidate in outcome.candidates]
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert small_answerer().answer(query) == outcome
    if about is None and not isinstance(outcome, Suggestions):  # of both sides in any order
        scores = [candidate.score for candidate in outcome.candidates]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    "text",
    [
        "what is an llm " * 1400,
        "x" * 20_000,
        "w" + "\u0301" * 20_000,
        "\ud800" * 20_000,
        "```" * 7_000,
        "a. " * 7_000,
        "?" * 20_000,
        "<@1" * 7_000,
        "https://" * 2_500,
    ],
    ids=lambda text: text[:12].encode("ascii", "backslashreplace").decode(),
)
def test_a_flood_has_an_outcome(text: str) -> None:
    outcome = small_answerer().answer(Query(text))
    assert isinstance(outcome, Answer | Suggestions | Fallback)
    assert small_answerer().overhear(text) is None
