"""/chains/"""

from django.urls import path

from desist.programme.chains import views

app_name = "chains"
urlpatterns = [
    path("in/<slug:ref>/", views.start, name="start"),
    path("of/<slug:ref>/", views.person, name="person"),
    path("<slug:ref>/", views.chain, name="chain"),
    path("<slug:ref>/shared/", views.shared, name="shared"),
    path("<slug:ref>/versions/", views.versions, name="versions"),
    path("<slug:ref>/versions/<int:number>/", views.version, name="version"),
    path("<slug:ref>/edit/", views.edit, name="edit"),
    path("<slug:ref>/add/", views.add, name="add"),
    path("<slug:ref>/change/<slug:link>/", views.change, name="change"),
    path("<slug:ref>/move/", views.move, name="move"),
    path("<slug:ref>/remove/", views.remove, name="remove"),
    path("<slug:ref>/undo/", views.undo, name="undo"),
    path("<slug:ref>/analysis/", views.analysis, name="analysis"),
    path("<slug:ref>/save/", views.save, name="save"),
]
