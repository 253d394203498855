"""The doors to and from a commission: see post/doors.py."""

from desist.post import payloads
from desist.post.door import Door
from desist.sites import Zone

#: what services, forces and commissioners say about returns: numbers of many people, and never of a case
OF_RETURNS: tuple[Door, ...] = tuple(
    Door(payload, *((Zone.COMMISSION, counts) if asks else (counts, Zone.COMMISSION)), purpose)
    for counts in (Zone.PROGRAMME, Zone.PARTNERSHIP, Zone.ADVOCACY)
    for payload, asks, purpose in (
        (payloads.ServiceReturn, False, "A return of a quarter: numbers alone, small ones withheld."),
        (payloads.ReturnRecalled, False, "A return must not be used any more: its numbers are deleted."),
        (payloads.ReturnQuestion, True, "A commissioner asks about a return."),
        (payloads.ReturnAnswer, False, "A question about a return is answered."),
    )
)

#: what a programme and the police tell an evaluator of people under a pseudonym, by a named agreement
OF_EXTRACTS: tuple[Door, ...] = (
    Door(
        payloads.OutcomeExtract,
        Zone.PROGRAMME,
        Zone.COMMISSION,
        "An extract for an evaluator under a named agreement: pseudonyms, days and codes; nobody stands out.",
    ),
    Door(
        payloads.ExtractRecalled,
        Zone.PROGRAMME,
        Zone.COMMISSION,
        "An extract must not be used any more: it is deleted, with the studies made of it.",
    ),
    Door(
        payloads.OutcomesAsked,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "A force is asked to tell the evaluator what it recorded of people it referred. Its answer does not come back.",
    ),
    Door(
        payloads.ExtractRecalled,
        Zone.PROGRAMME,
        Zone.PARTNERSHIP,
        "The extract was recalled: what the force was asked for it is deleted.",
    ),
    Door(
        payloads.PoliceOutcomes,
        Zone.PARTNERSHIP,
        Zone.COMMISSION,
        "What the police recorded of people of an extract: pseudonyms, days and codes; nobody stands out.",
    ),
    Door(
        payloads.ExtractRecalled,
        Zone.PARTNERSHIP,
        Zone.COMMISSION,
        "What the police recorded must not be used any more: it is deleted, with the studies made of it.",
    ),
)
