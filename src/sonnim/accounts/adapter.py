"""What allauth asks us: mails through the outbox, sealed second factors, no public sign-up, the peer's address."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from sonnim.accounts import mail
from sonnim.accounts.callers import client_address
from sonnim.accounts.models import User
from sonnim.eventlog import log
from sonnim.kernel import secrets


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation; mails are rows of the outbox, in the reader's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104  a Unix socket has no peer address

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's own key holds the Host header, with which an attacker could have a fresh count for each guess.
        return str(credentials.get("email", "")).strip().lower()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        kind = mail.KIND_OF_TEMPLATE.get(template_prefix)
        if kind is None:
            return
        user = context.get("user")
        locale = user.locale if isinstance(user, User) else "en"
        with log.unit() as work:
            mail.enqueue(work, kind, to=email, locale=locale, link=str(context.get("password_reset_url", "")))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The console words its own messages."""


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: TOTP keys and recovery codes are sealed; the relying party is SONNIM_URL's host."""

    def encrypt(self, text: str) -> str:
        return secrets.seal(text, secret_key=settings.SECRET_KEY)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal(encrypted_text, secret_key=settings.SECRET_KEY)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "localhost", "name": "Sonnim"}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        return ""
