"""What a sharing agreement may be for: the purposes of a disclosure, and the evaluation of a service."""

from desist.disclosure.codes import Purpose

EVALUATION = "evaluation"
PURPOSES: tuple[tuple[str, str], ...] = (
    *((one.value, str(one.label)) for one in Purpose),
    (EVALUATION, "To evaluate the service, from pseudonymised extracts"),
)
WORDS = dict(PURPOSES)
