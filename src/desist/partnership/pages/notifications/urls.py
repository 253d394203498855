"""/notifications/"""

from django.urls import path

from desist.partnership.pages.notifications import views

app_name = "notifications"
urlpatterns = [
    path("<slug:ref>/change/", views.change, name="change"),
    path("<slug:ref>/suspension/", views.suspension, name="suspension"),
    path("<slug:ref>/<slug:duty>/give/", views.give, name="give"),
    path("<slug:ref>/<slug:duty>/look/", views.look, name="look"),
]
