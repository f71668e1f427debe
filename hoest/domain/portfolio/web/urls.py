"""Addresses of the portfolio."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web import core_tasks, rollouts, rooms, small_acts, views
from hoest.domain.portfolio.web.lists import Initiatives

app_name = "portfolio"
urlpatterns = [
    path("", Initiatives.as_view(), name="initiatives"),
    path("alt/", rooms.everything, name="rooms"),
    path("ny/", views.create, name="create"),
    path("ny/kladde/", views.keep_draft, name="keep_new"),
    path("ny/kladde/slet/", views.drop_draft, name="drop_new"),
    path("sprog/", views.plain_language, name="plain_language"),
    path("ikke-indarbejdet/", rollouts.not_embedded, name="not_embedded"),
    path("kerneopgaver/", core_tasks.core_tasks, name="core_tasks"),
    path("kerneopgaver/ny/", core_tasks.create, name="create_core_task"),
    path("kerneopgaver/<int:core_task_id>/ret/", core_tasks.change, name="change_core_task"),
    path("kerneopgaver/<int:core_task_id>/brug/", core_tasks.use, name="use_core_task"),
    path("udrulning/<int:rollout_id>/", rollouts.change, name="change_rollout"),
    path("udrulning/<int:rollout_id>/fjern/", rollouts.remove, name="remove_rollout"),
    path("<int:initiative_id>/udrulning/", rollouts.rollouts, name="rollouts"),
    path("<int:initiative_id>/udrulning/ny/", rollouts.add, name="add_rollout"),
    path("<int:initiative_id>/", views.initiative, name="initiative"),
    path("<int:initiative_id>/ret/", views.edit, name="edit"),
    path("<int:initiative_id>/kladde/", views.keep_draft, name="keep_draft"),
    path("<int:initiative_id>/kladde/slet/", views.drop_draft, name="drop_draft"),
    path("<int:initiative_id>/fase/", small_acts.phase, name="phase"),
    path("<int:initiative_id>/ibrugtagning/", small_acts.adoption, name="adoption"),
    path("<int:initiative_id>/status/", small_acts.say_status, name="say_status"),
    path("<int:initiative_id>/passer/", small_acts.confirm, name="confirm"),
    path("<int:initiative_id>/gammel-vej/", small_acts.close_old_way, name="close_old_way"),
]
