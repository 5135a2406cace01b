"""What the import tells the apps above, and itself."""

from django.dispatch import Signal

#: An import has come to its end; sent inside the transaction with ``batch``.
import_done = Signal()
#: An import has stopped, for the reason in ``batch.failure``; sent inside the transaction with ``batch``.
import_failed = Signal()
