"""Tables of the community desk."""

from communities.models.announcements import Announcement
from communities.models.register import ImportBatch, ImportRow
from communities.models.useful_numbers import UsefulNumber

__all__ = ["Announcement", "ImportBatch", "ImportRow", "UsefulNumber"]
