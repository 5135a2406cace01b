"""Filters of the outgoing messages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hamafza.notices.choices import MessageState


class MessageFilterForm(forms.Form):
    """The filters of the list."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *MessageState.choices])
