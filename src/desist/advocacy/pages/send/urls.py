"""/send/"""

from django.urls import path

from desist.advocacy.pages.send import views

app_name = "send"
urlpatterns = [
    path("", views.start, name="start"),
    path("files/", views.files, name="files"),
    path("piece/", views.piece, name="piece"),
    path("end/", views.end, name="end"),
    path("away/", views.away, name="away"),
    # Whatever else is asked for here is taken for a code: no other page of the site answers below this address.
    path("<path:code>", views.code, name="code"),
]
