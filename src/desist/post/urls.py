"""The post's addresses, below /post/ in every staff zone."""

from django.urls import path

from desist.post import views
from desist.post.agreements import views as agreements

app_name = "post"
urlpatterns = [
    path("envelopes/", views.envelopes, name="envelopes"),
    path("envelopes/<uuid:ref>/retry/", views.retry, name="retry"),
    path("envelopes/<uuid:ref>/set-aside/", views.set_aside, name="set-aside"),
    path("partners/<str:ref>/retry/", views.retry_all, name="retry-all"),
    path("partners/", views.partners, name="partners"),
    path("partners/introduction/", views.introduction, name="introduction"),
    path("partners/add/", views.add, name="add"),
    path("partners/<str:ref>/", views.partner, name="partner"),
    path("by-hand/", views.by_hand, name="by-hand"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/keep/", agreements.keep, name="keep-agreement"),
    path("agreements/<slug:ref>/", agreements.change, name="agreement"),
    path("agreements/<slug:ref>/end/", agreements.end, name="end-agreement"),
    path("by-hand/<str:ref>/tell/", views.tell, name="tell"),
]
