"""Addresses of e-mail outside the API."""

from django.urls import path

from sonnim.channels.kinds.postbox.afar import views
from sonnim.channels.kinds.postbox.hooks.views import hook

app_name = "postbox"
urlpatterns = [
    path("hooks/mail/<int:mailbox_id>/<str:secret>/<str:provider>", hook, name="hook"),
    path("mail/stop/<str:token>", views.stop, name="stop"),
]
