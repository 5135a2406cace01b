"""Forms of an import: the file, what its columns mean, which faults to see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hamafza.core import wording
from hamafza.intake.choices import FAULT_NAMES
from hamafza.intake.sheets.columns import ColumnUse, Mapping, faults_in
from hamafza.intake.sheets.phrases import Meaning

MOST_BYTES = 64 * 1024 * 1024
SUFFIXES = ".xlsx,.csv,.txt,.tsv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

M = Meaning
#: Meanings as they stand together in the choice of a column.
GROUPED = (
    (_("Person"), (M.IDENTITY_NUMBER, M.FIRST_NAME, M.LAST_NAME, M.FULL_NAME, M.FATHER_NAME, M.SEX)),
    (_("Birth"), (M.BORN_ON, M.BIRTH_DAY, M.BIRTH_MONTH, M.BIRTH_YEAR)),
    (_("Household"), (M.FILE_NUMBER, M.RELATION, M.HEAD_IDENTITY, M.DECILE, M.INCOME, M.TENURE)),
    (_("Where and how to reach"), (M.MOBILE, M.ADDRESS, M.POSTAL_CODE, M.COUNTY, M.DISTRICT, M.IBAN)),
    (_("Circumstances"), (M.GROUPS, M.DISABILITY_TYPE, M.DISABILITY_SEVERITY, M.JOB_STATUS, M.EDUCATION)),
    (_("Needs"), (M.NEEDS, M.CAUSES)),
)
LEFT_OUT = ("", _("Leave this column out"))
UNITS = (("rial", _("rials")), ("toman", _("tomans")))


class UploadForm(forms.Form):
    """The spreadsheet, and its county when there is a choice. ``too_large``: the browser sent more than is taken."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": SUFFIXES}),
        error_messages={"required": _("Choose the file first.")},
    )
    county = forms.ChoiceField(label=_("County"))

    def __init__(self, *args: Any, counties: Sequence[tuple[str, str]], too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._only = counties[0][0] if len(counties) == 1 else ""
        if self._only:
            del self.fields["county"]
        else:
            self.fields["county"].choices = [("", "—"), *counties]  # type: ignore[attr-defined]  # a choice field
        if too_large:
            self.fields["file"].error_messages["required"] = _too_large()

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_too_large())
        return file

    @property
    def chosen_county(self) -> str:
        """Of a valid form."""
        return self._only or str(self.cleaned_data["county"])


class ColumnsForm(forms.Form):
    """What each column of a sheet means; the proposal is what stands there first."""

    remember = forms.BooleanField(
        label=_("Remember this for the next file of this office"),
        required=False,
        initial=True,
        help_text=_("A file with the same headings is then understood at once."),
    )

    def __init__(self, data: Any = None, *, mapping: Mapping) -> None:
        super().__init__(data)
        self._proposed = mapping
        choices = [LEFT_OUT, *((group, [(one.value, one.label) for one in members]) for group, members in GROUPED)]
        for use in mapping.columns:
            self.fields[meaning_name(use)] = forms.ChoiceField(
                label=use.header or _("Column without a heading"),
                choices=choices,
                required=False,
                initial=use.meaning,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[unit_name(use)] = forms.ChoiceField(
                label=_("Unit of the amounts"),
                choices=UNITS,
                required=False,
                initial=use.unit or "rial",
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for fault in faults_in(self.mapping()):
                self.add_error(None, fault)
        return self.cleaned_data

    def mapping(self) -> Mapping:
        """The mapping as corrected."""
        meanings = {use.index: self.cleaned_data.get(meaning_name(use), "") for use in self._proposed.columns}
        units = {index: self._unit(index) for index, meaning in meanings.items() if meaning == Meaning.INCOME}
        others = {index: "" for index in meanings if index not in units}
        return self._proposed.with_meanings(meanings, units=units | others)

    def _unit(self, index: int) -> str:
        return self.cleaned_data.get(f"unit-{index}") or "rial"


class FaultFilterForm(forms.Form):
    """Faults of one kind; each kind with how many there are."""

    code = forms.ChoiceField(label=_("What is wrong"), required=False)

    def __init__(self, data: Any, *, counts: Counter[str]) -> None:
        super().__init__(data)
        kinds = [(code, f"{FAULT_NAMES[code]} ({wording.number(count)})") for code, count in counts.most_common()]
        self.fields["code"].choices = [("", _("All")), *kinds]  # type: ignore[attr-defined]  # a choice field


class CountyForm(forms.Form):
    """Whose imports to see, for those who work in several counties."""

    county = forms.ChoiceField(label=_("County"))

    def __init__(self, data: Any, *, counties: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["county"].choices = list(counties)  # type: ignore[attr-defined]  # a choice field


def meaning_name(use: ColumnUse) -> str:
    """Name of the field that says what a column means."""
    return f"meaning-{use.index}"


def unit_name(use: ColumnUse) -> str:
    """Name of the field that says the unit of a column of amounts."""
    return f"unit-{use.index}"


def _too_large() -> Any:
    return _("The file is larger than 64 megabytes. Save only the sheet with the list, or save it as CSV.")
