"""/pairs/"""

from django.urls import path

from desist.partnership.pairs import views

app_name = "pairs"
urlpatterns = [
    path("", views.pairs, name="pairs"),
    path("referral/<slug:ref>/", views.referral, name="referral"),
    path("referral/<slug:ref>/split/", views.split, name="split"),
    path("type-in/", views.type_in, name="type-in"),
    path("<slug:ref>/", views.side, name="side"),
    path("<slug:ref>/end/", views.end, name="end"),
    path("<slug:ref>/decline/", views.decline, name="decline"),
    path("<slug:ref>/part/", views.part, name="part"),
]
