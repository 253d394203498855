"""/agenda/"""

from django.urls import path

from desist.partnership.panels.agenda import views

app_name = "agenda"
urlpatterns = [
    path("put/<slug:ref>/", views.put, name="put"),
    path("add/<slug:ref>/", views.add, name="add"),
    path("<slug:ref>/", views.item, name="item"),
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/take-off/", views.take_off, name="take-off"),
]
