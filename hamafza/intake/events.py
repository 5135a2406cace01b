"""What the import tells the apps above."""

from django.dispatch import Signal

#: An import has come to its end; sent inside the transaction with ``batch``.
import_done = Signal()
