"""The house holds: layers, rooms' papers, the banned ways around the scope, and templates that a strict CSP accepts."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Field

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hamafza"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

# --- layers ---

CONTRACTS = {contract["id"]: contract for contract in PROJECT["tool"]["importlinter"]["contracts"]}


def rows_of_the_linter() -> list[list[str]]:
    """From high to low, e.g. [["config"], ["portal"], ..., ["core"]]."""
    return [
        [app.strip().strip("()") for app in re.split(r"[|:]", row.replace(" ", ""))]
        for row in CONTRACTS["house"]["layers"]
    ]


def rows_of_the_document() -> list[list[str]]:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    return [re.findall(r"`(\w+)`", cells) for cells in re.findall(r"^\| \d+ \| (.*?) \|", text, flags=re.MULTILINE)]


LAYER = {app: rank for rank, row in enumerate(reversed(rows_of_the_linter())) for app in row}
OURS = [config for config in apps.get_app_configs() if config.name.startswith("hamafza.")]
ROOMS = sorted(folder for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def test_layer_diagram_in_the_document_equals_the_linters_list() -> None:
    assert rows_of_the_document() == rows_of_the_linter()


def test_every_app_that_exists_has_a_layer() -> None:
    assert {room.name for room in ROOMS} <= set(LAYER)


def test_every_app_of_the_rooms_contract_is_all_but_core_and_config() -> None:
    held = {container.removeprefix("hamafza.") for container in CONTRACTS["rooms"]["containers"]}
    assert held == {room.name for room in ROOMS} - {"core", "config"}


def app_of(model: type) -> str:
    return model.__module__.split(".")[1]


def upward_keys() -> Iterator[str]:
    for model in (model for config in OURS for model in config.get_models(include_auto_created=True)):
        for field in model._meta.get_fields():
            target = field.related_model if isinstance(field, Field) else None
            if isinstance(target, type) and target.__module__.startswith("hamafza."):
                here, there = app_of(model), app_of(target)
                if here != there and LAYER[there] >= LAYER[here]:
                    yield f"{model._meta.label}.{field.name} -> {target._meta.label}"


def test_every_foreign_key_points_downwards() -> None:
    # Keys named by a string are invisible to import-linter.
    assert list(upward_keys()) == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_app_has_a_readme_of_about_ten_lines(room: Path) -> None:
    readme = room / "README.md"
    assert readme.exists(), f"{room.name} needs a README.md: what it is, its invariants, who calls whom"
    assert 3 <= len(readme.read_text("utf-8").splitlines()) <= 60


def test_every_path_in_how_to_add_exists() -> None:
    paths = re.findall(r"`([\w./-]+/[\w./-]+)`", (ROOT / "docs/how-to-add.md").read_text("utf-8"))
    assert [path for path in paths if not (ROOT / path).exists() and path != "tests/"] == []


# --- dependencies ---


def names_in(lines: list[str]) -> list[str]:
    return sorted(line.strip() for line in lines if line.strip() and not line.startswith(("#", "-r")))


def test_declared_dependencies_equal_requirements_in() -> None:
    asked = names_in((ROOT / "requirements.in").read_text("utf-8").splitlines())
    assert names_in(PROJECT["project"]["dependencies"]) == asked


def test_lock_files_hold_every_package_asked_for_and_no_address() -> None:
    asked = names_in((ROOT / "requirements.in").read_text("utf-8").splitlines())
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    assert [name for name in asked if f"{re.split(r'[~=<>[]', name)[0]}==" not in lock] == []
    assert "://" not in lock + (ROOT / "requirements-dev.txt").read_text("utf-8")


# --- no way around the scope (S-A3) ---

BANNED = {"_base_manager", "raw", "unscoped", "extra", "_objects_everywhere"}
# Files that may, and why.
MAY_GO_AROUND: dict[str, str] = {
    f"config/trials/giving_{name}.py": "a trial in a home that is thrown away: it looks at rows past what the program says"
    for name in ("acts", "gifts", "goods", "money")
}


def ways_around(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"raw", "extra"}:
            yield f"{path.relative_to(PACKAGE)}:{node.lineno} .{node.func.attr}()"
        elif isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in BANNED - {"raw", "extra"}:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno} {name}"


def code(*, tests: bool = False) -> list[Path]:
    return [
        path
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts and (tests or "tests" not in path.parts)
    ]


def test_no_code_goes_around_the_scope() -> None:
    files = [path for path in code() if str(path.relative_to(PACKAGE)) not in MAY_GO_AROUND]
    assert [way for path in files for way in ways_around(path)] == []


def test_every_file_that_may_go_around_the_scope_exists_and_does() -> None:
    assert {name for name in MAY_GO_AROUND if list(ways_around(PACKAGE / name))} == set(MAY_GO_AROUND)


def managers_used(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            yield f"{path.relative_to(PACKAGE)}:{node.lineno}"


#: A moment is kept in UTC: its own ``.date()`` is yesterday's during the first hours of a day here.
OWN_DATE = re.compile(r"_(at|until)\.date\(\)")


def test_days_of_moments_are_those_of_the_office() -> None:
    files = [path for path in PACKAGE.rglob("*.py") if "tests" not in path.parts]
    found = [str(path.relative_to(ROOT)) for path in files if OWN_DATE.search(path.read_text("utf-8"))]
    assert found == []


def test_views_ask_queries_and_never_a_manager() -> None:
    files = [path for path in code() if "views" in path.parts or path.name in {"views.py", "api.py"}]
    assert [use for path in files for use in managers_used(path)] == []


# --- sizes ---

# Longer than 400 lines, and why.
LONG_FILES = {
    "hamafza/intake/sheets/phrases.py": "a table: the words that offices use for columns and values",
    "hamafza/intake/specimen.py": "one sheet after the other, in every style offices use",
    "hamafza/intake/sheets/vocabulary.py": "a table: the same",
    "hamafza/ledger/tests/test_triggers.py": "one test for each thing the database refuses of the books",
    "hamafza/distribution/tests/test_stock.py": "one test for each thing that may happen to goods, and its refusal",
    "hamafza/distribution/tests/test_rounds.py": "one test for each step of a round, and its refusal",
    "tests/test_tampering.py": "one test for each way to tamper with rows and trail",
    "tests/url_table.py": "a table: every address of the program, one line each",
}


def written_by_us() -> list[Path]:
    return [
        path
        for path in [*PACKAGE.rglob("*"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "script").glob("*")]
        if path.suffix in {".py", ".html", ".css", ".js", ".typ"}
        and not {"migrations", "vendor", "node_modules"} & set(path.parts)
    ]


def test_no_file_is_longer_than_400_lines_without_a_reason() -> None:
    long = {str(path.relative_to(ROOT)) for path in written_by_us() if len(path.read_text("utf-8").splitlines()) > 400}
    assert long - set(LONG_FILES) == set()


# --- templates and styles ---

TEMPLATES = sorted(path for path in PACKAGE.rglob("*.html") if "templates" in path.parts)
STYLES = sorted(path for path in PACKAGE.rglob("*.css") if "vendor" not in path.parts)

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")"  # a script without a file of its own
    r"|<style\b"
    r"|\sstyle="
    r"|\son[a-z]+="
    r"|javascript:"
    r"|\shx-on[:-]",
    flags=re.IGNORECASE,
)
PHYSICAL = re.compile(
    r"\b(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|(?<![-\w])(?:left|right)\s*:"
    r"|\b(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
    r"|\bborder-(?:top|bottom)-(?:left|right)-radius\b"
)
MANAGER = re.compile(r"\.objects\b|_set\.")


def found(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(PACKAGE)}:{number}: {match.group().strip()}"
        for path in files
        for number, line in enumerate(without_comments(path).splitlines(), start=1)
        for match in pattern.finditer(line)
    ]


def without_comments(path: Path) -> str:
    text = path.read_text("utf-8")
    return re.sub(r"/\*.*?\*/|\{#.*?#\}", lambda match: "\n" * match.group().count("\n"), text, flags=re.DOTALL)


def test_templates_have_no_inline_script_or_style() -> None:
    assert found(INLINE, TEMPLATES) == []


def test_templates_make_no_queries() -> None:
    assert found(MANAGER, TEMPLATES) == []


def test_templates_load_nothing_from_another_host() -> None:
    assert found(re.compile(r"(?:src|href|action|data-url)=\"(?:https?:)?//"), TEMPLATES) == []


def test_styles_are_logical_so_that_both_directions_are_right() -> None:
    assert found(PHYSICAL, STYLES) == []
