"""Settings of Høst. Everything an operator may set is an environment variable named here.

HOEST_DATA (data folder), DATABASE_URL (operator's server), HOEST_DATABASE_ROLE (app, worker or
owner), HOEST_HOSTS (names the site answers to), HOEST_SECURE (1 behind TLS), HOEST_OIDC_* and
EMAIL_URL-like settings: see docs/how-to/drift.md.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from pghistory import ContextJSONField, ContextUUIDField, DeleteEvent, InsertEvent, UpdateEvent

PACKAGE = Path(__file__).resolve().parent.parent

TESTING = os.environ.get("HOEST_TESTING") == "1"
DEBUG = False
SECURE = os.environ.get("HOEST_SECURE") == "1"
DATABASE_ROLE = os.environ.get("HOEST_DATABASE_ROLE", "app")
ALLOWED_HOSTS = os.environ.get("HOEST_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    f"https://{host}" for host in ALLOWED_HOSTS if SECURE and not host.startswith("[")
]


def _database() -> dict[str, Any]:
    """Connection settings of the process's database role; a dummy when there is no database yet."""
    from hoest.foundation.database import connection

    found: dict[str, Any] = connection.django_settings(DATABASE_ROLE)  # type: ignore[arg-type]
    return found


def _secret_key() -> str:
    from hoest.foundation.database.credentials import secret_key

    return os.environ.get("HOEST_SECRET_KEY") or secret_key()


DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "hoest.foundation.tenancy.backend",
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        **_database(),
    }
}
if os.environ.get("HOEST_DATABASE_NAME"):
    DATABASES["default"]["NAME"] = os.environ["HOEST_DATABASE_NAME"]
if DATABASE_ROLE in ("app", "worker") and not TESTING:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Before allauth, so that our templates stand before its own.
    "hoest.foundation.access",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_tables2",
    "django_filters",
    "csp",
    "hoest.ui",
    "hoest.foundation.content",
    "hoest.foundation.tenancy",
    "hoest.foundation.audit",
    "hoest.foundation.provenance",
    "hoest.foundation.lists",
    "hoest.foundation.forms",
    "hoest.foundation.offline",
    "hoest.foundation.search",
    "hoest.foundation.first_steps",
    "hoest.foundation.help",
    "hoest.foundation.messages",
    "hoest.domain.organisations",
    "hoest.domain.portfolio",
    "hoest.domain.trust",
    "hoest.domain.business_cases",
    "hoest.domain.benefits",
    "hoest.domain.evidence",
    "hoest.domain.reporting",
    "hoest.domain.exchange",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "hoest.foundation.compressed.CompressedStaticMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hoest.foundation.access.middleware.PersonalAnswersMiddleware",
    "hoest.foundation.access.middleware.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hoest.foundation.access.middleware.SessionActivityMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hoest.ui.sheets.SheetMiddleware",
    "hoest.foundation.tenancy.middleware.TenantMiddleware",
    "hoest.foundation.forms.interrupted.InterruptedMiddleware",
    "hoest.foundation.access.middleware.SignInRequiredMiddleware",
    "hoest.foundation.faults_web.FaultMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hoest.config.urls"
WSGI_APPLICATION = "hoest.config.wsgi.application"
TENANCY_FIND_ACTOR = "hoest.domain.organisations.queries.find_actor"
TENANCY_ORGANISATIONS = "hoest.domain.organisations.queries.organisations_here"
MESSAGES_FIND_RECIPIENT = "hoest.domain.organisations.queries.find_recipient"
TENANCY_REBIND_IN_TRANSACTION = TESTING
ACCESS_ACCOUNT_FROM_PROVIDER = "hoest.domain.organisations.actions.account_from_provider"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hoest.config.frame.frame",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "hoest.ui.templatetags.danish",
            ],
        },
    }
]
COTTON_DIR = "cotton"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "hoest.foundation.access.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "hoest.foundation.access.forms.SignInForm",
    "reauthenticate": "hoest.foundation.access.forms.ConfirmPasswordForm",
    "change_password": "hoest.foundation.access.forms.ChangePasswordForm",
    "set_password": "hoest.foundation.access.forms.SetPasswordForm",
    "reset_password": "hoest.foundation.access.forms.ForgottenPasswordForm",
    "reset_password_from_key": "hoest.foundation.access.forms.NewPasswordForm",
}
# Guessing of passwords is counted by axes alone: in the database, so by all processes together.
ACCOUNT_RATE_LIMITS = {"login_failed": None}
SOCIALACCOUNT_ADAPTER = "hoest.foundation.access.adapters.IdentityProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
# A link and not a form, because `form-action 'self'` also stops a form that is sent on elsewhere.
SOCIALACCOUNT_LOGIN_ON_GET = True
USERSESSIONS_TRACK_ACTIVITY = True
MFA_ADAPTER = "hoest.foundation.access.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "hoest.foundation.access.forms.SecondFactorForm",
    "reauthenticate": "hoest.foundation.access.forms.ConfirmSecondFactorForm",
    "activate_totp": "hoest.foundation.access.forms.ActivateAppForm",
    "add_webauthn": "hoest.foundation.access.forms.AddPasskeyForm",
    "edit_webauthn": "hoest.foundation.access.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Høst"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "hoest.foundation.access.lockout.tried_address"
AXES_CLIENT_IP_CALLABLE = "hoest.foundation.access.lockout.client_ip"
AXES_LOCKOUT_CALLABLE = "hoest.foundation.access.lockout.locked_out"
# How many proxies of the operator's own stand in front and add to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HOEST_PROXIES", "1" if SECURE else "0"))

SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"APPS": [], "OAUTH_PKCE_ENABLED": True}
}
if os.environ.get("HOEST_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": os.environ.get("HOEST_OIDC_ID", "kommunen"),
            "name": os.environ.get("HOEST_OIDC_NAME", "Kommunens log-in"),
            "client_id": os.environ.get("HOEST_OIDC_CLIENT_ID", ""),
            "secret": os.environ.get("HOEST_OIDC_SECRET", ""),
            "settings": {
                "server_url": os.environ["HOEST_OIDC_SERVER"],
                # The code of the municipality the provider belongs to; empty: the installation.
                "municipality": os.environ.get("HOEST_OIDC_MUNICIPALITY", ""),
            },
        }
    )

# The hosts measurements may be read from, named by the operator.
SOURCE_HOSTS = os.environ.get("HOEST_SOURCE_HOSTS", "").lower().replace(",", " ").split()

# What links in mails begin with.
PUBLIC_ADDRESS = os.environ.get(
    "HOEST_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if SECURE else "http://localhost:8000"
).rstrip("/")

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("dansk")), ("en", _("engelsk"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Copenhagen"
USE_THOUSAND_SEPARATOR = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
# The packages' own folders are served; collected files only where an operator has collected them.
COLLECTED = PACKAGE.parent / "staticfiles"
STATIC_ROOT = COLLECTED if COLLECTED.is_dir() else None
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_NAME = "hoest"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hoest.config.errors.csrf_failure"
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("HOEST_SMTP_HOST")
    else "hoest.foundation.mail.FolderBackend"
)
EMAIL_HOST = os.environ.get("HOEST_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("HOEST_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("HOEST_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("HOEST_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("HOEST_SMTP_TLS") == "1"
# A mail server that does not answer must not hold a worker.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("HOEST_MAIL_FROM", "hoest@localhost")

# History rows carry their own context, so that no shared table knows about several municipalities.
PGHISTORY_CONTEXT_FIELD = ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = ContextUUIDField()
PGHISTORY_DEFAULT_TRACKERS = (InsertEvent(), UpdateEvent(), DeleteEvent())
PGHISTORY_ADMIN_ENABLED = False

# urls.W005: allauth's own addresses and ours for one's account share the prefix /konto/.
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "hoest.foundation.logs.formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # A wrong host name is the visitor's mistake, and the pool tells of every try to reconnect.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "psycopg.pool": {"level": "ERROR"},
    },
}
