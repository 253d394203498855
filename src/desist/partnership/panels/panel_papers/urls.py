"""/panel-papers/"""

from django.urls import path

from desist.partnership.panels.panel_papers import views

app_name = "panel_papers"
urlpatterns = [
    path("about/<slug:ref>/write/", views.write, name="write"),
    path("about/<slug:ref>/release/", views.release, name="release"),
    path("about/<slug:ref>/sign/", views.sign, name="sign"),
    path("about/<slug:ref>/end/<slug:paper>/", views.end, name="end"),
    path("pack/<slug:ref>/", views.pack, name="pack"),
    path("copy/<slug:ref>/", views.copy, name="copy"),
    path("<slug:ref>/link/", views.link, name="link"),
    path("<slug:ref>/link/made/", views.made, name="made"),
    path("<slug:ref>/link/end/", views.end_link, name="end-link"),
]
