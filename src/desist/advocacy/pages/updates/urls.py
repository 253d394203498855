"""/updates/"""

from django.urls import path

from desist.advocacy.pages.updates import views

app_name = "updates"
urlpatterns = [
    path("tell/<slug:ref>/", views.tell, name="tell"),
    path("<slug:ref>/", views.updates, name="updates"),
    path("<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/begin/", views.begin, name="begin"),
    path("<slug:ref>/entitlement/", views.entitlement, name="entitlement"),
]
