"""/attachments/"""

from django.urls import path

from desist.programme.referrals.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<slug:ref>/", views.attachments, name="attachments"),
    path("file/<slug:ref>/", views.download, name="download"),
    path("file/<slug:ref>/look/", views.look, name="look"),
]
