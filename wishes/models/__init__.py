"""Tables of the order."""

from wishes.models.asks import Ask, AskEvent, AskWindow
from wishes.models.attendance import (
    Attendance,
    AttendanceEvent,
    CodeTry,
    Report,
    Slip,
    SlipUse,
    Verification,
)
from wishes.models.campaigns import (
    Campaign,
    CampaignBackup,
    CampaignEvent,
    CampaignHousehold,
    CampaignKeeper,
    CampaignWish,
    Substitute,
)
from wishes.models.care import WishCare, WishReview
from wishes.models.changes import NoShow, StandIn, WishMessage
from wishes.models.claims import Claim, Commitment, ItemDelivery, Place
from wishes.models.dispatch import Dispatch, Offer, OfferArea, OfferMonth, OfferSlot
from wishes.models.feedback import FeedbackCard
from wishes.models.folders import FolderLook, InspectionFolder
from wishes.models.following import CommunityFollow
from wishes.models.guests import Guest, GuestLook, GuestSeats
from wishes.models.photos import Photo
from wishes.models.pressing import Pause, Press
from wishes.models.private import PrivateDetails, PrivateLook
from wishes.models.quick import QuickCall, QuickTurn, TeamMember
from wishes.models.ratings import LaterReply, Rating, RatingCode
from wishes.models.referrals import Leg, Referral, ReferralEvent
from wishes.models.residents import (
    Resident,
    ResidentLook,
    ResidentMatter,
    RoundHelper,
    Visit,
    VisitRule,
)
from wishes.models.search import WishSearchText
from wishes.models.series import Series, SeriesDay, SeriesMember, WishTemplate
from wishes.models.spot_checks import SpotCheck, SpotCheckLine
from wishes.models.supports import AskSupport
from wishes.models.terms import Reconfirmation, WishTerms
from wishes.models.waiting import Waiting
from wishes.models.wish import CommunityCounter, ToolLine, ToolPledge, Wish, WishEvent

__all__ = [
    "Ask",
    "AskEvent",
    "AskSupport",
    "AskWindow",
    "Attendance",
    "AttendanceEvent",
    "Campaign",
    "CampaignBackup",
    "CampaignEvent",
    "CampaignHousehold",
    "CampaignKeeper",
    "CampaignWish",
    "Claim",
    "CodeTry",
    "Commitment",
    "CommunityCounter",
    "CommunityFollow",
    "Dispatch",
    "FeedbackCard",
    "FolderLook",
    "Guest",
    "GuestLook",
    "GuestSeats",
    "InspectionFolder",
    "ItemDelivery",
    "LaterReply",
    "Leg",
    "NoShow",
    "Offer",
    "OfferArea",
    "OfferMonth",
    "OfferSlot",
    "Pause",
    "Photo",
    "Place",
    "Press",
    "PrivateDetails",
    "PrivateLook",
    "QuickCall",
    "QuickTurn",
    "Rating",
    "RatingCode",
    "Reconfirmation",
    "Referral",
    "ReferralEvent",
    "Report",
    "Resident",
    "ResidentLook",
    "ResidentMatter",
    "RoundHelper",
    "Series",
    "SeriesDay",
    "SeriesMember",
    "Slip",
    "SlipUse",
    "SpotCheck",
    "SpotCheckLine",
    "StandIn",
    "Substitute",
    "TeamMember",
    "ToolLine",
    "ToolPledge",
    "Verification",
    "Visit",
    "VisitRule",
    "Waiting",
    "Wish",
    "WishCare",
    "WishEvent",
    "WishMessage",
    "WishReview",
    "WishSearchText",
    "WishTemplate",
    "WishTerms",
]
