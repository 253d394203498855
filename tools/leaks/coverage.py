"""Which routes of a zone a search must reach, and which it cannot, each with the reason."""

from collections.abc import Iterable

from desist.sites import Zone
from tools.leaks import routes

#: route -> why no walk of the synthetic area reaches it
OUT_OF_REACH: dict[str, str] = {
    "accounts:sign-out": "ends the walk; the page names nobody",
    "accounts:exit": "ends the walk, and leads to a page elsewhere",
    "accounts:policy-report": "takes what browsers report, and answers with no words",
    "accounts:lock": "ends the walk; the page names nobody",
    "accounts:role": "changes the role of the one who walks; each of the invented people has one",
    "accounts:here": "a beat that says the page is still open; it answers with no words",
    "accounts:leave": "ends the account of the one who walks",
    "accounts:end-role": "ends the role of the one who walks",
    "accounts:end-sign-in": "ends the sign-in of the one who walks",
    "accounts:reset": "ends the account of the one who walks",
    "accounts:tell-apart": "only for two accounts that look like one person, which the area does not have",
    "accounts:confirm-apart": "only while an administrator's answer about two accounts waits for a second one",
    "accounts:end-apart": "only once two administrators told two accounts apart",
    "accounts:provider": "only where an organisation has its own identity provider",
    "accounts:provider-back": "only where an organisation has its own identity provider",
    "accounts:sign-in-password": "only where a site allows passwords",
    "accounts:set-password": "only where a site allows passwords",
    "accounts:set-authenticator": "only where a site allows passwords",
    "accounts:remove-authenticator": "only where a site allows passwords",
    "accounts:accept-password": "only where a site allows passwords",
    "accounts:accept-code": "only where a site allows passwords",
    "leaving:take-back": "only while a deselection is held, which nobody in a hurry decides",
    "leaving:tell": "only after a deselection was held until noon of the next working day",
    "leaving:reopen": "only after a leaving that someone looked at and confirmed, which a walk does not",
    "leaving:reason": "only after a leaving that someone looked at and confirmed, which a walk does not",
    "contacts:note-stopped": "only once a message was stopped because it was no longer safe to send",
    "order_copies:copy": "gives back the very file that someone stored as a certified copy; the search stores none",
    "phones:end": "only for a phone in use or invited: of one person of many, whose page a walk may not come by",
    "phones:answer": "only for what a person sent from their phone: of one person of many, whose page a walk may not come by",
    **dict.fromkeys(
        ("mine:begin", "mine:invited", "mine:invited-plain", "mine:sign-in", "mine:sign-out"),
        "the way in and out of a phone: the search itself takes it before and after the walk",
    ),
    "mine:open": "only a phone's own lock answers it",
    "mine:add": "only the script of a phone sends it; it answers with no words",
    "mine:sheet": "only where the service loaded a wording, which the area has none of",
    "letters:print-out": "only for a letter that was written and whose address is known to be safe",
    "letters:posted": "only for a letter that was printed",
    "overrides:take-back": "only while a no waits for a second person: of one person of many, whose page a walk may not come by",
    "practice:strike": "only for practice that was noted: of one person of many, whose page a walk may not come by",
    "handovers:handover": "only while a hand-over waits for the colleague's answer",
    "handovers:accept": "only while a hand-over waits for the colleague's answer",
    "handovers:withdraw": "only while a hand-over waits for the colleague's answer",
    "handovers:answer": "only while an offer of a client waits for the colleague's answer",
    "quarterly:answer": "only once a commissioner asked about a return",
    "merges:compare": "only for two records of one person, which the area does not have",
    "merges:merge": "only for two records of one person, which the area does not have",
    "merges:split": "only for two records that were merged, which the area does not have",
    "merges:withdraw": "only while a merge waits for a second person",
    "transfers:offer": "only for an order in force: one of many, whose page a walk may not come by",
    "transfers:told": "only while a force without Desist was offered an order",
    "transfers:withdraw": "only while an offered order waits for the other force",
    "quality:oneself": "only for a session that was held: one of many, whose page a walk may not come by",
    "sessions:version": "only for a record that changed: one of many, whose page a walk may not come by",
    "reports:document": "only for an exit report that was signed: one of many, whose page a walk may not come by",
    "exit_reports:document": "only once the courier brought an exit report that was signed",
    "telephone_notices:change": "only for a referral under way that was typed in here: one of many, whose page a walk may not come by",
    "telephone_notices:settle": "only while a withdrawal that was typed in waits for a second person",
    "feeds:ics": "only for the secret address of a calendar, which is shown once to its maker",
    "refer:person": "only once a service says who it is, and a manager opened its form",
    "refer:myself": "only once a service says who it is, and a manager opened its form",
    "outside:one": "only for a form that a referrer without an account sent",
    "outside:take-in": "only for a form that a referrer without an account sent",
    "outside:turn-down": "only for a form that a referrer without an account sent",
    "outside:answer": "only for a form that a referrer without an account sent",
    **dict.fromkeys(
        ("answers:start", "answers:link", "answers:say"),
        "only with a link and a code, which are shown once to their maker",
    ),
    "answer_files:keep": "only once a form that an agency filled in was read back",
    "send:away": "leads to a page elsewhere",
    "judgements:ask": "only for a referral by another organisation than the police: one of many, whose page a walk may not come by",
    "judgements:type-in": "only while an answer of a force without Desist is waited for",
    "judgements:answer": "only while a programme waits for a force's judgement",
    "judgements:none-held": "only while a programme waits for a force's judgement",
    "offers:answer": "only for a person whom a service at another site offers: the area has one of each zone",
    "offers:withdraw": "only for an offer to a service at another site: the area has one of each zone",
    "moving_in:one": "only for tables of a caseload that were sent",
    "moving_in:bring": "only for tables of a caseload that were checked",
    "moving_in:take-back": "only for tables of a caseload that were checked",
    "orders:change": "only for an order that was typed in, where the police have no Desist",
    "orders:end": "only for an order that was typed in, where the police have no Desist",
    "team:register": "only for an advocate who is not in the register yet",
    "settings:enter": "only for an account that is in no register of practitioners yet",
    "applications:serve": "only while a change of an order waits for its service",
    "applications:settle": "only while an appeal waits for its end",
    "releases:decide": "only while words of an order wait for a second person",
    "releases:go-on": "only once an advocacy service gave no answer about words of an order",
    "declarations:check": "only while a colleague declared a case that nobody checked",
    "downloads:decide": "only while a file with names waits for a second person",
    "downloads:take": "only once a second person released a file with names",
    "attachments:release": "only while a file waits for a second person who gave no reason for it",
    "attachments:recall": "only for a file that was sent, by the officer who may take it back",
    "orders:clearance": "only while the police wait for an answer about words of an order",
}
#: zone -> routes that it has as a staff zone, though no role there has the rows for them
NOBODY_HAS = {
    Zone.PROGRAMME: frozenset({"post:agreement", "post:end-agreement"}),
    # Every officer of a force may see its cases, and the walk of these zones uses no account in an unusual way.
    Zone.PARTNERSHIP: frozenset(
        {"accounts:close-alert", "restrictions:emergency", "restrictions:end-emergency"}
    ),
    Zone.ADVOCACY: frozenset({"accounts:close-alert"}),
    Zone.COMMISSION: frozenset(
        {
            "accounts:close-alert",
            "post:agreement",
            "post:end-agreement",
            "post:tell",
            "restrictions:emergency",
            "restrictions:end-emergency",
            "restrictions:end",
            "restrictions:restriction",
        }
    ),
}


def missed(zone: Zone, reached: Iterable[str]) -> tuple[str, ...]:
    """Return the routes of a zone that no role reached and that have no reason for it."""
    excused = set(OUT_OF_REACH) | NOBODY_HAS.get(zone, frozenset())
    return tuple(sorted(set(routes.of(zone)) - set(reached) - excused))
