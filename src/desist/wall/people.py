"""Two accounts of one person are one: every rule that needs two people asks here, and compares no names itself."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.module_loading import import_string


def are_one_person(one: str, *others: str) -> bool:
    """Whether an account is any of the others, or looks like the same person as one of them."""
    if one in others:
        return True
    return any(one in pair for pair in _alike({one, *others}))


def count(accounts: Iterable[str]) -> int:
    """The number of people behind these accounts."""
    groups = [{account} for account in set(accounts)]
    for pair in _alike(set().union(*groups)):
        together = [group for group in groups if group & pair]
        groups = [*(group for group in groups if not group & pair), set().union(*together)]
    return len(groups)


def _alike(accounts: set[str]) -> set[frozenset[str]]:
    """The pairs of accounts that look like one person, by the site's `DESIST_ONE_PERSON`."""
    known = {account for account in accounts if account}
    if len(known) < 2:
        return set()
    found: set[frozenset[str]] = import_string(settings.DESIST_ONE_PERSON)(known)
    return found
