"""The suite's own footing: what it proves on PostgreSQL, it proves as a weak role."""

import pytest
from django.db import connection

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's roles")


@on_postgresql
@pytest.mark.django_db
def test_the_role_of_the_tests_is_no_superuser_and_is_bound_by_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False, False)


@on_postgresql
@pytest.mark.django_db
def test_the_database_knows_persian_letters_as_letters() -> None:
    # Under the locale "C" a trigram index would not see them.
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'مددجو' ~ '^[[:alpha:]]+$'")
        assert cursor.fetchone() == (True,)
