"""/judgements/"""

from django.urls import path

from desist.programme.referrals.judgements import views

app_name = "judgements"
urlpatterns = [
    path("<slug:ref>/ask/", views.ask, name="ask"),
    path("<slug:ref>/type-in/", views.type_in, name="type-in"),
]
