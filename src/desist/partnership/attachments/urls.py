"""/attachments/"""

from django.urls import path

from desist.partnership.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<slug:ref>/", views.attachments, name="attachments"),
    path("file/<slug:ref>/", views.download, name="download"),
    path("file/<slug:ref>/look/", views.look, name="look"),
    path("file/<slug:ref>/remove/", views.remove, name="remove"),
    path("file/<slug:ref>/reason/", views.reason, name="reason"),
    path("file/<slug:ref>/release/", views.release, name="release"),
    path("file/<slug:ref>/recall/", views.recall, name="recall"),
]
