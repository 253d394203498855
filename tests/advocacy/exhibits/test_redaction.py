"""Whatever words are redacted, in whatever row: nothing that is made of an exhibit holds them."""

import io
import zipfile
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.advocacy import factories
from tests.advocacy.exhibits.test_making import archive, begun, every, finished

from desist.advocacy.exhibits import contents
from desist.advocacy.exhibits.states import State, Why
from desist.advocacy.victims.models import Victim
from desist.refusals import Refused
from desist.wall.actors import Actor
from desist_chronicle.masking import Mask, Masks, leaks
from desist_chronicle.outputs.searching import readable

pytestmark = pytest.mark.django_db

NOW = factories.NOW
LETTERS = st.characters(categories=["L", "M", "N", "P", "S", "Zs"])
NUMBERS = count()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    secret=st.text(LETTERS, min_size=3, max_size=24).map(lambda said: f"Qv{said.strip()}zx"),
    around=st.tuples(st.text(LETTERS, max_size=20), st.text(LETTERS, max_size=20)),
    spell=st.sampled_from([str, str.upper, str.casefold, lambda said: said.replace(" ", "  ")]),
)
def test_redacted_words_are_in_no_output(
    actor: Actor, robin: Victim, secret: str, around: tuple[str, str], spell: type[str]
) -> None:
    whole = f"All of this is private {next(NUMBERS)}"
    texts = (f"{around[0]} {secret} {around[1]}", f"Again: {spell(secret)}", whole)
    row = factories.kept_export(victim=robin.ref, texts=texts)
    ref = begun(actor, robin, submission=row.ref, rows=every(row))
    for number, words in ((0, secret), (2, "")):
        try:
            contents.redact(
                actor=actor,
                ref=ref,
                place=(row.ref, number),
                words=words,
                why=Why.OTHERS,
                submission=f"{row.ref} {number}",
                at=NOW,
            )
        except Refused:  # the words cannot be found as they were typed, and the advocate is told
            return

    made = finished(actor, ref)

    assert made.state == State.MADE
    mask = Mask(Masks(terms=(secret,)))
    with TemporaryDirectory(dir="/dev/shm") as folder:
        zipfile.ZipFile(io.BytesIO(archive(made))).extractall(folder)
        for path in (one for one in Path(folder).rglob("*") if one.is_file()):
            text = readable(path)
            assert leaks(mask=mask, output=text) == [], path.name
            assert secret not in text, path.name
            assert whole not in " ".join(text.split()), path.name
