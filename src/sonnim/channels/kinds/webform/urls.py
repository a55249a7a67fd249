"""Addresses of the forms."""

from django.urls import path

from sonnim.channels.kinds.webform import views

app_name = "webform"
urlpatterns = [
    path("forms/assets/<str:name>", views.asset, name="asset"),
    path("forms/<str:key>.js", views.insert, name="insert"),
    path("forms/<str:key>", views.page, name="page"),
]
