from dataclasses import replace

import pytest
from hypothesis import given

from bot.knowledge.model import Entry, Subject, Vocabulary
from bot.matching import matcher as matcher_module
from bot.matching.confidence import Calibration
from bot.matching.matcher import Matcher
from bot.matching.ranking import Ranking
from bot.matching.subjects import agreement
from tests.small_faq import FAQ, OUTSIDE, VOCABULARY, make_entry, make_faq, small_matcher
from tests.typed_texts import TYPED

EVERY_WORDING = [
    pytest.param(wording.text, entry.id, id=wording.text)
    for entry in FAQ.entries.values()
    for wording in entry.wordings
]


def ids(ranking: Ranking) -> list[str]:
    return [candidate.entry.id for candidate in ranking.candidates]


def best(text: str) -> str:
    return ids(small_matcher().rank(text))[0]


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("whats an llm", "overview-llm"),
        ("LLM?", "overview-llm"),
        ("pls explain what gen ai is", "overview-generative-ai"),
        ("diff between genai and llms", "overview-both"),
        ("LLM vs generative AI", "overview-both"),
        ("how do GANs work", "architecture-gan"),
        ("generator vs discriminator??", "architecture-gan"),
        ("what's the attention mechanism", "architecture-attention"),
        ("which text data are language models trained on", "data-llm"),
        ("where does generative AI get its data from", "data-generative-ai"),
        ("why do LLMs make things up", "challenges-hallucination"),
        ("is copyright a problem with gen AI", "challenges-generative-ai"),
        ("limits of large language models", "challenges-llm"),
        ("why does it memorise examples", "challenges-overfitting"),
    ],
)
def test_another_way_to_ask_leads_to_the_entry(query: str, entry: str) -> None:
    assert best(query) == entry


@pytest.mark.parametrize(
    ("query", "entry"),
    [
        ("what is a halucination", "challenges-hallucination"),
        ("self-atention", "architecture-attention"),
        ("genrative adversarial netwroks", "architecture-gan"),
        ("waht is an lmm", "overview-llm"),
        ("trainingdata of LLMs", "data-llm"),
        ("copyrihgt", "challenges-generative-ai"),
        ("what is overfiting", "challenges-overfitting"),
        ("risks of large langauge models", "challenges-llm"),
    ],
)
def test_slips_of_the_finger_lead_to_the_same_entry(query: str, entry: str) -> None:
    assert best(query) == entry


@pytest.mark.parametrize(
    ("llm", "generative_ai", "question"),
    [
        ("data-llm", "data-generative-ai", "what data do {} learn from"),
        ("data-llm", "data-generative-ai", "training data for {}"),
        ("challenges-llm", "challenges-generative-ai", "what challenges do {} have"),
        ("challenges-llm", "challenges-generative-ai", "which risks come with {}"),
        ("architecture-llm", "architecture-generative-ai", "which architecture is used by {}"),
        ("architecture-llm", "architecture-generative-ai", "technical design of {}"),
        ("overview-llm", "overview-generative-ai", "definition of {}"),
    ],
)
def test_the_side_that_is_named_decides(llm: str, generative_ai: str, question: str) -> None:
    for name in ("LLMs", "large language models"):
        assert best(question.format(name)) == llm
    for name in ("generative AI", "gen AI", "GenAI"):
        assert best(question.format(name)) == generative_ai


def test_entries_of_another_side_have_a_lower_score() -> None:
    plain = Matcher(replace(FAQ, vocabulary=replace(VOCABULARY, subjects={})))
    query = "which data and networks do the language models have"
    assert small_matcher().rank(query).named is Subject.LLM
    assert plain.rank(query).named is None
    unaware = {c.entry.id: c.score for c in plain.rank(query, 20).candidates}
    aware = {c.entry.id: c for c in small_matcher().rank(query, 20).candidates}
    assert {c.entry.subject for c in aware.values()} == set(Subject)
    for entry_id, candidate in aware.items():
        factor = agreement(Subject.LLM, candidate.entry.subject)
        assert candidate.score == pytest.approx(unaware[entry_id] * factor, rel=1e-4)


@pytest.mark.parametrize(("text", "entry"), EVERY_WORDING)
def test_every_wording_leads_to_its_entry(text: str, entry: str) -> None:
    for typed in (text, text.upper(), f"<@123> {text} 😀", f"um, please: {text}"):
        ranking = small_matcher().rank(typed)
        assert ids(ranking)[0] == entry
        assert ranking.outside is None
        assert ranking.best > 0.9


def test_an_exact_wording_leads_to_its_entry_against_all_odds() -> None:
    """It names the other side, and stands alone against an entry full of the like."""
    one = make_entry("a-one", Subject.LLM, ["Who writes?", "can generative AI rhyme in verse"])
    like = [f"can generative AI rhyme in {word}" for word in ("prose", "songs", "poems", "lines")]
    many = make_entry("a-many", Subject.GENERATIVE_AI, like)
    matcher = Matcher(make_faq(many, one, vocabulary=VOCABULARY))
    for typed in ("Can generative AI rhyme in verse?", "can gen AI rhyme in verse, please"):
        ranking = matcher.rank(typed)
        assert ids(ranking)[0] == "a-one"
        assert ranking.best > 0.95
    assert ids(matcher.rank("can generative AI rhyme in a verse"))[0] == "a-many"


def test_a_wording_of_two_entries_is_certain_of_neither() -> None:
    one = make_entry("a-one", Subject.LLM, ["What is an LLM?", "explain an LLM"])
    two = make_entry("a-two", Subject.LLM, ["What is a language model for?", "what is an llm"])
    ranking = Matcher(make_faq(one, two, vocabulary=VOCABULARY)).rank("What is an LLM?")
    assert set(ids(ranking)) == {"a-one", "a-two"}
    assert all(candidate.score < 1 for candidate in ranking.candidates)


class TestCounterexamples:
    USED = make_entry("a-used", Subject.BOTH, ["How are models used?", "what are they used for"])
    MADE = make_entry(
        "a-made",
        Subject.BOTH,
        ["How are models made?", "who makes models", "how do they make a model"],
        counterexamples=["how are models used and made"],
    )
    FITTING = make_entry("a-fit", Subject.LLM, ["What is overfitting?", "does a model overfit"])

    def test_a_counterexample_denies_its_entry(self) -> None:
        matcher = Matcher(make_faq(self.MADE, self.USED))
        assert ids(matcher.rank("how are models used and made")) == ["a-used"]
        assert ids(matcher.rank("How are MODELS used, and made?")) == ["a-used"]

    def test_so_does_what_is_nearer_to_it_than_to_a_wording(self) -> None:
        matcher = Matcher(make_faq(self.MADE, self.USED))
        assert ids(matcher.rank("how are models used and made today")) == ["a-used"]
        assert ids(matcher.rank("models used and made")) == ["a-used"]

    def test_without_the_counterexample_the_entry_answers(self) -> None:
        free = Matcher(make_faq(replace(self.MADE, counterexamples=()), self.USED))
        assert "a-made" in ids(free.rank("how are models used and made"))

    def test_what_is_nearer_to_a_wording_is_not_denied(self) -> None:
        matcher = Matcher(make_faq(self.MADE, self.USED))
        assert ids(matcher.rank("how are models made"))[0] == "a-made"
        assert ids(matcher.rank("so how do they make models"))[0] == "a-made"

    @pytest.mark.parametrize(
        "example",
        [
            "what is underfitting",
            "does a model overfit the stock market",
            "what is zorbing",
            "overfitting jeans",
        ],
    )
    def test_a_counterexample_denies_its_entry_with_words_that_no_wording_has(
        self, example: str
    ) -> None:
        wordings = [wording.text for wording in self.FITTING.wordings]
        denied = make_entry("a-fit", Subject.LLM, wordings, counterexamples=[example])
        matcher = Matcher(make_faq(denied, self.USED))
        assert "a-fit" not in ids(matcher.rank(example))
        assert ids(matcher.rank("What is overfitting?"))[0] == "a-fit"

    def test_a_counterexample_about_the_other_side_denies_nothing(self) -> None:
        mine = make_entry(
            "a-gen",
            Subject.GENERATIVE_AI,
            ["How do businesses use generative AI?", "generative AI for firms"],
            counterexamples=["how do companies use LLMs"],
        )
        matcher = Matcher(make_faq(mine, self.USED, vocabulary=VOCABULARY))
        assert ids(matcher.rank("how do companies use generative AI"))[0] == "a-gen"
        assert "a-gen" not in ids(matcher.rank("how do companies use LLMs"))
        assert "a-gen" not in ids(matcher.rank("how do the companies use LLMs"))


class TestOutside:
    @pytest.mark.parametrize(
        ("query", "topic"),
        [
            ("how much vram do I need", "running models on your own computer"),
            ("can I run a 70B model at home", "running models on your own computer"),
            ("will AI take all the jobs", "jobs and careers"),
            ("what salary do engineers earn", "jobs and careers"),
        ],
    )
    def test_a_question_on_an_outside_topic_is_known_as_one(self, query: str, topic: str) -> None:
        outside = small_matcher().rank(query).outside
        assert outside is not None
        assert outside.topic == topic
        assert 0.5 < outside.confidence <= 1

    @pytest.mark.parametrize("query", ["what is an LLM", "how do GANs work", "", "zzzz", "😀"])
    def test_other_questions_are_not(self, query: str) -> None:
        assert small_matcher().rank(query).outside is None

    def test_outside_topics_are_no_candidates(self) -> None:
        ranking = small_matcher().rank("how much VRAM do I need for a local model", 50)
        assert set(ids(ranking)) <= set(FAQ.entries)


def test_an_entry_with_few_wordings_is_helped() -> None:
    shared = "How do they work?"
    others = [f"something about {word}" for word in ("cats", "dogs", "birds", "trees", "cars")]
    many = make_entry("a-many", Subject.BOTH, [shared, *others])
    few = make_entry("a-few", Subject.BOTH, [shared])
    assert ids(Matcher(make_faq(many, few)).rank(shared))[0] == "a-few"


@pytest.mark.parametrize("limit", [1, 2, 5, 50])
def test_a_ranking_has_no_more_candidates_than_asked_for(limit: int) -> None:
    ranking = small_matcher().rank("what is generative AI trained on", limit)
    assert 0 < len(ranking.candidates) <= limit


def test_confidence_is_that_of_the_matchers_calibration() -> None:
    matcher = small_matcher()
    ranking = matcher.rank("what is generative AI trained on")
    alone = matcher.calibration.confidences([ranking.candidates[0].score])
    assert ranking.best < alone[0]  # the others count, too
    assert sum(candidate.confidence for candidate in ranking.candidates) < 1
    assert ranking.best == ranking.candidates[0].confidence


def test_the_knowledge_base_moves_the_calibration() -> None:
    assert small_matcher().calibration != Calibration()
    assert Matcher(make_faq(FAQ.entries["overview-llm"])).calibration == Calibration()


def test_another_phrasing_hardly_moves_the_calibration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher_module, "SAMPLES", 8)
    entries = list(FAQ.entries.values())
    before = set(drawn(entries))
    one_more = make_entry("a-first", Subject.BOTH, ["Who asks this first?", "who is first"])
    assert len(before & set(drawn([one_more, *entries]))) >= len(before) - 1


def drawn(entries: list[Entry]) -> list[str]:
    """The wordings that the calibration tries."""
    matcher = Matcher(make_faq(*entries))
    return [matcher._wordings[at].text for at in matcher._drawn()[: matcher_module.SAMPLES]]


def test_a_faq_of_one_question_finds_it() -> None:
    matcher = Matcher(make_faq(make_entry("a-one", Subject.BOTH, ["What is this?"])))
    assert ids(matcher.rank("what is this")) == ["a-one"]
    assert ids(matcher.rank("zzz")) == []
    assert matcher.rank("zzz").best == 0.0


def test_a_faq_without_entries_knows_its_outside_topics() -> None:
    matcher = Matcher(make_faq(outside=OUTSIDE))
    ranking = matcher.rank("how much VRAM do I need")
    assert ranking.candidates == ()
    assert ranking.outside is not None
    assert matcher.complete("how much VRAM", 5) == ()


def test_without_a_vocabulary_words_are_only_themselves() -> None:
    matcher = Matcher(replace(FAQ, vocabulary=Vocabulary()))
    assert matcher.rank("please explain an LLM").named is None
    assert [term.word for term in matcher.rank("please, gen ai").terms] == ["please", "gen", "ai"]


class TestExplain:
    def test_it_ranks_as_rank_does(self) -> None:
        explained = small_matcher().explain("which data are LLMs trained on")
        assert explained.neighbours
        assert replace(explained, neighbours=()) == small_matcher().rank(
            "which data are LLMs trained on"
        )

    def test_it_names_the_wordings_and_their_owners(self) -> None:
        neighbours = small_matcher().explain("how much VRAM do LLMs learn from").neighbours
        owners = {neighbour.owner for neighbour in neighbours}
        assert {"data-llm", "running models on your own computer"} <= owners
        for neighbour in neighbours:
            if neighbour.owner in FAQ.entries:
                assert neighbour.wording in FAQ.entries[neighbour.owner].wordings

    def test_the_wordings_most_alike_come_first(self) -> None:
        neighbours = small_matcher().explain("training data of LLMs").neighbours
        similarities = [neighbour.similarity for neighbour in neighbours]
        assert similarities == sorted(similarities, reverse=True)
        assert neighbours[0].wording.text == "training data of LLMs"
        assert neighbours[0].similarity == pytest.approx(1.0, abs=1e-5)
        assert neighbours[0].vote == max(neighbour.vote for neighbour in neighbours)


class TestComplete:
    @pytest.mark.parametrize(
        ("typed", "entry"),
        [
            ("what is gener", "overview-generative-ai"),
            ("halluc", "challenges-hallucination"),
            ("self att", "architecture-attention"),
            ("What data do LLMs l", "data-llm"),
            ("copyr", "challenges-generative-ai"),
            ("generator and discr", "architecture-gan"),
            ("overfit", "challenges-overfitting"),
        ],
    )
    def test_a_prefix_is_completed(self, typed: str, entry: str) -> None:
        assert small_matcher().complete(typed, 5)[0].id == entry

    @pytest.mark.parametrize(
        ("typed", "entry"),
        [
            ("hallucinaton", "challenges-hallucination"),
            ("waht data do LLMs lea", "data-llm"),
            ("copyrigth", "challenges-generative-ai"),
            ("adverserial trai", "architecture-gan"),
        ],
    )
    def test_slips_are_forgiven(self, typed: str, entry: str) -> None:
        assert small_matcher().complete(typed, 5)[0].id == entry

    @pytest.mark.parametrize("limit", [1, 3, 25])
    def test_no_more_are_given_than_asked_for(self, limit: int) -> None:
        found = small_matcher().complete("what generative LLM", limit)
        assert len(found) == min(limit, len(FAQ.entries))
        assert len({entry.id for entry in found}) == len(found)

    def test_a_prefix_is_not_taken_for_a_slip(self) -> None:
        overfitting = make_entry("a-over", Subject.LLM, ["What is overfitting?"])
        cover = make_entry("a-cover", Subject.LLM, ["what music does a cover band play"])
        assert Matcher(make_faq(cover, overfitting)).complete("over", 1) == (overfitting,)

    def test_what_is_like_nothing_completes_to_nothing(self) -> None:
        assert small_matcher().complete("zzqq", 25) == ()


@given(TYPED)
def test_any_text_has_a_sound_ranking(text: str) -> None:
    ranking = small_matcher().explain(text)
    scores = [candidate.score for candidate in ranking.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len(set(ids(ranking))) == len(scores) <= 5
    assert all(0 <= candidate.confidence <= 1 for candidate in ranking.candidates)
    assert all(0 < neighbour.similarity <= 1 + 1e-5 for neighbour in ranking.neighbours)
    assert ranking.outside is None or 0 <= ranking.outside.confidence <= 1
    assert small_matcher().explain(text) == ranking


@given(TYPED)
def test_any_text_can_be_completed(text: str) -> None:
    found = small_matcher().complete(text, 25)
    assert len({entry.id for entry in found}) == len(found) <= 25
