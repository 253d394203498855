"""/returns/"""

from django.urls import path

from desist.programme.service.returns import views

app_name = "returns"
urlpatterns = [
    path("", views.returns, name="returns"),
    path("file/", views.download, name="file"),
]
