"""/support/"""

from django.urls import path

from desist.partnership.support import views

app_name = "support"
urlpatterns = [
    path("", views.support, name="support"),
    path("agencies/<slug:ref>/end/", views.end_agency, name="end-agency"),
    path("<slug:ref>/", views.referral, name="referral"),
    path("<slug:ref>/answer/", views.answer, name="answer"),
]
