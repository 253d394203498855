"""What is said of words in a referral that may lead to somebody. Pure."""

from desist.referral.locators import Finding

ON_A_PAGE = "say why at the end"


def sentence(findings: tuple[Finding, ...], *, stays: str) -> str:
    """What was found, and what to do; `stays` is what somebody does for whom the words may stay."""
    said = ", ".join(f"“{one.words[:60]}” looks like {_a(one.kind)}" for one in findings[:3])
    return f"{said}. Take it out: a referral must not lead to the victim. If it may stay, {stays}"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "ae" else f"a {kind}"
