"""`python -m desist.running.invite`: invites a person to one site, on the word of the operator of the machine.

The request comes as JSON on the standard input, so that no name stands in the list of processes. An empty request lists
the roles and the areas of the site.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import django
from django.conf import settings

LIST = "{}"
KNOWN = """Roles: {roles}
Areas: {areas}"""


class Unknown(Exception):
    """There is no role, or no area, of the name that was given; the sentence lists those there are."""


@dataclass(frozen=True)
class Asked:
    """The person to invite, with their role and area, each as pages or rows name it."""

    name: str
    email: str
    role: str
    area: str

    def to_json(self) -> str:
        """The form that `main` reads."""
        return json.dumps(asdict(self))


def main() -> None:
    """Print the link, or the sentence that gives the reason against it, and exit 1 then."""
    django.setup()
    asked = json.loads(sys.stdin.read())
    try:
        sys.stdout.write(f"{_invited(asked) if asked else _known()}\n")
    except _refusals() as refusal:
        sys.stderr.write(f"desist: {SENTENCES.get(type(refusal).__name__, str(refusal))}\n")
        raise SystemExit(1) from None


SENTENCES = {
    "HasLeft": "This person has left the site. Invite them under another e-mail address.",
    "NotOneRecipient": "That is no e-mail address. Give one such as sam.lowe@service.example.",
}


def _refusals() -> tuple[type[Exception], ...]:
    from desist.accounts.commands import HasLeft  # noqa: PLC0415 -- models exist once Django is set up
    from desist.ui.email import NotOneRecipient  # noqa: PLC0415 -- see above

    return (HasLeft, NotOneRecipient, Unknown)


def _known() -> str:
    from desist.accounts import queries  # noqa: PLC0415 -- see above

    areas = _joined(name for _, name in queries.areas()) or "none yet; the first invitation names one"
    return KNOWN.format(roles=_joined(name for _, name in queries.roles_here()), areas=areas)


def _invited(asked: dict[str, Any]) -> str:
    from django.utils import timezone  # noqa: PLC0415 -- see above

    from desist.accounts import queries  # noqa: PLC0415 -- see above
    from desist.accounts.factors.passkeys import Host  # noqa: PLC0415 -- see above
    from desist.accounts.invitations import commands  # noqa: PLC0415 -- see above
    from desist.ui import email  # noqa: PLC0415 -- see above
    from desist.wall import actors  # noqa: PLC0415 -- see above

    email.compose(
        to=asked["email"], kind=email.Kind.INVITATION, link="https://example.org/"
    )  # one address, or none
    asked["role"] = _named("role", asked["role"], queries.roles_here())
    if areas := queries.areas():
        asked["area"] = _named("area", asked["area"], areas)
    made = commands.invite_from_console(
        actor=actors.console(), host=Host(_own_name(), settings.DESIST_SITE_NAME), at=timezone.now(), **asked
    )
    sent = "It goes out by e-mail as well, as soon as the site runs." if made.sent else "No e-mail went out."
    return (
        f"{made.link}\n\nThis link works once, for 7 days. Hand it to {asked['name']} alone. {sent} "
        "It is shown this once; run the command again for a new one, which ends this one."
    )


def _named(what: str, said: str, choices: Iterable[tuple[str, str]]) -> str:
    """The code of a choice that is given by its code or its name, in any case. Raises Unknown."""
    sought = said.strip().casefold()
    for code, name in choices:
        if sought in {code.casefold(), name.casefold()}:
            return code
    more = "" if what == "role" else " An administrator adds one on the page Accounts, under Areas."
    raise Unknown(
        f"There is no {what} {said.strip()!r} here. It is one of: {_joined(name for _, name in choices)}.{more}"
    )


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _own_name() -> str:
    """The host name of this site; on this very machine with its port, since there is no proxy."""
    import os  # noqa: PLC0415 -- see above

    name = str(settings.ALLOWED_HOSTS[0])
    return f"{name}:{os.environ['DESIST_PORT']}" if name.endswith("localhost") else name


if __name__ == "__main__":
    main()
