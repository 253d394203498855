"""A site's keys: one purpose's key tells nothing of another's, and old sets still open."""

from datetime import date

import pytest

from desist.keys.sitekeys import UnknownKey, generate, rotate

DAY = date(2026, 3, 2)
PURPOSES = ("mfa", "vault", "search", "audit")


def test_no_two_purposes_or_sites_share_a_key() -> None:
    north, south = (generate(site=site, on=DAY).current for site in ("north", "south"))

    keys = [getattr(key_set, purpose) for key_set in (north, south) for purpose in PURPOSES]
    keys += [half.private_bytes_raw() for half in (north.seal, north.sign, south.seal, south.sign)]

    assert len({*keys, north.root, south.root}) == len(keys) + 2
    assert {len(key) for key in keys} == {32}


def test_the_same_root_gives_the_same_keys_in_every_process() -> None:
    first = generate(site="north", on=DAY).current

    again = type(first)(first.site, first.made, first.root)

    assert again.id == first.id
    assert again.django_secret == first.django_secret
    assert again.seal.private_bytes_raw() == first.seal.private_bytes_raw()


def test_the_derivation_never_changes() -> None:
    """Figures fixed here, because a change would lock everyone out of what they keep."""
    key_set = type(generate(site="north", on=DAY).current)("north", DAY, bytes(range(32)))

    assert key_set.id == "tgnkcp7u"
    assert key_set.vault.hex() == "4984f024507c9a940bcebe21cc9ebbee55372938671ba36b75ba810c4e7449c3"
    assert key_set.django_secret == "Hhal1iCk4mKmc9h2_fXRPs0j2-1lpX3k2wOXaPKYB_o="


def test_rotation_uses_a_new_set_and_keeps_the_old_for_opening() -> None:
    old = generate(site="north", on=DAY)

    new = rotate(keys=old, on=date(2027, 3, 1))

    assert new.current.id != old.current.id
    assert new.find(old.current.id) == old.current
    assert [key.id for key in new.public.keys] == [new.current.id, old.current.id]


def test_a_key_that_the_site_does_not_have_is_named() -> None:
    keys = generate(site="north", on=DAY)

    with pytest.raises(UnknownKey, match=r"north has no key zzzzzzzz\..*keys recover"):
        keys.find("zzzzzzzz")


def test_printed_keys_show_no_secret() -> None:
    keys = generate(site="north", on=DAY)

    assert keys.current.root.hex() not in repr(keys)
    assert str(keys.current.root) not in repr(keys)
