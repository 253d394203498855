"""/phones/"""

from django.urls import path

from desist.programme.phones import views

app_name = "phones"
urlpatterns = [
    path("<slug:ref>/", views.phone, name="phone"),
    path("<slug:ref>/invite/", views.invite, name="invite"),
    path("<slug:ref>/end/<slug:phone>/", views.end, name="end"),
    path("answer/<slug:ref>/", views.answer, name="answer"),
]
