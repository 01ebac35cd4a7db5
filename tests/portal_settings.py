"""The portal's own settings for the processes that tests start, except that a password is hashed in no time.

Each hash takes a quarter of a second of CPU, which is its purpose; each portal of the tests makes two and checks more.
"""

from leonar_portal.settings import *  # noqa: F403  (the portal's settings, whole)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
