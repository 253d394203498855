"""Keys rotate without a gap: nothing is lost, doubled or dead because a site has new keys."""

from tests.post.two_sites import HANDLED, Site


def test_a_rotation_as_documented_leaves_no_alert_dead(two: tuple[Site, Site]) -> None:
    programme, police = two
    programme.alert(police, "before the rotation")
    programme.rotate()
    programme.restart()
    programme.alert(police, "after the rotation")

    programme.carry(police)
    police.handle()

    assert police.dead() == []
    assert HANDLED == [
        ("northmere-programme", "before the rotation"),
        ("northmere-programme", "after the rotation"),
    ]
