"""The package as a whole: pure, light to import, and every function in one table."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import desist_evaluation
from desist_evaluation import registry, requests
from desist_evaluation.result import Result

SOURCES = sorted(Path(desist_evaluation.__file__).parent.glob("*.py"))
HEAVY = ("scipy", "pandas", "statsmodels", "lifelines", "django", "matplotlib")


def names_in(source: str) -> set[str]:
    """Every module that a source imports."""
    nodes = list(ast.walk(ast.parse(source)))
    return {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names} | {
        str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)
    }


@pytest.mark.parametrize("source", SOURCES, ids=[source.name for source in SOURCES])
def test_the_library_knows_no_other_part_of_desist_no_clock_and_no_disk(source: Path) -> None:
    text = source.read_text()

    modules = names_in(text)

    assert not [name for name in modules if name.partition(".")[0] in {"desist", "desist_chronicle", "tools"}]
    assert not modules & {"django", "time", "os", "pathlib", "random", "sqlite3", "urllib"}
    assert not any(call in text for call in (".now(", ".today(", "open(", "np.random.seed", "np.random.rand"))


def test_no_module_hides_the_function_of_its_name() -> None:
    assert not {source.stem for source in SOURCES} & set(registry.FUNCTIONS)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, desist_evaluation as e; print([m for m in {HEAVY} if m in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"


def test_a_survival_curve_loads_numpy_and_nothing_heavier() -> None:
    code = (
        "import sys; import desist_evaluation as e; e.kaplan_meier(t=[1, 2], e=[1, 0]);"
        f"e.cumulative_incidence(t=[1, 2], event=[1, 0]); print([m for m in {HEAVY} if m in sys.modules])"
    )

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"


@pytest.mark.parametrize("name", registry.FUNCTIONS)
def test_every_function_takes_keywords_only_says_what_it_does_and_returns_a_result(name: str) -> None:
    function = registry.find(name)

    signature = inspect.signature(function)

    assert all(part.kind is part.KEYWORD_ONLY for part in signature.parameters.values())
    assert "about" in signature.parameters
    assert signature.return_annotation is Result
    assert inspect.getdoc(function)
    assert requests.parameters(name)
