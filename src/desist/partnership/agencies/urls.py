"""/agencies/"""

from django.urls import path

from desist.partnership.agencies import views

app_name = "agencies"
urlpatterns = [
    path("", views.agencies, name="agencies"),
    path("add/", views.add, name="add"),
    path("send/", views.send, name="send"),
    path("<slug:ref>/", views.agency, name="agency"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/checked/", views.checked, name="checked"),
    path("<slug:ref>/let-in/", views.let_in, name="let-in"),
    path("<slug:ref>/let-out/<slug:member>/", views.let_out, name="let-out"),
]
