"""/circumstances/"""

from django.urls import path

from desist.programme.circumstances import views

app_name = "circumstances"
urlpatterns = [
    path("", views.reviews, name="reviews"),
    path("relatives/<slug:ref>/change/", views.change_relative, name="change-relative"),
    path("relatives/<slug:ref>/end/", views.end_relative, name="end-relative"),
    path("<slug:ref>/", views.person, name="person"),
    path("<slug:ref>/risk/", views.risk, name="risk"),
    path("<slug:ref>/need/", views.need, name="need"),
    path("<slug:ref>/end-referred/", views.end_referred, name="end-referred"),
    path("<slug:ref>/review/", views.review, name="review"),
    path("<slug:ref>/end/", views.end, name="end"),
    path("<slug:ref>/self-harm/", views.self_harm, name="self-harm"),
    path("<slug:ref>/self-harm/write/", views.write_self_harm, name="write-self-harm"),
    path("<slug:ref>/family/", views.family, name="family"),
    path("<slug:ref>/family/add/", views.add_relative, name="add-relative"),
]
