"""Addresses of the demo store, under /store/."""

from django.urls import path

from sonnim.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.show_home, name="home"),
    path("products/<slug:slug>/", views.show_product, name="product"),
    path("shipping/", views.show_shipping, name="shipping"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
]
