"""Where messages wait for the next page."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class MessageCookie(CookieStorage):
    """In a cookie, so that a page can say what happened even while the database can't."""

    cookie_name = settings.MESSAGES_COOKIE_NAME
