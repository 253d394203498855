"""/contacts/"""

from django.urls import path

from desist.programme.sessions.contacts import views

app_name = "contacts"
urlpatterns = [
    path("<slug:ref>/", views.contacts, name="contacts"),
    path("of/<slug:ref>/", views.person, name="person"),
    path("<slug:ref>/note/", views.note, name="note"),
    path("<slug:ref>/strike/", views.strike, name="strike"),
]
