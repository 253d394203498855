"""/circumstances/"""

from django.urls import path

from desist.advocacy.circumstances import views

app_name = "circumstances"
urlpatterns = [
    path("<slug:ref>/", views.client, name="client"),
    path("<slug:ref>/risk/", views.risk, name="risk"),
    path("<slug:ref>/need/", views.need, name="need"),
    path("<slug:ref>/review/", views.review, name="review"),
    path("<slug:ref>/end/", views.end, name="end"),
    path("<slug:ref>/self-harm/", views.self_harm, name="self-harm"),
]
