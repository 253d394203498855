"""Wording comes from a file that fits the instrument, or every reason why it does not is told."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.instruments.files import WEIGHT, options, questionnaire, sealed

from desist.instruments import fhir, library
from desist.instruments.model import Instrument

PHQ9 = library.instrument(name="phq-9")
CORE10 = library.instrument(name="core-10")


@pytest.mark.parametrize("known", library.current(), ids=lambda known: known.name)
def test_a_file_that_fits_is_read_and_kept_word_for_word(known: Instrument) -> None:
    wording = fhir.read(sealed(questionnaire(known)), instrument=known.name)

    assert [question.text for question in wording.questions] == [
        f"Invented question {item.number}" for item in known.items
    ]
    assert wording.introduction == "How was it lately?"
    assert wording.licence == "Invented for tests: anybody may use it"
    assert fhir.kept(wording.to_json()) == wording


def test_the_instrument_is_known_by_the_files_own_name() -> None:
    assert fhir.read(sealed(questionnaire(CORE10))).instrument == "core-10"


def test_answers_may_stand_in_a_list_that_the_file_contains() -> None:
    document = questionnaire(PHQ9)
    document["contained"] = [
        {
            "resourceType": "ValueSet",
            "id": "often",
            "compose": {"include": [{"concept": [one["valueCoding"] for one in options(PHQ9)]}]},
        }
    ]
    for row in document["item"][1]["item"]:
        del row["answerOption"]
        row["answerValueSet"] = "#often"

    assert fhir.read(sealed(document)).questions[8].answers[3] == (3, "Answer 3")


def test_answers_may_be_plain_figures() -> None:
    document = questionnaire(library.instrument(name="goal"))
    document["item"][1]["item"][0]["answerOption"] = [{"valueInteger": figure} for figure in range(11)]

    assert fhir.read(sealed(document), instrument="goal").questions[0].answers[10] == (10, "10")


def test_a_byte_order_mark_does_no_harm() -> None:
    assert fhir.read(b"\xef\xbb\xbf" + sealed(questionnaire(PHQ9))).instrument == "phq-9"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<Questionnaire/>", "The file is not JSON"),
        (b"\xff\xfe", "The file is not JSON"),
        (b"[" * 100_000, "The file is not JSON"),
        (b"[]", "not a FHIR Questionnaire"),
        (b'{"resourceType": "Patient"}', "not a FHIR Questionnaire"),
        (b" " * 1_000_001, "larger than 1 MB"),
        (b'{"resourceType": "Questionnaire"}', "does not say which instrument"),
    ],
)
def test_another_file_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(fhir.WordingRefused, match=sentence):
        fhir.read(content)


def test_an_instrument_that_desist_does_not_have_is_named() -> None:
    with pytest.raises(fhir.WordingRefused, match=r"no instrument “mood”\. There are: core-10"):
        fhir.read(sealed(questionnaire(PHQ9)), instrument="mood")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    document = questionnaire(CORE10, copyright="")
    rows = document["item"][1]["item"]
    rows[0]["text"] = ""
    rows[1]["answerOption"] = options(CORE10)  # not the other way round
    rows[3]["answerOption"] = options(CORE10)[:4]
    rows[4]["answerOption"] = [{"valueCoding": {"display": "Often"}}]
    rows[5]["answerOption"][0]["valueCoding"]["display"] = ""
    del rows[9]

    with pytest.raises(fhir.WordingRefused) as refused:
        fhir.read(sealed(document))

    assert refused.value.problems == (
        "The file declares no licence. Put the terms on which you may use the wording into its field “copyright”.",
        "CORE-10 has 10 questions; the file has 9.",
        "Question 1 has no text.",
        "The figures of question 2 must go down from the first answer to the last, as on the form.",
        (
            "Question 4 needs an answer for each of the figures 0, 1, 2, 3, 4; the file gives 0, 1, 2, 3. "
            "Each answer needs its ordinalValue."
        ),
        (
            "Question 5 needs an answer for each of the figures 0, 1, 2, 3, 4; the file gives none. "
            "Each answer needs its ordinalValue."
        ),
        "An answer of question 6 has no label.",
    )


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["item", "type", "text", "answerOption", "contained", "extension", "valueCoding", "url"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=20,
    )
)
def test_no_file_of_any_shape_breaks_the_reader(shape: object) -> None:
    document = {
        "resourceType": "Questionnaire",
        "name": "PHQ9",
        "item": shape,
        "contained": shape,
        "url": WEIGHT,
    }

    with pytest.raises(fhir.WordingRefused):
        fhir.read(json.dumps(document).encode())
