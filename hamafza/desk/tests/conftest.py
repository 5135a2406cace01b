"""A day that tests move, and the table of one county."""

from hamafza.commitments.tests.conftest import move_to, table

__all__ = ["move_to", "table"]
