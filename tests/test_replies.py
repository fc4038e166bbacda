"""The words that members read."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Candidate, Fallback, Occasion, Outcome, Query, Suggestions
from bot.knowledge.model import Dimension, KnowledgeBase, Source, Subject
from bot.replies import (
    MOST_BUTTONS,
    RELATED,
    Button,
    Reply,
    ShowDimension,
    ShowEntry,
    ShowTopics,
    act,
    answer_with,
    clip,
    compose,
    gone,
    show_comparison,
    show_dimension,
    show_entry,
    show_help,
    show_topics,
    subject_name,
)
from tests.conftest import make_entry

TOPICS = Button("All topics", ShowTopics())
QUERY = Query("a question")


def candidate(knowledge: KnowledgeBase, entry_id: str) -> Candidate:
    return Candidate(knowledge.entries[entry_id], 0.5, 0.5)


def actions(reply: Reply) -> list[object]:
    return [button.action for button in reply.buttons]


# Answers


def test_an_answer_stands_under_the_question_that_it_answers(knowledge: KnowledgeBase) -> None:
    reply = compose(Answer(QUERY, (candidate(knowledge, "data-llm"),)), knowledge)
    assert reply.text == (
        "**Which data do LLMs learn from?**\nThe answer of data-llm. It goes on, with **details**."
    )
    assert reply.entry == "data-llm"


def test_an_answer_says_that_it_is_automatic_and_what_it_rests_on(
    knowledge: KnowledgeBase,
) -> None:
    assert show_entry("data-llm", knowledge).footnote == "Automatic answer from the FAQ"
    assert show_entry("architecture-llm", knowledge).footnote == (
        "Automatic answer from the FAQ · Sources: "
        "[Vaswani et al. (2017)](<https://a.example/p>); The difference (2024)"
    )


def test_brackets_in_a_title_do_not_break_its_link() -> None:
    entry = make_entry("data-llm", Subject.LLM, "Which?", sources=("a", "b"))
    sources = {"a": Source("a", "On [sic] data", url="https://a.example")}
    knowledge = KnowledgeBase((Dimension("data", "Data", "", (entry,)),), sources)
    footnote = show_entry("data-llm", knowledge).footnote
    assert footnote.endswith("Sources: [On (sic) data](<https://a.example>)")


def test_up_to_three_related_questions_that_exist_are_offered(knowledge: KnowledgeBase) -> None:
    reply = show_entry("architecture-llm", knowledge)
    expected = [ShowEntry("data-llm"), ShowEntry("overview-llm"), ShowEntry("data-both")]
    assert actions(reply) == expected
    assert len(expected) == RELATED
    assert reply.buttons[0].label == "Which data do LLMs learn from?"


def test_an_entry_does_not_offer_itself_or_another_twice() -> None:
    first = make_entry("data-a", Subject.LLM, "A?", related=("data-a", "data-b", "data-b"))
    second = make_entry("data-b", Subject.LLM, "B?")
    knowledge = KnowledgeBase((Dimension("data", "Data", "", (first, second)),))
    assert actions(answer_with(first, knowledge)) == [ShowEntry("data-b")]


def test_without_related_questions_the_dimension_is_offered(knowledge: KnowledgeBase) -> None:
    reply = show_entry("data-llm", knowledge)
    assert reply.buttons == (Button("More: Data types", ShowDimension("data")),)


def test_an_entry_whose_dimension_is_gone_offers_all_topics(knowledge: KnowledgeBase) -> None:
    entry = knowledge.entries["data-llm"]
    assert answer_with(entry, KnowledgeBase(())).buttons == (TOPICS,)


# Dimensions


@pytest.mark.parametrize("subject", Subject)
def test_a_dimension_shows_its_lead_on_a_subject_and_leads_on(
    knowledge: KnowledgeBase, subject: Subject
) -> None:
    reply = show_dimension("data", subject, knowledge)
    assert reply.entry == f"data-{subject}"
    others = [ShowEntry(f"data-{other}") for other in Subject if other is not subject]
    assert actions(reply) == [*others, ShowDimension("data")]


def test_without_a_subject_a_dimension_lists_its_questions(knowledge: KnowledgeBase) -> None:
    reply = show_dimension("architecture", None, knowledge)
    assert reply.text == (
        "**Technical architecture**\nWhich neural networks each one is built from.\n"
        "Pick a question:"
    )
    assert len(reply.buttons) == 4
    assert reply.entry is None


def test_without_that_lead_a_dimension_lists_its_questions(knowledge: KnowledgeBase) -> None:
    only = Dimension("lone", "Lone", "", (make_entry("lone-a", Subject.LLM, "A?"),))
    reply = show_dimension("lone", Subject.BOTH, KnowledgeBase((only,)))
    assert actions(reply) == [ShowEntry("lone-a")]


def test_all_dimensions_are_compared_in_one_sentence_each(knowledge: KnowledgeBase) -> None:
    reply = show_comparison(None, knowledge)
    assert reply.text.splitlines()[1:] == [
        "- **Overview**: The answer of overview-both.",
        "- **Technical architecture**: The answer of architecture-both.",
        "- **Data types**: The answer of data-both.",
    ]
    assert actions(reply)[-1] == ShowDimension("data", Subject.BOTH)


def test_one_dimension_is_compared_by_its_lead_on_both(knowledge: KnowledgeBase) -> None:
    assert show_comparison("data", knowledge).entry == "data-both"


@pytest.mark.parametrize(
    ("answer", "brief"),
    [
        ("One thing, e.g. a song, is this. Another.", "One thing, e.g. a song, is this."),
        ("Which? That one.", "Which?"),
        ("GPT-4.5 is one\nand so on.", "GPT-4.5 is one"),
        ("**Bold** words.", "Bold words."),
        ("word " * 100, "word " * 51 + "word…"),
    ],
)
def test_the_brief_form_is_the_first_sentence(answer: str, brief: str) -> None:
    entry = replace(make_entry("data-both", Subject.BOTH, "How?"), answer=answer)
    knowledge = KnowledgeBase((Dimension("data", "Data", "", (entry,)),))
    assert show_comparison(None, knowledge).text.endswith(f"- **Data**: {brief}")


def test_topics_are_all_dimensions(knowledge: KnowledgeBase) -> None:
    reply = show_topics(knowledge)
    assert reply.text.splitlines()[1] == "- **Overview**: What each one is"
    assert actions(reply) == [ShowDimension(each.key) for each in knowledge.dimensions]


def test_no_list_has_more_buttons_than_a_message_can_hold() -> None:
    entries = tuple(make_entry(f"d0-{n}", Subject.BOTH, f"{n}?") for n in range(40))
    many = KnowledgeBase(tuple(Dimension(f"d{n}", f"D{n}", "", entries) for n in range(40)))
    assert len(show_topics(many).buttons) == MOST_BUTTONS
    assert len(show_comparison(None, many).buttons) == MOST_BUTTONS


@pytest.mark.parametrize(
    ("start", "shown", "more"),
    [
        (0, 12, "8 more"),
        (12, 8, None),
        (8, 12, None),
    ],
)
def test_a_long_list_comes_in_parts(start: int, shown: int, more: str | None) -> None:
    entries = tuple(make_entry(f"long-{n}", Subject.LLM, f"{n}?") for n in range(20))
    long = KnowledgeBase((Dimension("long", "Long", "", entries),))
    reply = act(ShowDimension("long", start=start), long)
    expected = [f"{n}?" for n in range(start, start + shown)] + ([more] if more else [])
    assert [button.label for button in reply.buttons] == expected
    if more:
        assert reply.buttons[-1].action == ShowDimension("long", start=12)


def test_a_list_that_has_become_shorter_begins_anew(knowledge: KnowledgeBase) -> None:
    first = show_dimension("data", None, knowledge)
    assert act(ShowDimension("data", start=3), knowledge) == first


# When there is no answer


def test_suggestions_are_offered_in_the_place_of_the_answer(knowledge: KnowledgeBase) -> None:
    offered = (candidate(knowledge, "data-llm"), candidate(knowledge, "data-both"))
    reply = compose(Suggestions(QUERY, offered, offered), knowledge)
    assert "Did you mean" in reply.text
    assert reply.buttons == (
        Button("Which data do LLMs learn from?", ShowEntry("data-llm", in_place=True)),
        Button("How does their training data differ?", ShowEntry("data-both", in_place=True)),
    )
    assert reply.entry is None


@pytest.mark.parametrize("occasion", Occasion)
def test_every_other_occasion_has_words_and_a_way_on(
    knowledge: KnowledgeBase, occasion: Occasion
) -> None:
    reply = compose(Fallback(QUERY, occasion), knowledge)
    assert reply.text
    assert TOPICS in reply.buttons


def test_what_is_unknown_is_admitted(knowledge: KnowledgeBase) -> None:
    reply = compose(Fallback(QUERY, Occasion.UNSURE), knowledge)
    assert "I have no answer to that" in reply.text


def test_what_is_outside_is_named_and_the_nearest_topics_offered(
    knowledge: KnowledgeBase,
) -> None:
    near = tuple(candidate(knowledge, id_) for id_ in ("data-llm", "data-both", "overview-llm"))
    outcome = Fallback(QUERY, Occasion.OUTSIDE, near, "prices and plans")
    reply = compose(outcome, knowledge)
    assert reply.text.startswith("That is about prices and plans, which is outside this FAQ")
    assert actions(reply) == [ShowDimension("data"), ShowDimension("overview"), ShowTopics()]


def test_what_is_outside_without_a_name_reads_well(knowledge: KnowledgeBase) -> None:
    reply = compose(Fallback(QUERY, Occasion.OUTSIDE), knowledge)
    assert reply.text.startswith("That is outside this FAQ")


@pytest.mark.parametrize("occasion", [Occasion.EMPTY, Occasion.HELP, Occasion.GREETING])
def test_newcomers_see_what_they_can_ask(knowledge: KnowledgeBase, occasion: Occasion) -> None:
    reply = compose(Fallback(QUERY, occasion), knowledge)
    assert reply.text.splitlines()[1:] == [
        "- How do generative AI and LLMs differ?",
        "- Which architecture do LLMs use?",
        "- Which data does generative AI learn from?",
    ]
    assert actions(reply) == [
        ShowEntry("overview-both"),
        ShowEntry("architecture-llm"),
        ShowEntry("data-generative-ai"),
        ShowTopics(),
    ]


def test_the_bot_says_what_it_is_and_what_it_is_not(knowledge: KnowledgeBase) -> None:
    reply = compose(Fallback(QUERY, Occasion.IDENTITY), knowledge)
    assert reply.text.startswith("I am a bot, and no language model: people wrote my answers")
    assert "- Which architecture do LLMs use?" in reply.text


def test_help_reads_well_for_an_empty_faq() -> None:
    assert actions(compose(Fallback(QUERY, Occasion.HELP), KnowledgeBase(()))) == [ShowTopics()]


def test_help_names_the_commands(knowledge: KnowledgeBase) -> None:
    reply = show_help((("/ask", "answers"),), knowledge)
    assert reply.text.endswith("**Commands**\n- `/ask` answers")


def test_what_the_member_wrote_is_in_no_reply(knowledge: KnowledgeBase) -> None:
    query = Query("xyzzy @everyone")
    one = (candidate(knowledge, "data-llm"),)
    outcomes: list[Outcome] = [Answer(query, one), Suggestions(query, one, one)]
    outcomes += [Fallback(query, occasion, one) for occasion in Occasion]
    assert not any("xyzzy" in str(compose(outcome, knowledge)) for outcome in outcomes)


# Buttons


def test_pressing_a_button_shows_what_it_stands_for(knowledge: KnowledgeBase) -> None:
    assert act(ShowEntry("data-llm"), knowledge) == show_entry("data-llm", knowledge)
    assert act(ShowTopics(), knowledge) == show_topics(knowledge)
    lead = act(ShowDimension("data", Subject.LLM), knowledge)
    assert lead == show_dimension("data", Subject.LLM, knowledge)


@pytest.mark.parametrize("action", [ShowEntry("gone"), ShowDimension("gone")])
def test_pressing_a_button_for_what_is_gone_gets_a_kind_sentence(
    knowledge: KnowledgeBase, action: ShowEntry | ShowDimension
) -> None:
    assert act(action, knowledge) == gone()
    assert gone().buttons == (TOPICS,)


def test_every_subject_has_a_name_to_choose_it_by() -> None:
    assert len({subject_name(subject) for subject in Subject}) == len(Subject)


@given(st.text(), st.integers(1, 50))
def test_clipping_keeps_within_the_limit_and_leaves_what_fits(text: str, longest: int) -> None:
    clipped = clip(text, longest)
    assert len(clipped) <= longest
    assert clipped == text or (len(text) > longest and clipped.endswith("…"))
