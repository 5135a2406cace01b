"""The Persian catalogues, without a system gettext: `check`, `update` and `compile`.

Message ids are the English sentences in code and templates. Each app has one catalogue,
`hamafza/<app>/locale/fa/LC_MESSAGES/django.po`; words shared by all pages ("Save", "Cancel") may stand in core's alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace
from django.utils.translation.template import block_re, constant_re, endblock_re, inline_re, plural_re

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "hamafza"
SHARED = "core"

# (position of the context, of the singular, of the plural), counted from 0
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
SKIPPED_FOLDERS = {"tests", "migrations", "locale", "__pycache__", "vendor"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[-+ #0-9.]*[a-zA-Z]|%[sdif]|\{(\w*)\}")

# What tells two messages apart: the context and the id.
Key = tuple[str | None, str]


@dataclass
class Use:
    """A message as the code or a template says it."""

    plural: str | None = None
    places: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    commands = {"check": check, "extract": extract, "update": update, "compile": compile_all}
    if len(arguments) != 1 or arguments[0] not in commands:
        print("usage: script/messages check | update | compile | extract", file=sys.stderr)
        return 2
    return commands[arguments[0]]()


def check() -> int:
    """Prints every fault of every catalogue; 1 when there is one."""
    found = faults()
    if found:
        print("\n".join(found))
    else:
        print(f"{len(catalogue_files())} catalogues, {sum(map(len, all_uses().values()))} messages: complete")
    return 1 if found else 0


def extract() -> int:
    for app, messages in all_uses().items():
        for (context, text), use in messages.items():
            print(f"{app}\t{context or ''}\t{text!r}\t{', '.join(use.places)}")
    return 0


def update() -> int:
    """Adds what is missing with an empty translation, removes what is no longer said."""
    everything = all_uses()
    shared = set(read(SHARED))
    for app, messages in everything.items():
        catalogue = read_catalogue(app)
        wanted = everything_said(everything) if app == SHARED else set(messages)
        missing = [key for key in messages if key not in keys(catalogue) and (app == SHARED or key not in shared)]
        obsolete = [key for key in keys(catalogue) if key not in wanted]
        for context, text in obsolete:
            catalogue.delete(text, context)
        for key in missing:
            context, text = key
            plural = messages[key].plural
            catalogue.add((text, plural) if plural else text, context=context)
        if missing or obsolete or catalogue.obsolete:
            write(app, catalogue)
            print(f"{app}: {len(missing)} added, {len(obsolete)} removed")
    return 0


def compile_all() -> int:
    """Writes a .mo beside each .po."""
    for path in catalogue_files():
        with path.open("rb") as source:
            catalogue = read_po(source, locale="fa", abort_invalid=True)
        with path.with_suffix(".mo").open("wb") as target:
            write_mo(target, catalogue)
    return 0


# --- what the program says ---


def apps() -> list[str]:
    return sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").exists())


def all_uses() -> dict[str, dict[Key, Use]]:
    return {app: uses(app) for app in apps()}


def everything_said(everything: dict[str, dict[Key, Use]]) -> set[Key]:
    return {key for messages in everything.values() for key in messages}


def uses(app: str) -> dict[Key, Use]:
    said: dict[Key, Use] = {}
    for path in files(PACKAGE / app):
        said_here = python_messages(path) if path.suffix == ".py" else template_messages(path.read_text("utf-8"))
        for line, context, text, plural in said_here:
            use = said.setdefault((context, text), Use())
            use.plural = use.plural or plural
            use.places.append(f"{path.relative_to(ROOT)}:{line}")
    return said


def files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(PACKAGE)
        if SKIPPED_FOLDERS & set(inside.parts[:-1]):
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt", ".svg"} and "templates" in inside.parts):
            yield path


def python_messages(path: Path) -> Iterator[tuple[int, str | None, str, str | None]]:
    with path.open("rb") as source:
        for line, function, arguments, _comments in extract_python(source, dict.fromkeys(FUNCTIONS), [], {}):
            parts = _parts(arguments)
            context_at, text_at, plural_at = FUNCTIONS[str(function)]
            context, text, plural = (_part(parts, at) for at in (context_at, text_at, plural_at))
            if text:
                yield line, context, text, plural


def _parts(arguments: object) -> list[str | None]:
    """Babel gives a lone argument bare, and None for an argument that is no literal."""
    several = arguments if isinstance(arguments, tuple | list) else (arguments,)
    return [part if isinstance(part, str) else None for part in several]


def _part(parts: Sequence[str | None], at: int | None) -> str | None:
    return None if at is None or at >= len(parts) else parts[at]


def template_messages(source: str) -> Iterator[tuple[int, str | None, str, str | None]]:
    """What {% translate %}, {% blocktranslate %} and _("...") in a template say, as Django looks it up."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type == TokenType.BLOCK:
            inline = inline_re.match(token.contents)
            if inline:
                # As in django.utils.translation.template: group 1 is the text, group 3 the context.
                yield token.lineno or 0, _bare(inline[3]), _percent(_bare(inline[1]) or ""), None
            elif block_re.match(token.contents):
                yield _block_message(token, tokens)
                continue
        if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
            for constant in constant_re.findall(token.contents):
                text = _bare(constant.removeprefix("_(").removesuffix(")"))
                yield token.lineno or 0, None, _percent(text or ""), None


def _block_message(opening: Token, tokens: Iterator[Token]) -> tuple[int, str | None, str, str | None]:
    trimmed = "trimmed" in opening.split_contents()
    block = block_re.match(opening.contents)
    singular: list[str] = []
    plural: list[str] | None = None
    for token in tokens:
        if token.token_type == TokenType.BLOCK and endblock_re.match(token.contents):
            break
        if token.token_type == TokenType.BLOCK and plural_re.match(token.contents):
            plural = []
            continue
        part = singular if plural is None else plural
        if token.token_type == TokenType.VAR:
            part.append(f"%({token.contents})s")
        elif token.token_type == TokenType.TEXT:
            part.append(_percent(token.contents))
    join = (lambda parts: trim_whitespace("".join(parts))) if trimmed else "".join
    text, texts = join(singular), None if plural is None else join(plural)
    return opening.lineno or 0, _bare(block[2]) if block else None, text, texts


def _bare(quoted: str | None) -> str | None:
    if not quoted:
        return None
    return quoted.strip()[1:-1] if quoted.strip()[:1] in {'"', "'"} else quoted.strip()


def _percent(text: str) -> str:
    return text.replace("%", "%%")


# --- what the catalogues hold ---


def catalogue_files() -> list[Path]:
    return sorted(PACKAGE.glob("*/locale/fa/LC_MESSAGES/django.po"))


def catalogue_file(app: str) -> Path:
    return PACKAGE / app / "locale/fa/LC_MESSAGES/django.po"


def read_catalogue(app: str) -> Catalog:
    path = catalogue_file(app)
    if not path.exists():
        return Catalog(locale="fa", project="hamafza", charset="utf-8", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale="fa", abort_invalid=True)


def write(app: str, catalogue: Catalog) -> None:
    path = catalogue_file(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.revision_date = datetime.now(UTC)
    with path.open("wb") as target:
        write_po(target, catalogue, width=0, no_location=True, ignore_obsolete=True)


def read(app: str) -> dict[Key, Message]:
    return {_key(message): message for message in read_catalogue(app) if message.id}


def keys(catalogue: Catalog) -> set[Key]:
    return {_key(message) for message in catalogue if message.id}


def _key(message: Message) -> Key:
    return message.context, _ids(message)[0]


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


# --- comparing the two ---


def faults() -> list[str]:
    everything = all_uses()
    said_anywhere = everything_said(everything)
    try:
        catalogues = {app: read(app) for app in everything}
    except PoFileError as error:
        return [f"a catalogue cannot be read: {error}"]
    found: list[str] = []
    translations: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for app, messages in everything.items():
        catalogue = catalogues[app]
        for key, use in messages.items():
            if key not in catalogue and key not in catalogues[SHARED]:
                found.append(f"{app}: missing: {key[1]!r} ({use.places[0]})")
        for key, message in catalogue.items():
            if key not in (said_anywhere if app == SHARED else messages):
                found.append(f"{app}: obsolete, nobody says it: {key[1]!r}")
            found += [f"{app}: {fault}: {key[1]!r}" for fault in message_faults(message)]
            earlier = translations.setdefault(key, (app, _strings(message)))
            if earlier[1] != _strings(message):
                found.append(f"{app}: translated otherwise than in {earlier[0]}: {key[1]!r}")
        found += [f"{app}: has a commented-out entry: {old!r}" for old in read_catalogue(app).obsolete]
    return found


def message_faults(message: Message) -> Iterable[str]:
    """Why a translation cannot be used as it is."""
    ids, strings = _ids(message), _strings(message)
    if message.fuzzy:
        yield "marked as fuzzy"
    if not all(strings) or len(strings) != (2 if len(ids) > 1 else 1):
        yield "not translated"
        return
    if placeholders(strings[-1]) != placeholders(ids[-1]):
        yield f"placeholders differ: {placeholders(ids[-1])} and {placeholders(strings[-1])}"
    if not set(placeholders(strings[0])) <= set(placeholders(ids[-1])):
        yield "the singular has a placeholder of its own"


def placeholders(text: str) -> list[str]:
    """`%(name)s`, `{name}` and `%s`, sorted; doubled percent signs are text."""
    return sorted(found.group() for found in PLACEHOLDER.finditer(text.replace("%%", "")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
