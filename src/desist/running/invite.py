"""`python -m desist.running.invite`: invites a person to one site, on the word of the operator of the machine.

The request comes as JSON on the standard input, so that no name stands in the list of processes.
"""

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any

import django
from django.conf import settings


@dataclass(frozen=True)
class Asked:
    """The person to invite, with their role and area."""

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
        sys.stdout.write(f"{_invited(asked)}\n")
    except _refusals() as refusal:
        sys.stderr.write(f"desist: {SENTENCES[type(refusal).__name__]}\n")
        raise SystemExit(1) from None


SENTENCES = {
    "HasLeft": "This person has left the site. Invite them under another e-mail address.",
    "NotARoleHere": "Nobody can hold this role on this side. --role names one of the site's roles, such as administrator.",
    "NotOneRecipient": "That is no e-mail address. Give one such as sam.lowe@service.example.",
}


def _refusals() -> tuple[type[Exception], ...]:
    from desist.accounts.commands import HasLeft, NotARoleHere  # noqa: PLC0415 -- models exist once Django is set up
    from desist.ui.email import NotOneRecipient  # noqa: PLC0415 -- see above

    return (HasLeft, NotARoleHere, NotOneRecipient)


def _invited(asked: dict[str, Any]) -> str:
    from django.utils import timezone  # noqa: PLC0415 -- see above

    from desist.accounts.factors.passkeys import Host  # noqa: PLC0415 -- see above
    from desist.accounts.invitations import commands  # noqa: PLC0415 -- see above
    from desist.ui import email  # noqa: PLC0415 -- see above
    from desist.wall import actors  # noqa: PLC0415 -- see above

    email.compose(
        to=asked["email"], kind=email.Kind.INVITATION, link="https://example.org/"
    )  # one address, or none
    made = commands.invite_from_console(
        actor=actors.console(), host=Host(_own_name(), settings.DESIST_SITE_NAME), at=timezone.now(), **asked
    )
    sent = "It goes out by e-mail as well, as soon as the site runs." if made.sent else "No e-mail went out."
    return (
        f"{made.link}\n\nThis link works once, for 7 days. Hand it to {asked['name']} alone. {sent} "
        "It is shown this once; run the command again for a new one, which ends this one."
    )


def _own_name() -> str:
    """The host name of this site; on this very machine with its port, since there is no proxy."""
    import os  # noqa: PLC0415 -- see above

    name = str(settings.ALLOWED_HOSTS[0])
    return f"{name}:{os.environ['DESIST_PORT']}" if name.endswith("localhost") else name


if __name__ == "__main__":
    main()
