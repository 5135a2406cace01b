"""The sheet of a count: one number beside each lot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.distribution.commands.counts import Found
from hamafza.distribution.forms.stock import UnitsField
from hamafza.distribution.models import StockCountLine


class CountForm(forms.Form):
    """What was found of each line, and why it differs. What is left empty stays to be counted."""

    def __init__(self, *args: Any, lines: Sequence[StockCountLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            said = _("Found of %(item)s, lot %(lot)s") % {"item": line.lot.item.name, "lot": line.lot.code}
            self.fields[f"counted-{line.pk}"] = UnitsField(label=said, at_least=0, required=False, initial=line.counted)
            self.fields[f"reason-{line.pk}"] = forms.CharField(
                label=_("Why it differs"), required=False, max_length=200, initial=line.reason
            )

    def rows(self) -> list[tuple[StockCountLine, forms.BoundField, forms.BoundField]]:
        """Each line with its two boxes."""
        return [(line, self[f"counted-{line.pk}"], self[f"reason-{line.pk}"]) for line in self.lines]

    def found(self) -> list[Found]:
        """Only lines about which something was said anew: what the books say of the others is not read again."""
        return [
            Found(line.lot, self.cleaned_data[f"counted-{line.pk}"], self.cleaned_data[f"reason-{line.pk}"])
            for line in self.lines
            if {f"counted-{line.pk}", f"reason-{line.pk}"} & set(self.changed_data)
        ]


class StrayForm(forms.Form):
    """A lot that lies there although the books do not have it here (S8)."""

    code = forms.CharField(label=gettext_lazy("Code on the label"), max_length=20)
    counted = UnitsField(label=gettext_lazy("How many lie there"))
    reason = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)
