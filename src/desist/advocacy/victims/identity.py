"""Who somebody is, as one frozen answer: kept locked with the person's own key."""

from dataclasses import dataclass

FIELD = "identity"


@dataclass(frozen=True)
class Identity:
    """Names and what was said on the way in. `called` is how to speak to them; `born` an ISO day or empty."""

    given_names: str
    family_name: str
    called: str = ""
    born: str = ""
    account: str = ""  # what happened, in the words of whoever sent them
    safety: str = ""  # what was said about contacting them safely
    sent_by: str = ""  # the officer or the other service, and how to reach them

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given_names} {self.family_name}".strip()


#: what is shown of somebody whose key was destroyed
NOBODY = Identity(given_names="Erased", family_name="person")
