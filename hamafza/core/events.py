"""Signals of the house itself."""

from django.dispatch import Signal

#: All counties were opened at once; sent with ``reason``. The audit trail listens.
scope_opened_everywhere = Signal()
