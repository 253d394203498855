"""/paper/"""

from django.urls import path

from desist.programme.pages.paper import views

app_name = "paper"
urlpatterns = [
    path("<slug:ref>/", views.paper, name="paper"),
    path("<slug:ref>/<slug:edition>/sheet/<slug:which>/", views.sheet, name="sheet"),
    path("<slug:ref>/<slug:edition>/skill/<slug:key>/", views.skill, name="skill"),
    path("chain/<slug:ref>/<slug:edition>/", views.chain, name="chain"),
]
