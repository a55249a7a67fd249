"""Django's handle on the webchat channel's templates."""

from django.apps import AppConfig


class WebchatConfig(AppConfig):
    name = "sonnim.channels.kinds.webchat"
    label = "webchat"
