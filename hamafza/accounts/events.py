"""What accounts tells the apps above it."""

from django.dispatch import Signal

#: A duty was given or ended; sent inside the transaction with ``duty: Duty``.
duty_given = Signal()
duty_ended = Signal()
