"""/documents/"""

from django.urls import path

from desist.programme.documents import views

app_name = "documents"
urlpatterns = [
    path("of/<slug:ref>/", views.documents, name="documents"),
    path("<slug:ref>/", views.download, name="download"),
    path("<slug:ref>/look/", views.look, name="look"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
]
