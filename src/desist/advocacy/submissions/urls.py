"""/submissions/"""

from django.urls import path

from desist.advocacy.submissions import views

app_name = "submissions"
urlpatterns = [
    path("page/", views.page, name="page"),
    path("one/<slug:ref>/", views.one, name="one"),
    path("one/<slug:ref>/picture/", views.picture, name="picture"),
    path("one/<slug:ref>/save/", views.save, name="save"),
    path("one/<slug:ref>/accept/", views.accept, name="accept"),
    path("one/<slug:ref>/aside/", views.aside, name="aside"),
    path("links/<slug:ref>/revoke/", views.revoke, name="revoke"),
    path("<slug:ref>/", views.client, name="client"),
    path("<slug:ref>/agree/", views.agree, name="agree"),
    path("<slug:ref>/end/", views.end, name="end"),
    path("<slug:ref>/make/", views.make, name="make"),
    path("<slug:ref>/made/", views.made, name="made"),
]
