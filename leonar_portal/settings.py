"""Every setting of the portal, read from the environment (or a `.env` file) and loud when wrong.

The list for people is in README.md and .env.example.
"""

import sys
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from contacts.leonar import limits
from leonar_portal.environment import company, encryption, files, leonar, secret_keys, variables

BASE_DIR = Path(__file__).resolve().parent.parent

env = variables.Environment()
env.read_env(BASE_DIR / ".env")

# What the portal keeps beside the database, and SQLite's file where there is no other database.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()

# Leonar

LEONAR_API_KEY = leonar.read_api_key(env)
SANDBOX = LEONAR_API_KEY is None
DEBUG = leonar.read_debug(env, sandbox=SANDBOX)
LEONAR_WORKSPACE = leonar.read_workspace(env, sandbox=SANDBOX)
SANDBOX_PORT = variables.read_port(env, "SANDBOX_PORT", default=8001)
SANDBOX_URL = f"http://127.0.0.1:{SANDBOX_PORT}"
LEONAR_API_URL = leonar.read_api_url(
    env, default=f"{SANDBOX_URL}/api/v1" if SANDBOX else limits.DEFAULT_URL, sandbox=SANDBOX
)
LEONAR_CONNECT_TIMEOUT = variables.read_seconds(env, "LEONAR_CONNECT_TIMEOUT", default=3)
LEONAR_READ_TIMEOUT = variables.read_seconds(env, "LEONAR_READ_TIMEOUT", default=10)
LEONAR_DEADLINE = variables.read_seconds(env, "LEONAR_DEADLINE", default=15)
# A certificate bundle for networks whose proxy signs with a company authority; empty means certifi's.
LEONAR_CA_BUNDLE = env.str("LEONAR_CA_BUNDLE", default="")

DEFAULT_PHONE_REGION = env.str("DEFAULT_PHONE_REGION", default="FR").upper()
# 0 keeps submissions for ever.
RETENTION_DAYS = variables.read_whole_number(env, "RETENTION_DAYS", default=730, minimum=0)

# Django

SECRET_KEY = secret_keys.read_secret_key(env, var=VAR_DIR, required=not SANDBOX)
# Earlier ones: what was signed or encrypted with them can still be read.
SECRET_KEY_FALLBACKS = secret_keys.read_earlier_secret_keys(env, required=not SANDBOX)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ROOT_URLCONF = "leonar_portal.urls"
WSGI_APPLICATION = "leonar_portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accounts",
    "contacts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
]

MIDDLEWARE = [
    # The outermost ones, so that static files, errors and redirects have every header too.
    "leonar_portal.logs.with_request_id",
    "leonar_portal.headers.every_answer",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "leonar_portal.bodies.bounded",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Safe beside secrets, against BREACH: a CSRF token is masked anew for each page, another site's requests carry no
    # session (SameSite=Lax), and a random length of up to 100 bytes is added to each page.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.sign_ins.log_denials",
    "accounts.middleware.SignedInMiddleware",
    "contacts.middleware.SignInMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "leonar_portal.crowding.CrowdingMiddleware",
    "contacts.middleware.MethodNotAllowedMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "leonar_portal.fixed_text.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "contacts.context_processors.surroundings",
            ],
        },
    }
]

# Machines of one's own network that are reached without TLS because somebody has said so.
WITHOUT_TLS = env.list("WITHOUT_TLS", default=[])

# Database

SQLITE_OPTIONS = {
    # IMMEDIATE waits its turn; a DEFERRED transaction that turns into a write fails at once despite the timeout.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    # FULL, because NORMAL may lose a committed submission on power loss.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    # What is erased is overwritten in the file at once.
    "PRAGMA secure_delete=ON;",
}

# Each web process has 8 threads and each deliverer one; a pool hands a connection to whichever of them needs it now,
# so that none is held while a call to Leonar is under way. Nobody waits for ever: a recruiter is told soon that nothing
# was saved, and the tries to record an outcome end before its lease does. Whoever is stopped within a transaction, with
# its machine say, loses it and its locks before those who wait for them give up.
# All that is asked is short: starting a second process for it, or compiling it, would take longer than to answer it.
POSTGRES_OPTIONS = {
    "pool": {"min_size": 1, "max_size": 10, "timeout": 3},
    "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=7s "
    "-c max_parallel_workers_per_gather=0 -c jit=off",
    # Where the network lets a connection fall without a word, Linux alone would wait for a quarter of an hour at least.
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


def database() -> dict:
    """The database named by DATABASE_URL with the options that the delivery guarantees need."""
    files.own_folder(VAR_DIR)
    # What was entered for the sandbox, and its demo accounts, must not meet the real service once there is a key.
    file = VAR_DIR / ("sandbox.sqlite3" if SANDBOX else "portal.sqlite3")
    url = env.str("DATABASE_URL", default=f"sqlite:///{file}")
    if not url.startswith(("sqlite:", "postgres:", "postgresql:")):
        raise ImproperlyConfigured("DATABASE_URL must start with sqlite: or postgres:.")
    settings = env.db_url_config(url)
    if not SANDBOX:
        encryption.refuse_unencrypted_database(settings, without_tls=WITHOUT_TLS)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        files.own_file(Path(settings["NAME"]))
        # A file, so that threads and processes of a test see the same database.
        test = {"NAME": f"{settings['NAME']}.test"}
        # Opening and closing the file at each request costs more than the request's queries.
        return settings | {"OPTIONS": SQLITE_OPTIONS, "TEST": test, "CONN_MAX_AGE": None}
    return settings | {"OPTIONS": settings.get("OPTIONS", {}) | POSTGRES_OPTIONS, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": database()}

# Accounts

# How many reverse proxies of one's own a request comes through; 0 where people reach the portal itself.
TRUSTED_PROXIES = variables.read_whole_number(env, "TRUSTED_PROXIES", default=0, minimum=0)

AUTH_USER_MODEL = "accounts.User"

AUTHENTICATION_BACKENDS = ["accounts.backends.AccountBackend"]
# The 10,000 most common of ten characters or more that breaches have made public (SecLists, MIT licence), and those of
# Django's own list, of which most are too short to be taken anyway.
BREACHED_PASSWORDS = BASE_DIR / "accounts" / "breached-passwords.txt.gz"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "django.contrib.auth.password_validation.CommonPasswordValidator",
        "OPTIONS": {"password_list_path": BREACHED_PASSWORDS},
    },
    {"NAME": "accounts.passwords.OwnWordsValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "entry"
LOGOUT_REDIRECT_URL = "login"

# How long a sign-in lasts: without use, and whatever happens.
SESSION_ENGINE = "accounts.sessions"
SESSION_IDLE_SECONDS = variables.read_whole_number(env, "SESSION_IDLE_HOURS", default=8, minimum=1) * 3600
SESSION_COOKIE_AGE = variables.read_whole_number(env, "SESSION_DAYS", default=7, minimum=1) * 24 * 3600
# How long ago a sign-in may be before accounts, or how one signs in, are changed.
REAUTHENTICATE_SECONDS = ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
# How long a link to set a password is good.
PASSWORD_RESET_TIMEOUT = variables.read_whole_number(env, "INVITATION_HOURS", default=72, minimum=1) * 3600

# The company's own sign-in (OpenID Connect), and whether there are passwords beside it.
OIDC_ISSUER = company.read_issuer(env)
OIDC_NAME = env.str("OIDC_NAME", default="your company")
OIDC_GROUPS_CLAIM = env.str("OIDC_GROUPS_CLAIM", default="groups")
OIDC_ROLES = company.read_roles_of_groups(env, roles=("recruiter", "admin"))
# What the ID token's acr must be one of; empty where the provider's strength is its own to say.
OIDC_ACR = env.str("OIDC_ACR", default="").split()
LOCAL_PASSWORDS = company.read_local_passwords(env, issuer=OIDC_ISSUER)
SECOND_FACTOR_FOR_ADMINS = variables.read_switch(env, "SECOND_FACTOR_FOR_ADMINS")
SECOND_FACTOR_FOR_ALL = variables.read_switch(env, "SECOND_FACTOR_FOR_ALL")

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "email"]
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_FORMS = {"reauthenticate": "accounts.views.security.PasswordAgainForm"}
# accounts/throttle.py counts in the database, for all processes alike, and so that nobody locks a colleague.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code is good for the half minute that it is shown for, as ASVS asks: clocks of telephones and servers agree today.
MFA_TOTP_TOLERANCE = 0
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "authenticate": "accounts.factors.CodeForm",
    "reauthenticate": "accounts.factors.CodeAgainForm",
    "activate_totp": "accounts.factors.NewAppForm",
    "authenticate_webauthn": "accounts.passkeys.SecondStepForm",
    "login_webauthn": "accounts.passkeys.SignInForm",
    "reauthenticate_webauthn": "accounts.passkeys.AgainForm",
    "add_webauthn": "accounts.passkeys.NewPasskeyForm",
}
SOCIALACCOUNT_ADAPTER = "accounts.company.CompanyAdapter"
# A link and no form: form-action would have to name wherever the provider goes on to.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": company.read_oidc_apps(env, issuer=OIDC_ISSUER, name=OIDC_NAME),
    }
}

MESSAGE_STORAGE = "leonar_portal.messages.MessageCookie"

# Security

# True where the portal is reached over plain HTTP on this machine only, as `make run` does: browsers refuse to send a
# Secure cookie over http to 127.0.0.1.
PLAIN_HTTP = DEBUG or variables.read_switch(env, "PLAIN_HTTP")
SESSION_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_SECURE = not PLAIN_HTTP
CSRF_COOKIE_HTTPONLY = True
# With this prefix a browser takes a cookie from this host over https alone; over plain http it would take none.
COOKIE_PREFIX = "" if PLAIN_HTTP else "__Host-"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}device"
MESSAGES_COOKIE_NAME = f"{COOKIE_PREFIX}messages"
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_HSTS_PRELOAD = not PLAIN_HTTP
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "contacts.views.errors.csrf_failure"
# The reverse proxy in front redirects http to https (README.md shows how); a redirect here as well would turn away the
# health probes that load balancers send over plain HTTP.
SILENCED_SYSTEM_CHECKS = ["security.W008"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
# A whole form with a long custom JSON value fits; the documented fields need a few kilobytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# All of it with a file, which Django bounds by nothing.
REQUEST_BODY_MOST = 5 * 1024 * 1024

# Language, time, files

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = variables.read_time_zone(env, default="Europe/Paris")
FORMAT_MODULE_PATH = ["leonar_portal.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# Without `collectstatic` there are no hashed names to link to; files are then served from where they stand, and
# WhiteNoise warns at start that the directory is not there.
STATIC_COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv
WHITENOISE_USE_FINDERS = not STATIC_COLLECTED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "leonar_portal.static_files.StaticFiles"
        if STATIC_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Mail (off unless a server is named)

DIGEST_RECIPIENTS = env.list("DIGEST_RECIPIENTS", default=[])
vars().update(env.email("EMAIL_URL", default="consolemail://"))
SENDS_MAIL = bool(env.str("EMAIL_URL", default=""))
if SENDS_MAIL and not SANDBOX:
    encryption.refuse_unencrypted_mail(env, without_tls=WITHOUT_TLS)
# Seconds that a mail server may keep silent.
EMAIL_TIMEOUT = variables.read_seconds(env, "EMAIL_TIMEOUT", default=10)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="leonar-portal@localhost")

# Logs: one line an event, no personal data.

LOG_FORMAT = variables.read_choice(env, "LOG_FORMAT", choices=("line", "json"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "leonar_portal.logs.LineFormatter"},
        "json": {"()": "leonar_portal.logs.JSONFormatter"},
    },
    "filters": {"without_paths": {"()": "leonar_portal.logs.WithoutPaths"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["without_paths"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"accounts": {"level": "INFO"}, "contacts": {"level": "INFO"}},
}
