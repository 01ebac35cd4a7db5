"""Dates and times in Django admin, as the portal's own pages write them."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i:s"
DATETIME_FORMAT = "j F Y, H:i:s"
SHORT_DATE_FORMAT = "j M Y"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
