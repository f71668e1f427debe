"""Addresses of organisations."""

from __future__ import annotations

from django.urls import path

from hoest.domain.organisations.web.lists import Acts, People
from hoest.domain.organisations.web.views import (
    bodies,
    choosing,
    invitations,
    people,
    reference,
    units,
)

app_name = "organisations"
urlpatterns = [
    path("", units.overview, name="overview"),
    path("vaelg/", choosing.choose, name="choose"),
    path("ordbog/", reference.glossary, name="glossary"),
    path("roller/", reference.roles, name="roles"),
    path("log/", Acts.as_view(), name="acts"),
    path("log/<int:pk>/", reference.act, name="act"),
    path("enheder/ny/", units.add, name="add_unit"),
    path("enheder/<int:pk>/", units.unit, name="unit"),
    path("enheder/<int:pk>/navn/", units.rename, name="rename_unit"),
    path("enheder/<int:pk>/flyt/", units.move, name="move_unit"),
    path("enheder/<int:pk>/nedlaeg/", units.close, name="close_unit"),
    path("enheder/<int:pk>/genaabn/", units.reopen, name="reopen_unit"),
    path("udvalg/ny/", bodies.add, name="add_body"),
    path("udvalg/<int:pk>/", bodies.body, name="body"),
    path("udvalg/<int:pk>/ret/", bodies.change, name="change_body"),
    path("udvalg/<int:pk>/nedlaeg/", bodies.close, name="close_body"),
    path("udvalg/<int:pk>/genaabn/", bodies.reopen, name="reopen_body"),
    path("personer/", People.as_view(), name="people"),
    path("personer/inviter/", people.invite, name="invite"),
    path("personer/<int:pk>/", people.person, name="person"),
    path("personer/<int:pk>/ret/", people.change, name="change_person"),
    path("personer/<int:pk>/giv-rolle/", people.give_role, name="give_role"),
    path("personer/<int:pk>/roller/<int:role>/fjern/", people.take_role, name="take_role"),
    path("personer/<int:pk>/fratraadt/", people.mark_left, name="mark_left"),
    path("personer/<int:pk>/tilbage/", people.take_back, name="take_back"),
    path("personer/<int:pk>/inviter-igen/", people.send_again, name="send_again"),
    path("personer/<int:pk>/traek-tilbage/", people.withdraw, name="withdraw_invitation"),
    path("invitation/", invitations.accept, name="accept_invitation"),
    path("invitation/<str:token>/", invitations.link, name="invitation_link"),
]
