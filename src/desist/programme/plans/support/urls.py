"""/support/"""

from django.urls import path

from desist.programme.plans.support import views

app_name = "support"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("add/", views.add, name="add"),
    path("agency/<slug:ref>/end/", views.end, name="end"),
    path("of/<slug:ref>/", views.support, name="support"),
    path("of/<slug:ref>/refer/", views.refer, name="refer"),
    path("<slug:ref>/outcome/", views.outcome, name="outcome"),
    path("<slug:ref>/news/", views.news, name="news"),
    path("<slug:ref>/withdraw/", views.withdraw, name="withdraw"),
]
