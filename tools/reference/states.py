"""docs/states.md: what may follow what, drawn from the transition tables."""

import importlib
from collections.abc import Iterator

from django.db.models import Choices

#: the first state of a table in which no record was kept yet
DUE = "due"
#: title -> the module that holds `TRANSITIONS`
TABLES = {
    "A referral, on the police side": "desist.partnership.referrals.states",
    "A side of a pair": "desist.partnership.pairs.states",
    "A Stalking Protection Order": "desist.partnership.orders.states",
    "The case that a breach became": "desist.partnership.breaches.states",
    "An order offered to another force": "desist.partnership.transfers.states",
    "A person offered to another service, in two zones": "desist.moving_in.offers.states",
    "A referral to an agency, as the agency reads it": "desist.partnership.support.states",
    "A paper of a panel": "desist.partnership.panels.states",
    "Two records of one person, in three zones": "desist.merges.states",
    "The release of an order's words": "desist.partnership.releases.states",
    "What a client sent by a link": "desist.advocacy.submissions.states",
    "A disclosure, on the police side": "desist.partnership.disclosures.states",
    "A question to the police, in the programme": "desist.programme.disclosures.states",
    "A referral, in the programme": "desist.programme.referrals.states",
    "An assessment": "desist.programme.assessments.states",
    "A goal": "desist.programme.plans.states",
    "A referral to an agency, in the programme and in advocacy": "desist.agencies.states",
    "A referral to an agency that the person said no to": "desist.programme.plans.support.states",
    "An agreement to take part": "desist.programme.agreement.states",
    "An episode": "desist.programme.episodes.states",
    "How someone leaves": "desist.programme.leaving.states",
    "An exit report": "desist.programme.leaving.reports.states",
    "A quarterly return, in three zones": "desist.quarterly.states",
    "A return that came, in the commission": "desist.commission.returns.states",
    "What the police tell of an extract's people": "desist.partnership.extracts.states",
    "An extract that came, in the commission": "desist.commission.extracts.states",
    "A follow-up after the end": "desist.programme.leaving.followups.states",
    "A letter of the programme": "desist.programme.letters.states",
    "A supervision": "desist.programme.supervision.states",
    "A session": "desist.programme.sessions.states",
    "A version of the curriculum": "desist.programme.curriculum.states",
    "A client's case, in advocacy": "desist.advocacy.victims.states",
    "A client offered to another advocate": "desist.advocacy.handovers.states",
    "A pair request, in advocacy": "desist.advocacy.pairs.states",
    "A breach pack, in advocacy": "desist.advocacy.packs.states",
    "A possible breach, in advocacy": "desist.advocacy.candidates.states",
    "A breach report, on the police side": "desist.partnership.reports.states",
    "An exhibit that was sent, in advocacy": "desist.advocacy.sent_exhibits.states",
    "An exhibit that came with a report, on the police side": "desist.partnership.exhibits.states",
    "The answer about words of an order, in advocacy": "desist.advocacy.orders.states",
    "News for a client": "desist.advocacy.updates.states",
    "A neutral e-mail to a client": "desist.advocacy.contacts.states",
    "What is told about a client": "desist.advocacy.disclosures.states",
    "A client's need": "desist.advocacy.safety.states",
    "An emergency access": "desist.wall.emergencies",
    "A file with names": "desist.audit.downloads.states",
    "A risk form": "desist.programme.risk.scenarios.states",
    "A concern, and its alert": "desist.programme.concerns.states",
    "A concern that is followed": "desist.programme.concerns.stages",
}


def page() -> str:
    """The whole page, as Markdown with Mermaid diagrams and a table under each."""
    return (
        "\n".join([*_head(), *(line for title, name in TABLES.items() for line in _table(title, name))])
        + "\n"
    )


def _head() -> Iterator[str]:
    yield "# States"
    yield ""
    yield "This page is printed from the transition tables by `./desist docs`; a test keeps it true."


def _table(title: str, name: str) -> Iterator[str]:
    transitions = importlib.import_module(name).TRANSITIONS
    yield from ("", f"## {title}", "", "```mermaid", "stateDiagram-v2")
    for state, following in transitions.items():
        yield f"    {state or DUE}: {_label(state)}"
        yield from (f"    {state or DUE} --> {after}" for after in following)
    yield from ("```", "", "| state | may be followed by |", "|---|---|")
    for state, following in transitions.items():
        after = ", ".join(_label(one) for one in following) or "nothing: it is final"
        yield f"| {_label(state)} | {after} |"


def _label(state: str) -> str:
    """Return the name of a state; one that has not ended in any way yet is due."""
    return str(state.label) if isinstance(state, Choices) else DUE.capitalize()
