"""/certificates/"""

from django.urls import path

from desist.programme.leaving.certificates import views

app_name = "certificates"
urlpatterns = [
    path("of/<slug:ref>/", views.certificates, name="certificates"),
    path("of/<slug:ref>/issue/", views.issue, name="issue"),
    path("<slug:ref>/document/", views.document, name="document"),
]
