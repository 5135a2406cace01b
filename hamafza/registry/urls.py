from __future__ import annotations

from django.urls import path

from hamafza.registry.views import (
    circumstances,
    consents,
    duplicates,
    household_form,
    household_list,
    household_record,
    household_state,
    masked,
    on_file,
    person_form,
    person_record,
    person_steps,
    search,
)

app_name = "registry"

urlpatterns = [
    path("", household_list.household_list, name="household-list"),
    path("new/", household_form.household_create, name="household-create"),
    path("on-file/", on_file.on_file, name="on-file"),
    path("households/<uuid:pk>/", household_record.household_record_page, name="household-record"),
    path("households/<uuid:pk>/history/", household_record.household_history, name="household-history"),
    path("households/<uuid:pk>/documents/", household_record.household_documents, name="household-documents"),
    path("households/<uuid:pk>/edit/", household_form.household_edit, name="household-edit"),
    path("households/<uuid:pk>/show/<slug:field>/", masked.household_reveal, name="household-reveal"),
    path("households/<uuid:pk>/state/<slug:step>/", household_state.household_state, name="household-state"),
    path("households/<uuid:pk>/causes/new/", circumstances.household_cause_create, name="household-cause-create"),
    path("households/<uuid:pk>/consents/new/", consents.consent_create, name="consent-create"),
    path("consents/<uuid:pk>/withdraw/", consents.consent_withdraw, name="consent-withdraw"),
    path("households/<uuid:household_pk>/persons/new/", person_form.person_create, name="person-create"),
    path("persons/<uuid:pk>/", person_record.person_record_page, name="person-record"),
    path("persons/<uuid:pk>/history/", person_record.person_history, name="person-history"),
    path("persons/<uuid:pk>/documents/", person_record.person_documents, name="person-documents"),
    path("persons/<uuid:pk>/edit/", person_form.person_edit, name="person-edit"),
    path("persons/<uuid:pk>/show/special/", masked.person_special, name="person-special"),
    path("persons/<uuid:pk>/show/<slug:field>/", masked.person_reveal, name="person-reveal"),
    path("persons/<uuid:pk>/move/", person_steps.person_move, name="person-move"),
    path("persons/<uuid:pk>/leave/", person_steps.person_leave, name="person-leave"),
    path("persons/<uuid:pk>/return/", person_steps.person_return, name="person-return"),
    path("persons/<uuid:pk>/head/", person_steps.person_head, name="person-head"),
    path("persons/<uuid:pk>/groups/new/", circumstances.membership_create, name="membership-create"),
    path("persons/<uuid:pk>/disabilities/new/", circumstances.disability_create, name="disability-create"),
    path("persons/<uuid:pk>/causes/new/", circumstances.person_cause_create, name="person-cause-create"),
    path("groups/<uuid:pk>/end/", circumstances.membership_end, name="membership-end"),
    path("causes/<uuid:pk>/withdraw/", circumstances.cause_withdraw, name="cause-withdraw"),
    path("search/", search.search, name="search"),
    path("duplicates/", duplicates.duplicate_list, name="duplicate-list"),
    path("duplicates/<uuid:pk>/decide/", duplicates.duplicate_decide, name="duplicate-decide"),
    path("duplicates/<uuid:pk>/reopen/", duplicates.duplicate_reopen, name="duplicate-reopen"),
]
