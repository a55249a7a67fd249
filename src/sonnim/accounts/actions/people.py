"""Writes to a person's own account."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sonnim.accounts import audit, sessions
from sonnim.accounts.models import Agent, User
from sonnim.accounts.shapes import agent_object
from sonnim.eventlog import log
from sonnim.kernel.errors import Conflict, Invalid
from sonnim.kernel.text import pick_locale


def create_user(*, email: str, name: str, password: str | None, locale: str = "en") -> User:
    """A person who can sign in; the address counts as proven (whoever calls has proven it).

    Args:
        password: None makes an account that cannot sign in until a password is set.

    Raises:
        Invalid: the password is too easy to guess (fields.password says why).
        Conflict: there is already a user with this address.
    """
    address = email.strip().lower()
    if password is not None:
        _checked_password(password, user=User(email=address, name=name))
    with log.unit():
        try:
            with transaction.atomic():
                user = User.objects.create_user(
                    address, password, name=name.strip(), locale=pick_locale(locale), theme="auto"
                )
        except IntegrityError:
            raise Conflict("There is already an account with this address.") from None
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    return user


def _checked_password(password: str, *, user: User) -> str:
    """Raises: Invalid, when Django's validators refuse the password."""
    if len(password) > 1024:
        raise Invalid(fields={"password": "at most 1,024 characters"})
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(fields={"password": " ".join(error.messages)}) from None
    return password


def change_profile(*, user: User, name: str | None = None, locale: str | None = None, theme: str | None = None) -> User:
    """Change how a person is called, which language they read and how bright their screen is."""
    agents = list(Agent.objects.filter(user_id=user.pk, removed_at__isnull=True))
    with log.unit(*(agent.shop_id for agent in agents)) as work:
        user = User.objects.get(pk=user.pk)
        former = user.name
        user.name = name.strip() if name is not None else user.name
        user.locale = locale or user.locale
        user.theme = theme or user.theme
        user.save(update_fields=["name", "locale", "theme"])
        for agent in agents:
            agent.refresh_from_db()
            agent.user = user
            if agent.name == former:
                agent.name = user.name
            agent.v = work.claim(agent.shop_id)
            agent.save(update_fields=["name", "v"])
            work.publish(agent.shop_id, agent.v, "agent.updated", desk_put={"agents": [agent_object(agent)]})
    return user


def set_password(*, user: User, password: str) -> None:
    """A new password by the operator's hand; all sessions of the person end.

    Raises:
        Invalid: the password is too easy to guess.
    """
    _checked_password(password, user=user)
    shop_ids = list(Agent.objects.filter(user_id=user.pk, removed_at__isnull=True).values_list("shop_id", flat=True))
    with log.unit(*shop_ids):
        user.set_password(password)
        user.save(update_fields=["password"])
        sessions.end_other_sessions(user.pk, keep=None)
        audit.record_for_user(user, shop_ids, "password.set_by_operator")
