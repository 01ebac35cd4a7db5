"""What the portal keeps: data, constraints, and questions a row can answer about itself; no calls, no policy."""

from contacts.models.attempt import Attempt
from contacts.models.contact_key import ContactKey
from contacts.models.day_figures import DayFigures
from contacts.models.digest import Digest
from contacts.models.draft import Draft
from contacts.models.event import Event, EventOrigin
from contacts.models.export import Export
from contacts.models.gate import Gate
from contacts.models.leonar_list import LeonarList
from contacts.models.reason import Reason
from contacts.models.saved_view import SavedView
from contacts.models.search_entry import SearchEntry
from contacts.models.settings_seen import SettingsSeen
from contacts.models.submission import Submission, SubmissionQuerySet
from contacts.models.used_value import UsedValue
from contacts.models.workspace import Workspace, current_workspace, other_workspaces

__all__ = [
    "Attempt",
    "ContactKey",
    "DayFigures",
    "Digest",
    "Draft",
    "Event",
    "EventOrigin",
    "Export",
    "Gate",
    "LeonarList",
    "Reason",
    "SavedView",
    "SearchEntry",
    "SettingsSeen",
    "Submission",
    "SubmissionQuerySet",
    "UsedValue",
    "Workspace",
    "current_workspace",
    "other_workspaces",
]
