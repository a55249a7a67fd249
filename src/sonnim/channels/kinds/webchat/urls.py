"""Addresses of the widget, under /widget/."""

from django.urls import path

from sonnim.channels.kinds.webchat import views

app_name = "webchat"
urlpatterns = [
    path("assets/<str:name>", views.asset, name="asset"),
    path("<str:key>.js", views.loader, name="loader"),
    path("<str:key>/frame", views.frame, name="frame"),
]
