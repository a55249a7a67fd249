"""Django's settings, read from the environment (see docs/operations.md)."""

from pathlib import Path
from urllib.parse import urlsplit

from sonnim.channels import registry as channels
from sonnim.config import environment

DATA_DIR = environment.data_dir()
PACKAGE_DIR = Path(__file__).resolve().parent.parent
WEB_DIR = Path(environment.text("SONNIM_WEB") or PACKAGE_DIR.parent.parent / "web")
PUBLIC_URL = environment.text("SONNIM_URL", "http://localhost:8000").rstrip("/")
REDIS_URL = environment.text("SONNIM_REDIS_URL")

SECRET_KEY = environment.secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = ["*"]  # links are built from PUBLIC_URL, never from the Host header
DATABASES = {"default": environment.database(DATA_DIR)}
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False
ROOT_URLCONF = "sonnim.config.urls"
WSGI_APPLICATION = None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # the address is unique regardless of case, by a constraint

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.headless",
    "allauth.mfa",
    "allauth.usersessions",
    "sonnim.eventlog",
    "sonnim.accounts",
    "sonnim.search",
    "sonnim.contacts",
    "sonnim.conversations",
    "sonnim.notifications",
    "sonnim.plan",
    "sonnim.routing",
    "sonnim.automation",
    "sonnim.coaching",
    "sonnim.quality",
    "sonnim.channels",
    *(module.removesuffix(".apps") for module in channels.modules("apps")),
    "sonnim.demo",
]
MIDDLEWARE = [
    "sonnim.config.middleware.GuardMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
CACHES = {
    "default": {"BACKEND": "sonnim.config.shared_cache.SharedCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 50_000}}
}

# Files
MEDIA_ROOT = DATA_DIR / "files"
MODELS_ROOT = DATA_DIR / "models"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(MEDIA_ROOT)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE_DIR / "config" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024
ATTACHMENTS_PER_MESSAGE = 10
HOOK_MAX_BYTES = 45 * 1024 * 1024  # a mail of 30 MB, in base64
FORM_MAX_BYTES = 45 * 1024 * 1024  # what is read of a form, to say on its page that 20 MB of files are the most
# Limits for what comes from shoppers: (how many, in how many seconds); messages over the socket: (a second, at once)
VISITOR_MESSAGES = environment.pair("SONNIM_VISITOR_MESSAGES", (4.0, 20.0))
AGENT_MESSAGES = environment.pair("SONNIM_AGENT_MESSAGES", (50.0, 100.0))
VISITOR_HTTP_MESSAGES = (60, 20)
VISITOR_ARRIVALS = environment.counts("SONNIM_VISITOR_ARRIVALS", (60, 60))
VISITOR_RETURNS = (VISITOR_ARRIVALS[0] * 5, VISITOR_ARRIVALS[1])
VISITOR_GUESSES = (30, 60)
VISITOR_UPLOADS = (60, 60)
VISITOR_CHANGES = (20, 60)
VISITOR_QUESTIONS = environment.counts("SONNIM_VISITOR_QUESTIONS", (60, 60))
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
DATA_UPLOAD_MAX_NUMBER_FILES = 100  # a form says on its page that it takes fewer

# Private machines (host:port) that requests to the outside may reach all the same, such as a push service of one's own
OUTGOING_TRUSTED = frozenset(environment.text("SONNIM_OUTGOING_TRUSTED").replace(",", " ").split())
PICTURES_TRUSTED = frozenset(
    environment.text("SONNIM_PICTURES_TRUSTED").replace(",", " ").split()
)  # strangers name them

# Sessions, cookies, headers
SECURE = urlsplit(PUBLIC_URL).scheme == "https"
SESSION_ENGINE = "sonnim.accounts.sessions"
SESSION_COOKIE_NAME = "sonnim"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "sonnim.config.views.csrf_failure"
BEHIND_PROXY = environment.flag("SONNIM_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

# Sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "sonnim.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # as an outbox row that nobody sends: a known address must take no longer
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,6/5m/key",
    "reset_password": "10/m/ip,3/h/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("browser",)
HEADLESS_FRONTEND_URLS = {
    "account_reset_password_from_key": f"{PUBLIC_URL}/console/reset/{{key}}",
    "account_signup": f"{PUBLIC_URL}/console/",
    "account_reset_password": f"{PUBLIC_URL}/console/reset",
    "account_confirm_email": f"{PUBLIC_URL}/console/",
}
MFA_ADAPTER = "sonnim.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(PUBLIC_URL).hostname in {"localhost", "127.0.0.1"}
MFA_TOTP_ISSUER = "Sonnim"
MFA_TOTP_TOLERANCE = 1  # one step: typed at the end of its half minute, a code must still let in (RFC 6238, 5.2)
USERSESSIONS_TRACK_ACTIVITY = False

# Mail goes through the outbox; without a server it waits there and the console shows the link to copy.
EMAIL_HOST = environment.text("SONNIM_SMTP_HOST")
EMAIL_PORT = int(environment.text("SONNIM_SMTP_PORT", "587"))
EMAIL_HOST_USER = environment.text("SONNIM_SMTP_USER")
EMAIL_HOST_PASSWORD = environment.text("SONNIM_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("SONNIM_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = environment.text("SONNIM_MAIL_FROM", "Sonnim <noreply@localhost>")
# Who else may stand in From of what goes out through that server: addresses, and domains with all of theirs
MAIL_SENDERS = frozenset(environment.text("SONNIM_MAIL_SENDERS").lower().replace(",", " ").split())

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.text("SONNIM_LOG_LEVEL", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
