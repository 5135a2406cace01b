"""Parts that the registry's forms share: sealed fields, and the cleaners of commands asked field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.core.errors import Refusal
from hamafza.core.widgets import MaskedInput
from hamafza.registry.models import Household, Person

NOT_SAID = _("Not recorded")
ANY = _("All")
#: The first line of a choice that nobody may make by not looking.
CHOOSE = _("Choose")
#: Shown for a sealed text of which not even the end is given away.
WHOLE_MASK = "•••"


def add_refusals(form: forms.Form, cleaner: Callable[[Any], Any], names: Iterable[str]) -> None:
    """Ask the commands' own cleaner field by field, so that all faults are shown at once, each beside its field."""
    for name in names:
        if name not in form.cleaned_data:
            continue
        try:
            form.cleaned_data.update(cleaner({name: form.cleaned_data[name]}))
        except Refusal as refusal:
            form.add_error(name, refusal.message)


class Sealed:
    """Sealed fields of an edit form: empty keeps, a box takes off; the value itself is never sent to the browser."""

    def __init__(
        self,
        form: forms.Form,
        record: Household | Person,
        names: Sequence[str],
        *,
        shows_masks: bool,
        whole: Sequence[str] = (),
    ) -> None:
        self.form, self.names = form, names
        on_file = [name for name in names if getattr(record, name)]
        for name in names:
            widget = form.fields[name].widget
            attrs = {key: value for key, value in widget.attrs.items() if key != "data-digits"}
            value = WHOLE_MASK if name in whole and name in on_file else getattr(record, name)
            form.fields[name].widget = MaskedInput(attrs=attrs, mask=value if shows_masks else "")
        clear = form.fields["clear"]
        clear.choices = [(name, form.fields[name].label) for name in on_file]  # type: ignore[attr-defined]  # a choice field
        if not on_file:
            del form.fields["clear"]

    def changes(self, names: Iterable[str]) -> dict[str, Any]:
        """Fields typed anew, and sealed ones ticked to be taken off."""
        cleaned = self.form.cleaned_data
        changed = {name: cleaned[name] for name in names if name in self.form.changed_data and name in cleaned}
        return {**dict.fromkeys(cleaned.get("clear", ()), ""), **changed}
