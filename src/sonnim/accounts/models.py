"""Tables of people who work at the desk, and of the shops they work for."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from sonnim.kernel import clock
from sonnim.kernel.fields import InstantField


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; a member of shops through Agent. `is_staff` opens Django's admin to operators."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    locale = models.CharField(max_length=5, default="en")
    theme = models.CharField(max_length=5, default="auto")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=clock.now)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email")]

    def __str__(self) -> str:
        return self.email


class Shop(models.Model):
    """A tenant: everything else belongs to exactly one shop."""

    name = models.CharField(max_length=120)
    public_key = models.CharField(max_length=32, unique=True)
    locale = models.CharField(max_length=5, default="en")
    timezone = models.CharField(max_length=60, default="UTC")
    color = models.CharField(max_length=7, default="#0F766E")
    allowed_origins = models.JSONField(default=list)
    identity_secret = models.TextField(blank=True)
    appearance = models.JSONField(default=dict)  # of the widget
    business = models.JSONField(default=dict)  # who answers for the shop: name, registration, address
    role_permissions = models.JSONField(default=dict)  # role → permissions, where they differ from the table's
    is_demo = models.BooleanField(default=False)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Agent(models.Model):
    """A user's place in one shop. Removed agents stay, so that what they wrote keeps its name."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="agents")
    user = models.ForeignKey(User, models.CASCADE, related_name="agents")
    role = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    color = models.CharField(max_length=7, default="#0F766E")
    avatar = models.CharField(max_length=200, blank=True)
    languages = models.JSONField(default=list)
    availability = models.CharField(max_length=10, default="online")
    preferences = models.JSONField(default=dict)
    removed_at = InstantField(null=True)
    v = models.BigIntegerField(default=0)
    created_at = InstantField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "user"], name="agent_once")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """Agents who share conversations. A removed team stays until its conversations have been told."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    agents = models.ManyToManyField(Agent, related_name="teams")
    v = models.BigIntegerField(default=0)
    removed_at = InstantField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "name"], name="team_name", condition=models.Q(removed_at=None))
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """An address that may join a shop until `expires_at`; only the token's hash is kept."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=10)
    locale = models.CharField(max_length=5, default="en")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Agent, models.CASCADE, related_name="+")
    expires_at = InstantField()
    used_at = InstantField(null=True)
    created_at = InstantField(default=clock.now)

    def __str__(self) -> str:
        return self.email


class ApiToken(models.Model):
    """A program's key to one shop with the rights of the agent it acts for; only its hash is kept."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="tokens")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    last_used_at = InstantField(null=True)
    revoked_at = InstantField(null=True)
    created_at = InstantField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class AuditEntry(models.Model):
    """Who did what that a shop must be able to look up later. `detail` never holds a secret."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", null=True, db_index=False)
    actor = models.CharField(max_length=254)
    actor_agent_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=120, blank=True)
    detail = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    at = InstantField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["shop", "-id"], name="audit_newest")]

    def __str__(self) -> str:
        return f"{self.actor} {self.action}"
