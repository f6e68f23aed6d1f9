"""All addresses of the program."""

from django.urls import include, path

urlpatterns = [
    path("", include("goodfaith.faces.account.urls")),
    path("my/", include("goodfaith.faces.my.urls")),
    path("desk/", include("goodfaith.faces.desk.urls")),
    path("api/", include("goodfaith.faces.api.urls")),
    path("", include("goodfaith.faces.public.urls")),
]

handler400 = "goodfaith.faces.public.errors.bad_request"
handler403 = "goodfaith.faces.public.errors.forbidden"
handler404 = "goodfaith.faces.public.errors.not_found"
handler500 = "goodfaith.faces.public.errors.server_error"
