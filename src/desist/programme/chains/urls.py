"""/chains/"""

from django.urls import path

from desist.programme.chains import views
from desist.programme.chains.editing import SHARED

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
    # the editor before the participant's eyes
    path("<slug:ref>/shared/edit/", views.edit, {"screen": SHARED}, name="shared-edit"),
    path("<slug:ref>/shared/add/", views.add, {"screen": SHARED}, name="shared-add"),
    path("<slug:ref>/shared/change/<slug:link>/", views.change, {"screen": SHARED}, name="shared-change"),
    path("<slug:ref>/shared/move/", views.move, {"screen": SHARED}, name="shared-move"),
    path("<slug:ref>/shared/remove/", views.remove, {"screen": SHARED}, name="shared-remove"),
    path("<slug:ref>/shared/undo/", views.undo, {"screen": SHARED}, name="shared-undo"),
    path("<slug:ref>/shared/analysis/", views.analysis, {"screen": SHARED}, name="shared-analysis"),
    path("<slug:ref>/shared/save/", views.save, {"screen": SHARED}, name="shared-save"),
]
