"""What is fetched while building holds nothing whose licence ends at GOV.UK, and every file it names."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

import desist.ui
from desist.ui import settings as ui

HOME = Path(desist.ui.__file__).parent
VENDOR = HOME / "vendor"
ROOT = Path(__file__).parents[2]
TEXTS = sorted(VENDOR.glob("*.css")) + sorted(VENDOR.glob("*js"))


def test_the_styles_and_scripts_are_there() -> None:
    assert {path.name for path in TEXTS} == {
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
        "moj-frontend.min.css",
        "exit-this-page.bundle.mjs",
        "moj-frontend.min.js",
    }


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_no_font_crest_or_source_map_is_named(path: Path) -> None:
    text = path.read_text("utf-8")

    assert "GDS Transport" not in text
    assert "@font-face" not in text
    assert "sourceMappingURL" not in text
    assert not re.search(r"url\([^)]*(crest|crown|logo)", text)
    assert "url(/" not in text


@pytest.mark.parametrize(
    "path", [path for path in TEXTS if path.suffix == ".css"], ids=lambda path: path.name
)
def test_every_image_a_style_names_is_there(path: Path) -> None:
    named = re.findall(r"url\(([^)]+)\)", path.read_text("utf-8"))

    assert all((VENDOR / name).is_file() for name in named)


def test_only_icons_are_kept_of_the_images() -> None:
    assert all(path.name.startswith("icon-") for path in (VENDOR / "images").iterdir())


def test_the_notice_that_the_licence_asks_for_goes_along() -> None:
    notice = (VENDOR / "NOTICE.txt").read_text("utf-8")

    assert "Crown Copyright (Government Digital Service)" in notice
    assert "Permission is hereby granted" in notice


def test_the_lock_names_no_registry_and_pins_every_package() -> None:
    lock = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))

    packages = {name: facts for name, facts in lock["packages"].items() if name}
    assert all(
        "resolved" not in facts and facts["integrity"].startswith("sha512-") for facts in packages.values()
    )


@pytest.mark.slow
def test_the_files_are_collected_under_hashed_names_and_our_modules_follow_them(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=ui.STORAGES):
        call_command("collectstatic", verbosity=0, interactive=False)

    names = json.loads((tmp_path / "staticfiles.json").read_text("utf-8"))["paths"]
    main = (tmp_path / names["ui/main.js"]).read_text("utf-8")
    assert names["vendor/govuk-frontend.min.js"].split("/")[1] in main


#: the one scale of type: 16, 19, 24 and 32 pixels
SCALE = {"1rem", "1.1875rem", "1.5rem", "2rem"}
SIZE = re.compile(r"font(?:-size)?:[^;{}]*?(?<![\d.])(\d*\.?\d+(?:rem|px|em|pt))")


def odd_sizes(css: str) -> set[str]:
    """Return the sizes of type that are not of the scale."""
    return set(SIZE.findall(css)) - SCALE


def test_our_own_styles_keep_to_one_scale_of_type() -> None:
    assert odd_sizes((HOME / "static" / "ui" / "desist.css").read_text()) == set()


def test_a_size_beside_the_scale_is_found() -> None:
    assert odd_sizes(".a { font: 700 1.0625rem/1.4 system-ui; } .b { font-size: 15px; padding: 3px; }") == {
        "1.0625rem",
        "15px",
    }
