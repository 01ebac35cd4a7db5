"""What each process of the portal reads before its settings, read ahead for all of them by tests/forks.py.

Nothing here may ask for the settings, which are each portal's own.
"""

# ruff: noqa: F401

import gc
import os
import sys

# Whoever asks for them nevertheless is told so.
os.environ.pop("DJANGO_SETTINGS_MODULE", None)

import cryptography.fernet
import cryptography.hazmat.primitives.asymmetric.ec
import cryptography.x509
import csp.middleware
import django.contrib.admin.utils
import django.contrib.auth.hashers
import django.contrib.auth.password_validation
import django.contrib.messages.middleware
import django.contrib.staticfiles.finders
import django.core.handlers.wsgi
import django.core.mail
import django.core.management
import django.db.backends.postgresql.base
import django.db.backends.sqlite3.base
import django.db.migrations.executor
import django.forms
import django.middleware.common
import django.middleware.csrf
import django.middleware.gzip
import django.template.defaulttags
import django.template.loader
import django.views.generic
import environ
import fido2.server
import gunicorn.app.wsgiapp
import gunicorn.workers.gthread
import jwt
import nameparser
import phonenumbers
import psycopg_pool
import qrcode
import requests
import whitenoise.middleware

import contacts.contact
import contacts.entry.facts
import contacts.leonar.client
import contacts.reading
import contacts.text.identity

assert "leonar_portal.settings" not in sys.modules

# What is never looked at again is never copied for a fork.
gc.collect()
gc.freeze()
