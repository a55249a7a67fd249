"""Addresses of the widget."""

from django.urls import path

from sonnim.channels.kinds.webchat import views

app_name = "webchat"
urlpatterns = [
    path("widget/assets/<str:name>", views.asset, name="asset"),
    path("widget/<str:key>.js", views.loader, name="loader"),
    path("widget/<str:key>/frame", views.frame, name="frame"),
    path("widget/<str:key>/preview", views.preview, name="preview"),
]
