"""/letters/"""

from django.urls import path

from desist.advocacy.letters import views

app_name = "letters"
urlpatterns = [
    path("<slug:ref>/", views.letters, name="letters"),
    path("<slug:ref>/print/", views.print_out, name="print-out"),
    path("<slug:ref>/posted/", views.posted, name="posted"),
]
