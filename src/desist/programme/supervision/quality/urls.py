"""/quality/"""

from django.urls import path

from desist.programme.supervision.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.board, name="board"),
    path("draw/", views.draw, name="draw"),
    path("<slug:ref>/", views.sample, name="sample"),
    path("<slug:ref>/rate/", views.rate, name="rate"),
    path("<slug:ref>/oneself/", views.oneself, name="oneself"),
]
