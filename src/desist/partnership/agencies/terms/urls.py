"""/terms/"""

from django.urls import path

from desist.partnership.agencies.terms import views

app_name = "terms"
urlpatterns = [
    path("", views.terms, name="terms"),
    path("set/", views.set_terms, name="set"),
    path("accept/", views.accept, name="accept"),
    path("<slug:ref>/record/", views.record, name="record"),
]
