"""Code and its test sit at matching paths, and every area says what it owns."""

import importlib
import inspect
from pathlib import Path

import pytest

import trigpoint

PACKAGE = Path(inspect.getfile(trigpoint)).parent
TESTS = PACKAGE.parent / "tests"
KINDS = {"rules.py", "operations.py", "queries.py", "views.py", "api.py"}
MIRRORED = [path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if path.name in KINDS]
AREAS = [path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()]
TESTED_THROUGH = {"queries.py": "test_views.py"}


@pytest.mark.parametrize("path", MIRRORED, ids=str)
def test_code_has_its_test_beside_it(path):
    folder = TESTS / path.parent
    names = {f"test_{path.name}", TESTED_THROUGH.get(path.name, "")}
    assert any((folder / name).is_file() for name in names), f"expected {folder}/test_{path.name}"


@pytest.mark.parametrize("area", AREAS)
def test_area_says_what_it_owns(area):
    charter = importlib.import_module(f"trigpoint.{area}").__doc__ or ""
    assert "Owns:" in charter, f"trigpoint/{area}/__init__.py needs a charter"
    assert "Does not own:" in charter
