"""Sealed fields and their indexes on real records."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django import forms
from django.db import connection, models

from hamafza.core.crypto import SealBroken
from hamafza.core.fields import BlindIndexField, SealedBytes, SealedTextField
from hamafza.places.models import Place
from hamafza.registry.models import Household, Person
from hamafza.registry.tests.factories import a_household, a_person

ADDRESS = "پاکدشت، خیابان امام، کوچه گل"


def stored(household: Household) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM registry_household WHERE file_number = %s", [household.file_number])
        return bytes(cursor.fetchone()[0])


def test_text_is_sealed_in_the_database_and_plain_in_the_program(county: Place) -> None:
    household = a_household(county=county, address=ADDRESS)
    assert ADDRESS.encode() not in stored(household)
    assert Household.objects.get(pk=household.pk).address == ADDRESS


def test_text_is_opened_only_when_it_is_read(county: Place) -> None:
    household = a_household(county=county, address=ADDRESS)
    found = Household.objects.get(pk=household.pk)
    kept = vars(found)
    assert isinstance(kept["address"], SealedBytes)
    assert (found.address, str(kept["address"])) == (ADDRESS, ADDRESS)


def test_deferred_text_is_fetched_and_opened(county: Place) -> None:
    household = a_household(county=county, address=ADDRESS)
    assert Household.objects.defer("address").get(pk=household.pk).address == ADDRESS


def test_empty_text_is_kept_empty(county: Place) -> None:
    household = a_household(county=county)
    assert stored(household) == b""
    assert Household.objects.get(pk=household.pk).address == ""


def test_saving_unopened_opened_or_unchanged_text_keeps_its_ciphertext(county: Place) -> None:
    household = a_household(county=county, address=ADDRESS)
    before = stored(household)
    household.save()
    unopened = Household.objects.get(pk=household.pk)
    unopened.save()
    opened = Household.objects.get(pk=household.pk)
    opened.address = str(opened.address)
    opened.save()
    assert stored(household) == before


def test_altered_text_gets_another_ciphertext(county: Place) -> None:
    household = a_household(county=county, address=ADDRESS)
    before = stored(household)
    household.address = "اینجا"
    household.save()
    assert stored(household) != before
    assert Household.objects.get(pk=household.pk).address == "اینجا"


def test_text_copied_into_another_record_is_sealed_for_that_one(county: Place) -> None:
    first = a_household(county=county, address=ADDRESS)
    second = a_household(county=county, address=first.address)
    assert Household.objects.get(pk=second.pk).address == ADDRESS
    assert stored(first) != stored(second)


def test_bulk_create_seals(county: Place) -> None:
    Household.objects.bulk_create([Household(county=county, file_number="B", address=ADDRESS)])
    assert Household.objects.get(file_number="B").address == ADDRESS


def test_swapped_ciphertext_is_refused(county: Place) -> None:
    first, second = (a_household(county=county, address=text) for text in (ADDRESS, "دیگر"))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE registry_household SET address = (SELECT address FROM registry_household WHERE file_number = %s) "
            "WHERE file_number = %s",
            [first.file_number, second.file_number],
        )
    with pytest.raises(SealBroken):
        _ = Household.objects.get(pk=second.pk).address


WRONG: dict[str, Callable[[], object]] = {
    "update": lambda: Household.objects.update(address="x"),
    "bulk update": lambda: Household.objects.bulk_update([_with_address()], ["address"]),
    "filter": lambda: Household.objects.filter(**{"address": "x"}),  # noqa: PIE804 - the type checker asks the field for the lookup
    "contains": lambda: Household.objects.filter(**{"address__contains": "x"}),  # noqa: PIE804 - the same
}


def _with_address() -> Household:
    household = Household.objects.get(file_number="W")
    household.address = "x"
    return household


@pytest.mark.parametrize("act", WRONG.values(), ids=WRONG)
def test_ways_that_cannot_seal_or_search_are_refused(county: Place, act: Callable[[], object]) -> None:
    a_household(county=county, file_number="W")
    with pytest.raises(TypeError, match="sealed"):
        act()


def test_null_from_an_outer_join_is_empty(county: Place) -> None:
    field = Household._meta.get_field("address")
    assert isinstance(field, SealedTextField)
    assert field.from_db_value(None, None, connection) == ""
    assert field.get_db_prep_value(None, connection, prepared=True) is None


def test_form_field_is_a_text(county: Place) -> None:
    assert isinstance(Household._meta.get_field("address").formfield(), forms.CharField)


def test_sealed_field_that_a_form_must_not_show_says_so() -> None:
    assert not SealedTextField(editable=False).editable
    assert SealedTextField().editable


def test_class_gives_the_field_itself() -> None:
    assert isinstance(Household.__dict__["address"].__get__(None, Household), models.query_utils.DeferredAttribute)


def test_index_follows_the_text(county: Place) -> None:
    person = a_person(county=county, mobile="09121234567")
    index = Person._meta.get_field("mobile_index")
    tail = Person._meta.get_field("mobile_tail_index")
    assert isinstance(index, BlindIndexField)
    assert isinstance(tail, BlindIndexField)
    assert Person.objects.get(mobile_index=index.index_of("09121234567")) == person
    assert Person.objects.get(mobile_tail_index=tail.index_of("4567")) == person
    person.mobile = ""
    person.save()
    assert (person.mobile_index, person.mobile_tail_index) == ("", "")


def test_index_is_described_to_migrations_by_its_own_arguments() -> None:
    _name, path, _args, kwargs = Person._meta.get_field("mobile_index").deconstruct()
    assert (path, kwargs) == ("hamafza.core.fields.BlindIndexField", {"of": "mobile", "purpose": "mobile"})
