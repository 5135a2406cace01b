"""Forms of a gift: at the counter, out of a bank line, once it is identified."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _, gettext_lazy

from hamafza.core import clock, wording
from hamafza.core.widgets import AmountField, DigitsField, DigitsInput, JalaliDateField, OnceField
from hamafza.giving.choices import Attribution, Channel, DedicationKind, DonationState, GiftKind, Intention
from hamafza.giving.gift import Gift, GiftLine, Wish
from hamafza.giving.models import Benefactor, Instalment, Item
from hamafza.giving.pledge_words import quantity_in_words, thing_of
from hamafza.giving.queries.benefactors import find_benefactors
from hamafza.giving.queries.donations import DonationFilters
from hamafza.giving.queries.gifts_on_file import needs_named
from hamafza.giving.queries.items import items_of
from hamafza.ledger.choices import SurplusRule
from hamafza.needs.choices import Domain
from hamafza.needs.models import Need
from hamafza.registry.choices import TargetGroup

#: How a gift comes in at the counter; the gateway and what is given directly have pages of their own.
COUNTER = (Channel.CASH, Channel.CARD_READER, Channel.CHEQUE, Channel.BANK_TRANSFER, Channel.IN_KIND)
GOODS_ROWS = 3
AT_LEAST_ONE = {
    "min_value": gettext_lazy("Write a number of one or more."),
    "invalid": gettext_lazy("Write a whole number."),
    "max_value": gettext_lazy("This number is too large."),
}


class DonationFilterForm(forms.Form):
    """Reads the address of the list; what it cannot read filters nothing."""

    since = JalaliDateField(label=gettext_lazy("From"), required=False)
    until = JalaliDateField(label=gettext_lazy("Until"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("How"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    purpose = forms.ChoiceField(label=gettext_lazy("Purpose"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "channel", [("", _("All")), *Channel.choices])
        choose(self, "state", [("", _("All")), *DonationState.choices])
        choose(self, "purpose", [("", _("All")), *Domain.choices])

    def filters(self) -> DonationFilters:
        """What is asked for."""
        self.is_valid()
        return DonationFilters(**{name: value for name, value in self.cleaned_data.items() if value})


class GiverForm(forms.Form):
    """Who gave: found by name, mobile or identity number; chosen where several fit; nobody: unnamed."""

    giver = forms.CharField(
        label=gettext_lazy("Benefactor"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=gettext_lazy("Name, mobile or identity number. Empty: the giver stays unnamed."),
    )
    chosen = forms.ChoiceField(label=gettext_lazy("Which one?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, county: str, known: Benefactor | None = None, **kwargs: Any) -> None:
        self.county, self.known = county, known
        super().__init__(*args, **kwargs)
        self.benefactor: Benefactor | None = known
        self._found = self._fitting()
        if known is not None:
            del self.fields["giver"], self.fields["chosen"]
        elif len(self._found) > 1:
            choose(self, "chosen", [(str(one.pk), one.name) for one in self._found])
        else:
            del self.fields["chosen"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.known is not None or not (said.get("giver") or "").strip():
            return said
        if not self._found:
            self.add_error(
                "giver",
                _("Nobody with this name or number is on file. Register the benefactor first, or leave it empty."),
            )
        elif len(self._found) == 1:
            self.benefactor = self._found[0]
        else:
            self.benefactor = next((one for one in self._found if str(one.pk) == said.get("chosen")), None)
            if self.benefactor is None:
                self.add_error("chosen", _("Several benefactors fit. Choose the one."))
        return said

    def _fitting(self) -> list[Benefactor]:
        text = str(self.data.get(self.add_prefix("giver")) or "") if self.is_bound and self.known is None else ""
        return find_benefactors(self.county, text, limit=8) if text.strip() else []


class WishForm(forms.Form):
    """What the giver wants done with it."""

    intention = forms.ChoiceField(label=gettext_lazy("Intention"), choices=Intention.choices, initial=Intention.GENERAL)
    purpose = forms.ChoiceField(label=gettext_lazy("For which need"), required=False)
    target_group = forms.ChoiceField(label=gettext_lazy("Target group"), required=False)
    use_by = JalaliDateField(
        label=gettext_lazy("To be used until"),
        required=False,
        help_text=gettext_lazy("Only when the giver asks for it."),
    )
    surplus_rule = forms.ChoiceField(
        label=gettext_lazy("If something is left"), choices=SurplusRule.choices, initial=SurplusRule.SAME_PURPOSE
    )
    dedication = forms.ChoiceField(
        label=gettext_lazy("Dedication"), choices=DedicationKind.choices, initial=DedicationKind.NONE
    )
    dedicated_to = forms.CharField(label=gettext_lazy("Dedicated to"), max_length=120, required=False)
    own_words = forms.CharField(
        label=gettext_lazy("In the giver's own words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "purpose", [("", _("Whatever the county needs")), *Domain.choices])
        choose(self, "target_group", [("", _("Everybody")), *TargetGroup.choices])

    def wish(self) -> Wish:
        """Of a valid form."""
        said = {name: self.cleaned_data[name] for name in _WISHED}
        if said["dedication"] == DedicationKind.NONE:
            said["dedicated_to"] = ""
        return Wish(**said)


class NamedNeedForm(forms.Form):
    """The one need a gift is for, when its giver names one: it is used for that need before all others (T1)."""

    need = DigitsField(
        label=gettext_lazy("For one need alone"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Code of its need card. Empty: for the purpose above."),
    )
    chosen_need = forms.ChoiceField(label=gettext_lazy("Which need?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, sees_clients: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named: Need | None = None
        if sees_clients:
            self.fields["need"].help_text = _("Code of its need card, or the household's file number.")
        text = str(self.data.get(self.add_prefix("need")) or "").strip() if self.is_bound else ""
        self._needs = needs_named(self.county, text, sees_clients=sees_clients) if text else []  # type: ignore[attr-defined]  # of the form it stands in
        if len(self._needs) > 1:
            choose(self, "chosen_need", [(str(one.pk), need_label(one)) for one in self._needs])
        else:
            del self.fields["chosen_need"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not (said.get("need") or "").strip():
            return said
        if not self._needs:
            self.add_error("need", _("No open need of this county alone stands behind it. Look at the code again."))
            return said
        chosen = said.get("chosen_need")
        found = self._needs if len(self._needs) == 1 else [one for one in self._needs if str(one.pk) == chosen]
        self.named = found[0] if found else None
        if self.named is None:
            self.add_error("chosen_need", _("Several needs fit. Choose the one."))
        return said


class ReceiveForm(GiverForm, NamedNeedForm, WishForm):
    """A gift at the counter: money, goods or both."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=[(one.value, one.label) for one in COUNTER],
        initial=Channel.CASH,
        widget=forms.RadioSelect,
    )
    amount = AmountField(label=gettext_lazy("Amount of money, in rials"), required=False)
    reference = DigitsField(
        label=gettext_lazy("Reference of the payment"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Number of the cheque, of the card slip or of the transfer."),
    )
    received_on = JalaliDateField(label=gettext_lazy("Received on"), initial=clock.today)
    instalment: forms.ModelChoiceField[Instalment] = forms.ModelChoiceField(
        label=gettext_lazy("Instalment of a pledge"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("None: a gift of its own"),
    )
    attribution = forms.ChoiceField(
        label=gettext_lazy("To the public"),
        required=False,
        help_text=gettext_lazy("This gift stays so, whatever the giver says later."),
    )
    key = OnceField()

    def __init__(self, *args: Any, instalments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._goods(items_of(self.county))
        if instalments is None:
            del self.fields["instalment"]
        else:
            field = self.fields["instalment"]
            field.queryset = instalments  # type: ignore[attr-defined]  # a model choice field
            field.label_from_instance = instalment_label  # type: ignore[attr-defined]  # as above
        choose(self, "attribution", [("", _("As the benefactor said once and for all")), *Attribution.choices])

    @property
    def goods_rows(self) -> list[tuple[Any, Any, Any, Any]]:
        """The fields of each row of goods."""
        return [
            (self[f"item{row}"], self[f"quantity{row}"], self[f"value{row}"], self[f"valuation{row}"])
            for row in range(GOODS_ROWS)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for row in range(GOODS_ROWS):
            if bool(said.get(f"item{row}")) != bool(said.get(f"quantity{row}")) and f"quantity{row}" not in self.errors:
                self.add_error(f"quantity{row}", _("Goods need an item and how many of it."))
        if not self.errors and not said.get("amount") and not any(said.get(f"item{row}") for row in range(GOODS_ROWS)):
            self.add_error("amount", _("Write down what is given: an amount of money, or goods."))
        return said

    def wish(self) -> Wish:
        """Of a valid form; a named need says its purpose itself."""
        wish = super().wish()
        return replace(wish, need=self.named, purpose=self.named.domain, target_group="") if self.named else wish

    def gift(self) -> Gift:
        """Of a valid form; an instalment goes with the line that is of its kind."""
        said, lines = self.cleaned_data, []
        instalment: Instalment | None = said.get("instalment")
        if said["amount"]:
            lines.append(self._line(instalment, GiftKind.MONEY, amount=said["amount"]))
        for row in range(GOODS_ROWS):
            if item := said[f"item{row}"]:
                rest = {"quantity": said[f"quantity{row}"], "amount": said[f"value{row}"] or 0}
                line = self._line(instalment, GiftKind.GOODS, item=item, valuation=said[f"valuation{row}"], **rest)
                lines.append(line)
        return Gift(
            channel=Channel(said["channel"]),
            lines=lines,
            benefactor=self.benefactor,
            received_on=said["received_on"],
            wish=self.wish(),
            reference=said["reference"] or "",
            attribution=Attribution(said["attribution"]) if said["attribution"] else None,
        )

    def _line(self, instalment: Instalment | None, kind: GiftKind, **fields: Any) -> GiftLine:
        item: Item | None = fields.get("item")
        fits = instalment is not None and (instalment.pledge.kind, instalment.pledge.item_id) == (
            kind,
            item.pk if item else None,
        )
        return GiftLine(kind=kind, instalment=instalment if fits else None, **fields)

    def _goods(self, items: Any) -> None:
        for row in range(GOODS_ROWS):
            self.fields[f"item{row}"] = forms.ModelChoiceField(
                label=_("Item"), queryset=items, required=False, empty_label=_("None")
            )
            self.fields[f"quantity{row}"] = forms.IntegerField(
                label=_("Quantity"), required=False, min_value=1, max_value=1_000_000, widget=DigitsInput,
                error_messages=AT_LEAST_ONE,
            )  # fmt: skip
            self.fields[f"value{row}"] = AmountField(
                label=_("Estimated value"), required=False, help_text=_("Empty: by the catalogue.") if row == 0 else ""
            )
            self.fields[f"valuation{row}"] = forms.CharField(
                label=_("Basis of the valuation"), required=False, max_length=120
            )


class IdentifyForm(GiverForm, WishForm):
    """Whose the money is and what it is for."""


class LineGiftForm(GiverForm, WishForm):
    """A gift out of a bank line."""

    unidentified = forms.BooleanField(
        label=gettext_lazy("Not yet identified"),
        required=False,
        help_text=gettext_lazy("It waits in suspense, untouched, until somebody knows whose it is and what for."),
    )
    key = OnceField()


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class RefundForm(forms.Form):
    """How much goes back, and why."""

    amount = AmountField(label=gettext_lazy("Amount"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
    key = OnceField()


def instalment_label(instalment: Instalment) -> str:
    """Its day and what is expected, for a choice."""
    return f"{wording.long_date(instalment.due_on)} · {quantity_in_words(thing_of(instalment.pledge), instalment.expected)}"


def need_label(need: Need) -> str:
    """What is needed, and of which kind, for a choice; nothing of whose it is."""
    return " · ".join(part for part in (str(Domain(need.domain).label), need.item) if part)


def initial_wish(source: Any) -> dict[str, Any]:
    """The wish of a pledge, as it stands first in the form of its gift."""
    return {name: getattr(source, name) for name in _WISHED}


def choose(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Set the choices of a choice field."""
    form.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field


_WISHED = (
    "intention", "purpose", "target_group", "use_by", "surplus_rule", "dedication", "dedicated_to", "own_words",
)  # fmt: skip
