"""The catalogue check sees what it must see."""

from pathlib import Path

import catalogues
import pytest
from babel.messages.catalog import Message

TEMPLATE = """
{% translate "Save" %}{% translate 'Open' context "a need" %}{% translate "100% done" as done %}
{{ title|default:_("No name") }}
{% blocktranslate trimmed with name=person.name %}
  Hello,
  {{ name }}
{% endblocktranslate %}
{% blocktranslate count n=rows|length %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
{% blocktranslate context "a meeting" %}Open{% endblocktranslate %}
"""


def test_messages_of_a_template_are_found_as_django_looks_them_up() -> None:
    said = {(context, text, plural) for _, context, text, plural in catalogues.template_messages(TEMPLATE)}
    assert said == {
        (None, "Save", None),
        ("a need", "Open", None),
        (None, "100%% done", None),
        (None, "No name", None),
        (None, "Hello, %(name)s", None),
        (None, "%(n)s row", "%(n)s rows"),
        ("a meeting", "Open", None),
    }


def test_messages_of_code_are_found_with_context_and_plural(tmp_path: Path) -> None:
    file = tmp_path / "code.py"
    file.write_text(
        'a = _("One %(name)s" " and more")\nb = pgettext_lazy("a need", "Open")\n'
        'c = ngettext("%(n)s row", "%(n)s rows", n)\nd = _(variable)\n'
    )
    said = [(context, text, plural) for _, context, text, plural in catalogues.python_messages(file)]
    assert said == [
        (None, "One %(name)s and more", None),
        ("a need", "Open", None),
        (None, "%(n)s row", "%(n)s rows"),
    ]


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Save", "", "not translated"),
        ("Hello %(name)s", "سلام", "placeholders differ: ['%(name)s'] and []"),
        ("Hello %(name)s", "سلام %(nam)s", "placeholders differ: ['%(name)s'] and ['%(nam)s']"),
        (("%(n)s row", "%(n)s rows"), ("%(n)s سطر", ""), "not translated"),
    ],
)
def test_a_translation_that_cannot_be_used_is_named(text: str, translation: str, fault: str) -> None:
    assert fault in list(catalogues.message_faults(Message(text, translation)))


def test_a_fuzzy_translation_is_named() -> None:
    assert list(catalogues.message_faults(Message("Save", "ذخیره", flags=["fuzzy"]))) == ["marked as fuzzy"]


@pytest.mark.parametrize(
    ("text", "translation"),
    [("Save", "ذخیره"), ("100%% of %(n)s", "100%% از %(n)s"), (("%(n)s row", "%(n)s rows"), ("یک سطر", "%(n)s سطر"))],
)
def test_a_complete_translation_has_no_fault(text: str, translation: str) -> None:
    assert list(catalogues.message_faults(Message(text, translation))) == []
