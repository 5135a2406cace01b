from hamafza.trace.models.code import Letter, PublishedTransfer, TraceCode

__all__ = ["Letter", "PublishedTransfer", "TraceCode"]
