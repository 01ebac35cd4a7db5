"""The WSGI entry point that gunicorn serves."""

import os
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leonar_portal.settings")

application: WSGIApplication = get_wsgi_application()

# After the apps are ready, which is what the line above waits for.
from contacts.operations import settings_record  # noqa: E402
from leonar_portal import bodies  # noqa: E402

application = bodies.readable(application)

settings_record.note_changes()
