from hamafza.reports.models.summary import NeedSummary, SummaryMark

__all__ = ["NeedSummary", "SummaryMark"]
