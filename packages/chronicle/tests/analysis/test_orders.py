"""An order is in force from its service, and what it forbids is only ever a candidate."""

from datetime import datetime

from packages.chronicle.tests.casework import charted, record

from desist_chronicle.analysis.orders import Candidate, Order, candidates
from desist_chronicle.people import People
from desist_chronicle.records import Precision, Record


def order(served: str, *, until: str | None = None) -> Order:
    return Order(
        name="Stalking Protection Order",
        served=datetime.fromisoformat(served),
        served_time_known="T" in served,
        until=datetime.fromisoformat(until) if until else None,
    )


def found(one: Order, *records: Record) -> list[Candidate]:
    people = People(subject=("Sam Sample",), owner=("Robin Example",), third_parties=("Lee",))
    course = charted([record(at=None), *records], people=people)
    return candidates(rows=course.corpus.rows, contacts=course.contacts, order=one)


def test_an_order_made_but_not_served_forbids_nothing() -> None:
    served = order("2024-03-12T14:00")

    at = [one.record for one in found(served, record(at="2024-03-12 13:59"), record(at="2024-03-12 14:00"))]

    assert at == [2]


def test_the_end_is_not_part_of_the_order() -> None:
    ended = order("2024-03-12T14:00", until="2024-03-14T00:00")

    at = [one.record for one in found(ended, record(at="2024-03-13 23:59"), record(at="2024-03-14 00:00"))]

    assert at == [1]


def test_an_unknown_hour_of_service_is_said_on_that_day_only() -> None:
    one, other = found(order("2024-03-12"), record(at="2024-03-12 00:01"), record(at="2024-03-13 00:00"))

    assert one.reasons == (
        "from the subject",
        "after service on 12 Mar 2024",
        "on the day of service, whose hour is not known: check which came first",
    )
    assert other.reasons == ("from the subject", "after service on 12 Mar 2024")


def test_a_record_that_states_only_the_day_of_service_is_said() -> None:
    day = record(at="2024-03-12 00:00", precision=Precision.DAY)

    one = found(order("2024-03-12T14:00"), day)[0]

    assert "the record states only the day" in one.reasons[2]


def test_contact_through_a_third_party_is_a_candidate_and_an_answer_is_not() -> None:
    by_lee = record(sender="Lee", at="2024-03-13 09:00")
    by_robin = record(sender="Robin Example", at="2024-03-13 09:00")

    candidate = found(order("2024-03-12T14:00"), by_robin, by_lee)

    assert [one.record for one in candidate] == [2]
    assert candidate[0].reasons[0] == "through a person said to act for the subject"
