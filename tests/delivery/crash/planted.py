"""Faults to plant into the portal's processes, so that the harness is seen to report them.

As a settings module it is that of every portal of the tests, with the fault named in PLANTED_FAULT.
"""

import os

from leonar_portal.settings import INSTALLED_APPS
from tests.portal_settings import *  # noqa: F403  (their settings, whole)

FAULTS = {
    "leases": "tests.delivery.crash.planted_apps.ExpiredLeasesAreQueued",
    "matcher": "tests.delivery.crash.planted_apps.EverybodyMatches",
}
INSTALLED_APPS = [*INSTALLED_APPS, FAULTS[os.environ["PLANTED_FAULT"]]]
