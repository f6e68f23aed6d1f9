"""All addresses of the program."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("goodfaith.faces.api.urls")),
    path("", include("goodfaith.faces.account.urls")),
    path("demo/", include("goodfaith.demo.web.urls")),
    path("my/", include("goodfaith.faces.my.urls")),
    path("desk/", include("goodfaith.faces.desk.urls")),
    path("", include("goodfaith.faces.public.urls")),
]

handler400 = "goodfaith.faces.public.errors.bad_request"
handler403 = "goodfaith.faces.public.errors.forbidden"
handler404 = "goodfaith.faces.public.errors.not_found"
handler429 = "goodfaith.faces.account.locked.too_many"
handler500 = "goodfaith.faces.public.errors.server_error"
