from hamafza.portal.models.knock import WrongKnock

__all__ = ["WrongKnock"]
