"""What is said of words in a referral that may lead to somebody. Pure."""

from desist.locators import Finding
from desist.referral.lists import FalseAlarm

ON_A_PAGE = "give the reason at the end of the page"


def sentence(findings: tuple[Finding, ...], *, stays: str) -> str:
    """What was found, and what to do; `stays` is what somebody does for whom the words may stay."""
    return f"{_said(findings[:3])}. Take it out: a referral must not identify or locate the victim. If it can stay, {stays}"


def kept(findings: tuple[Finding, ...], *, why: FalseAlarm) -> str:
    """What was found and stays, for whoever is asked to read it before it is kept."""
    return f"{_said(findings)}. Why it stays: {why.label}"


def _said(findings: tuple[Finding, ...]) -> str:
    return ", ".join(f"“{one.words[:60]}” looks like {one.like}" for one in findings)
