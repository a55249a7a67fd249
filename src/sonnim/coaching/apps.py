"""Django's handle on the coach in a shop."""

from django.apps import AppConfig


class CoachingConfig(AppConfig):
    name = "sonnim.coaching"
    label = "coaching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have what agents dismissed forget what is redacted, in whatever process writes."""
        from sonnim.coaching.actions.forgetting import forget_words
        from sonnim.conversations import scrubbing

        scrubbing.join(forget_words)
