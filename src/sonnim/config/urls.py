"""Every address of the installation."""

from django.urls import include, path, re_path

from sonnim.channels import registry as channels
from sonnim.config import views
from sonnim.config.api import api
from sonnim.config.playground import playground

handler404 = "sonnim.config.views.not_found"
handler500 = "sonnim.config.views.server_error"

urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("help/", views.guide, name="help"),
    path("help/coach/", playground, name="coach"),
    path("try/<str:key>/", views.practice),
    path("healthz", views.health, name="health"),
    path("api/v1/", api.urls),
    # People are invited under an address that was proven; they neither sign up nor change it by themselves.
    re_path(r"^_allauth/browser/v1/(?:account/email|auth/signup|auth/email|auth/webauthn/signup)(?:/|$)", views.closed),
    path("_allauth/", include("allauth.headless.urls")),
    path("console/assets/<path:path>", views.console_asset),
    re_path(r"^console/(?P<path>sw\.js|manifest\.webmanifest|icons/[\w-]+\.png)$", views.console_file),
    path("console/", views.console, name="console"),
    path("console/<path:path>", views.console),
    *(path("", include(module)) for module in channels.modules("urls")),
    path("store/", include("sonnim.demo.urls")),
]
