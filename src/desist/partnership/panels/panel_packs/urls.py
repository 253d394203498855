"""/panel-packs/"""

from django.urls import path

from desist.partnership.panels.panel_packs import views

app_name = "panel_packs"
urlpatterns = [
    path("<slug:ref>/", views.packs, name="packs"),
    path("<slug:ref>/file/", views.file, name="file"),
]
