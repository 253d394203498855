"""What the demo shows of disclosures: every stage, the same exact copy on both sides, nothing of what was recalled."""

import pytest
from tests.synthetic.conftest import NOW

from desist.partnership.disclosures import commands
from desist.partnership.disclosures.models import Disclosure as Sent
from desist.partnership.disclosures.models import DisclosureRequest as Asked
from desist.post.models import Agreement
from desist.programme.disclosures.models import Disclosure as Received
from desist.programme.disclosures.models import DisclosureRequest as Question
from tools.synthetic import disclosure_agreements, police_disclosures, programme_disclosures
from tools.synthetic.cases import Block


@pytest.fixture
def disclosed(loaded: Block) -> Block:
    disclosure_agreements.write(at=NOW)
    police_disclosures.write(loaded.cases, at=NOW)
    programme_disclosures.write(loaded.cases, at=NOW)
    return loaded


def test_both_sides_have_the_same_exact_copies(disclosed: Block) -> None:
    sent = {row.token: commands.content(row).fingerprint for row in Sent.objects.exclude(sent_at=None)}

    assert sent == dict(Received.objects.values_list("token", "fingerprint"))


def test_every_stage_can_be_looked_at(disclosed: Block) -> None:
    assert set(Sent.objects.values_list("state", flat=True)) == {"draft", "received", "recalled"}
    assert set(Question.objects.values_list("state", flat=True)) == {"asked", "answered", "refused"}
    assert set(Asked.objects.values_list("state", flat=True)) == {"open", "answered", "refused"}
    draft = Sent.objects.get(state="draft")
    assert [one.holds(NOW) for one in commands.given(draft)] == [True]
    assert all(len(commands.given(row)) == 2 for row in Sent.objects.exclude(sent_at=None))
    assert Agreement.objects.filter(ends_on=None).count() == 2


def test_of_what_was_recalled_the_programme_has_no_word(disclosed: Block) -> None:
    row = Received.objects.exclude(recalled_at=None).get()

    assert (row.words, row.may_be_raised) == ("", False)
