"""Addresses of ideas."""

from __future__ import annotations

from django.urls import path

from hoest.domain.portfolio.web.ideas import acts, pages, picture, questions
from hoest.domain.portfolio.web.ideas.lists import Ideas

app_name = "ideas"
urlpatterns = [
    path("", Ideas.as_view(), name="ideas"),
    path("ny/", pages.give, name="give"),
    path("ny/kladde/", pages.keep_draft, name="keep_draft"),
    path("ny/kladde/slet/", pages.drop_draft, name="drop_draft"),
    path("billedet/", picture.picture, name="picture"),
    path("svarfrister/", acts.answer_days, name="answer_days"),
    path("<int:idea_id>/", pages.idea, name="idea"),
    path("<int:idea_id>/foto/", pages.photo, name="photo"),
    path("<int:idea_id>/foto/fjern/", acts.remove_photo, name="remove_photo"),
    path("<int:idea_id>/spoergsmaal/", questions.questions, name="questions"),
    path("<int:idea_id>/svar/", acts.answer, name="answer"),
    path("<int:idea_id>/sponsor/", acts.sponsor, name="sponsor"),
    path("<int:idea_id>/vurder/", acts.assess, name="assess"),
    path("<int:idea_id>/del/", acts.share, name="share"),
    path("<int:idea_id>/staar-i-stampe/", acts.stuck, name="stuck"),
    path("<int:idea_id>/initiativ/", acts.adopt, name="adopt"),
]
