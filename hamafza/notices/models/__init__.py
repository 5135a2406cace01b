from hamafza.notices.models.message import Message
from hamafza.notices.models.notice import Notice

__all__ = ["Message", "Notice"]
