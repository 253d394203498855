"""A client's identity, as one frozen answer: kept locked with the client's own key."""

from dataclasses import dataclass

FIELD = "identity"


@dataclass(frozen=True)
class Identity:
    """Names, and the words that came with the client. `called` is the name to use; `born` is an ISO day or empty."""

    given_names: str
    family_name: str
    called: str = ""
    born: str = ""
    account: str = ""  # what happened, in the words of the officer or service that sent the client
    safety: str = ""  # the words about safe contact with the client
    sent_by: str = ""  # the officer or the other service, and how to reach them

    @property
    def name(self) -> str:
        """The whole name."""
        return f"{self.given_names} {self.family_name}".strip()


#: the identity shown for a client whose key was destroyed
NOBODY = Identity(given_names="Erased", family_name="person")
