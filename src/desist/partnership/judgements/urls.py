"""/judgements/"""

from django.urls import path

from desist.partnership.judgements import views

app_name = "judgements"
urlpatterns = [
    path("", views.judgements, name="judgements"),
    path("<slug:ref>/", views.answer, name="answer"),
    path("<slug:ref>/none-held/", views.none_held, name="none-held"),
]
