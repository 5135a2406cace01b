"""Addresses of the division of labour and of programmes, taken up by `urls.py`."""

from __future__ import annotations

from django.urls import path

from hamafza.commitments.views import division, division_fields, programme, programme_steps

PATTERNS = [
    path("division/", division.division, name="division"),
    path("division/<slug:code>/", division.division_field, name="division-field"),
    path("division/<slug:code>/clear/", division.division_clear, name="division-clear"),
    path("fields/", division_fields.field_list, name="field-list"),
    path("fields/new/", division_fields.field_create, name="field-create"),
    path("fields/<slug:code>/edit/", division_fields.field_edit, name="field-edit"),
    path("programmes/", programme.programme_board, name="programme-board"),
    path("programmes/mine/", programme.programme_mine, name="programme-mine"),
    path("programmes/new/", programme.programme_create, name="programme-create"),
    path("programmes/<uuid:pk>/", programme.programme_record, name="programme-record"),
    path("programmes/<uuid:pk>/publish/", programme_steps.programme_publish, name="programme-publish"),
    path("programmes/<uuid:pk>/change/", programme_steps.programme_revise, name="programme-revise"),
    path("programmes/<uuid:pk>/drop/", programme_steps.programme_drop, name="programme-drop"),
    path("programmes/<uuid:pk>/items/add/", programme_steps.programme_item_add, name="programme-item-add"),
    path("programmes/<uuid:pk>/items/<uuid:item>/", programme_steps.programme_item_edit, name="programme-item-edit"),
    path(
        "programmes/<uuid:pk>/items/<uuid:item>/remove/",
        programme_steps.programme_item_remove,
        name="programme-item-remove",
    ),
]
