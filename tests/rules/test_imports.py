"""What may import what: the contracts of pyproject.toml are complete, fail when broken, and slices go one way."""

import copy
import graphlib
from collections.abc import Iterable
from typing import Any

import grimp
import pytest
from importlinter.application import use_cases
from importlinter.configuration import configure
from importlinter.domain.contract import registry
from tests.rules.code import ROOT, Module, modules

configure()
OPTIONS = use_cases.read_user_options(str(ROOT / "pyproject.toml"))
CONTRACTS = OPTIONS.contracts_options
PURE = {"desist.instruments", "desist.orders"}
WITH_SLICES = ("programme", "partnership", "advocacy", "commission", "accounts", "post", "desk")

Edges = set[tuple[str, str]]


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    cache = str(ROOT / ".import_linter_cache")
    return grimp.build_graph(
        *OPTIONS.session_options["root_packages"], include_external_packages=True, cache_dir=cache
    )


def broken(graph: grimp.ImportGraph, contracts: Iterable[dict[str, Any]] = CONTRACTS) -> list[str]:
    """Return which of some contracts an import graph breaks."""
    use_cases._register_built_in_contract_types()
    found = []
    for options in contracts:
        contract = registry.get_contract_class(options["type"])(
            options["name"], OPTIONS.session_options, options
        )
        if not contract.check(copy.deepcopy(graph), verbose=False).kept:
            found.append(options["name"].partition(":")[0])
    return found


@pytest.mark.parametrize(
    ("importer", "imported", "contract"),
    [
        ("desist.programme.referrals.queries", "desist.advocacy.clients.queries", "The zones never import"),
        ("desist.orders.clocks", "desist.locators", "The instruments and the law"),
        ("desist.instruments.library", "django", "The instruments and the law"),
        ("desist_chronicle.people", "django", "A distribution of its own"),
        ("desist_evaluation.rates", "desist_chronicle.people", "No distribution needs the other"),
        ("desist_chronicle.people", "desist.names", "A distribution of its own"),
        ("desist.wall.gate", "desist.accounts.models", "Layers"),
        ("desist.programme.referrals.commands", "desist.zones.base", "Layers"),
        ("desist.zones.worker", "desist.running.web", "Layers"),
        ("desist.backup.saving", "desist.zones.start", "Layers"),
        ("desist.zones.base", "tools.synthetic.staff", "What ships never imports a tool"),
        ("desist_chronicle.people", "tools.bench.trends", "What ships never imports a tool"),
        ("tools.synthetic.names", "tools.bench.pages", "Tools"),
        ("tools.synthetic.names", "desist.running.deploy", "Invented people need no process"),
        (
            "desist.programme.curriculum.skills.views",
            "desist.programme.episodes.models",
            "Views and forms never touch",
        ),
        (
            "desist.programme.sessions.diary.models",
            "desist.programme.sessions.diary.views",
            "One way inside a slice",
        ),
    ],
)
def test_a_forbidden_import_breaks_its_contract(
    imports: grimp.ImportGraph, importer: str, imported: str, contract: str
) -> None:
    named = [one for one in CONTRACTS if one["name"].startswith(contract)]
    imports.add_import(importer=importer, imported=imported)
    try:
        found = broken(imports, named)
    finally:
        imports.remove_import(importer=importer, imported=imported)

    assert found


def test_no_contract_is_broken_before_an_import_is_planted(imports: grimp.ImportGraph) -> None:
    assert broken(imports) == []


def contract(name: str) -> dict[str, Any]:
    return next(one for one in CONTRACTS if one["name"].startswith(name))


def let_in(graph: grimp.ImportGraph) -> set[str]:
    """Return the packages of ours that the pure libraries could import without a contract against it."""
    forbidden = contract("The instruments and the law")["forbidden_modules"]
    return graph.find_children("desist") - set(forbidden) - PURE


def test_the_pure_libraries_can_import_nothing_else_of_ours(imports: grimp.ImportGraph) -> None:
    assert let_in(imports) == set()


def test_a_package_that_the_pure_libraries_could_import_is_found(imports: grimp.ImportGraph) -> None:
    imports.add_module("desist.planted")
    try:
        assert let_in(imports) == {"desist.planted"}
    finally:
        imports.remove_module("desist.planted")


def in_no_layer(graph: grimp.ImportGraph) -> set[str]:
    """Return the packages of ours that belong to no layer: they may import any other."""
    layers = contract("Layers")["layers"]
    return graph.find_children("desist") - {one.strip() for layer in layers for one in layer.split("|")}


def test_every_package_has_its_layer(imports: grimp.ImportGraph) -> None:
    assert in_no_layer(imports) == set()


def test_a_package_without_a_layer_is_found(imports: grimp.ImportGraph) -> None:
    imports.add_module("desist.planted")
    try:
        assert in_no_layer(imports) == {"desist.planted"}
    finally:
        imports.remove_module("desist.planted")


def slices(known: Iterable[Module]) -> set[str]:
    """Return every slice: a folder with views, commands or queries."""
    files = ("views.py", "commands.py", "queries.py")
    folders = (module.path.rpartition("/")[0] for module in known if module.path.endswith(files))
    return {f"desist.{folder.replace('/', '.')}" for folder in folders}


def test_every_slice_goes_one_way_inside() -> None:
    assert slices(modules()) - set(contract("One way inside a slice")["containers"]) == set()


def test_a_slice_whose_inside_nobody_looks_at_is_found() -> None:
    planted = [Module("programme/planted/views.py", ""), Module("programme/planted/states.py", "")]

    assert slices(planted) - set(contract("One way inside a slice")["containers"]) == {
        "desist.programme.planted"
    }


def between_slices(graph: grimp.ImportGraph) -> Edges:
    """Return which slice imports which other slice of the same zone."""
    return {
        (here, there)
        for app in WITH_SLICES
        for name in graph.find_descendants(f"desist.{app}")
        for other in graph.find_modules_directly_imported_by(name)
        if other.startswith(f"desist.{app}.")
        and (here := folder(name)) != (there := folder(other))
        and app not in {here, there}
    }


def folder(name: str) -> str:
    """Return the slice in which a module lies, by its zone: programme.calendar.planner."""
    return name.rpartition(".")[0].removeprefix("desist.")


def areas(edges: Edges) -> Edges:
    """Return the imports between the folders of a zone, each folder with every slice in it."""
    wider = {tuple(".".join(name.split(".")[:2]) for name in edge) for edge in edges}
    return {(here, there) for here, there in wider if here != there}


def into_pages(edges: Edges) -> Edges:
    """Return the imports of a page by a slice below: pages compose slices, and no slice is built on a page."""
    return {
        (here, there) for here, there in edges if ".pages." in f"{there}." and ".pages." not in f"{here}."
    }


def test_no_slice_imports_a_page(imports: grimp.ImportGraph) -> None:
    assert into_pages(between_slices(imports)) == set()


def test_a_slice_that_imports_a_page_is_found(imports: grimp.ImportGraph) -> None:
    planted = ("programme.sessions", "programme.pages")

    assert into_pages(between_slices(imports) | {planted}) == {planted}


def rings(edges: Edges) -> str:
    """Return one ring of slices, or nothing."""
    graph: dict[str, set[str]] = {}
    for here, there in edges:
        graph.setdefault(here, set()).add(there)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return " <- ".join(error.args[1])
    return ""


def test_no_slice_and_no_folder_of_slices_is_in_a_ring(imports: grimp.ImportGraph) -> None:
    assert rings(between_slices(imports)) == ""
    assert rings(areas(between_slices(imports))) == ""


def test_a_new_ring_of_slices_is_found(imports: grimp.ImportGraph) -> None:
    planted = {
        ("programme.referrals", "programme.leaving.reports"),
        ("programme.leaving.reports", "programme.referrals"),
    }

    assert "programme.leaving.reports" in rings(between_slices(imports) | planted)
