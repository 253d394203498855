"""The data dictionary of disclosures, on every side, and of sharing agreements."""

from desist.reference.dictionary import AREA, REF, ROW, VERSION, Entry
from desist.reference.retention import Retention

SUBMISSION = "Guards against a double submit"
QUESTION = {
    "purpose": "What it is for, coded",
    "question": "What is asked",
    "necessity": "Why it is needed",
    "needed_by": "By which day",
}
CONTENT = {
    "nature": "Fact or assessment",
    "as_of": "On which day it stood so",
    "may_be_raised": "Whether it may be raised with the participant",
    "told_on": "When the police told the person; without it nothing may be raised",
    "purpose": "What it is for, coded",
}

AGREEMENT = {
    "post.Agreement": Entry(
        Retention.REFERENCE,
        {
            "id": ROW,
            "ref": REF,
            "area": AREA,
            "version": VERSION,
            "title": "What it is called",
            "parties": "Partners of the register that are parties",
            "others": "Other parties",
            "purposes": "For which purposes, coded",
            "lawful_basis": "On which lawful basis",
            "begins_on": "Its first day",
            "review_on": "When it is reviewed next",
            "ends_on": "Its last day",
            "document": "SHA-256 of the signed document, which is not kept here",
            "submission": SUBMISSION,
            "kept_by": "Account that entered it",
            "kept_at": "When",
            "ended_on": "Since when it covers nothing, where it was ended before its time",
            "ended_by": "By whom",
        },
    ),
}

DISCLOSURES = {
    **AGREEMENT,
    "partnership.DisclosureRequest": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "About whom",
            "area": AREA,
            "token": "Names the request towards the programme; never shown",
            **QUESTION,
            "asked_at": "When it was asked",
            "received_at": "When it arrived",
            "state": "Where it stands",
            "reason": "Why nothing was disclosed, coded",
            "settled_by": "Account that answered it",
            "settled_at": "When",
        },
    ),
    "partnership.Disclosure": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "About whom; empty: offered about somebody who is not referred",
            "service": "The advocacy service that offered it",
            "thread": "Token shared with that service alone; never shown",
            "side": "Reference of the service's client here",
            "request": "Which request it answers",
            "area": AREA,
            "state": "Where it stands",
            "version": VERSION,
            "token": "Names it towards the programme; never shown",
            "offer": "Names it towards the service that offered it; never shown",
            "words": "The exact copy",
            **CONTENT,
            "basis": "On what footing, coded",
            "agreement": "Reference of the sharing agreement",
            "necessity": "Why it is needed",
            "proportionality": "Why it is no more than needed",
            "submission": SUBMISSION,
            "started_by": "Account that began it, or the post",
            "started_at": "When",
            "sent_at": "When it was sent to the programme",
            "received_at": "When exactly this copy arrived",
            "received_from": "Who said so, where it went by hand",
            "closed_by": "Account that dropped, refused or recalled it",
            "closed_at": "When",
            "reason": "Why, coded",
            "stopped_at": "When the other side said that it is no longer used",
        },
    ),
    "programme.DisclosureRequest": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "About whom",
            "area": AREA,
            "token": "Names the request towards the police; never shown",
            **QUESTION,
            "state": "Where it stands",
            "reason": "Why nothing was disclosed, coded",
            "asked_by": "Account that asked",
            "asked_at": "When",
            "settled_at": "When it was answered",
            "submission": SUBMISSION,
        },
    ),
    "programme.Disclosure": Entry(
        Retention.CASE,
        {
            "id": ROW,
            "ref": REF,
            "referral": "About whom",
            "request": "Which question it answers",
            "area": AREA,
            "token": "Names it towards the police; never shown",
            "words": "The exact copy; emptied when it is recalled, and in no history",
            **CONTENT,
            "fingerprint": "SHA-256 of the exact copy as it arrived",
            "received_at": "When it arrived; empty: recalled before",
            "recalled_at": "Since when it must not be used any more",
            "reason": "Why, coded",
        },
    ),
}
