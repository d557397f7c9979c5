"""ActionView's one translation: scope, permission, moment, policy, and a form sent twice."""

import uuid

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory

from accounts.models import User
from core.decisions import Reason
from core.errors import Refused, WrongMoment
from core.models import HandledForm
from core.views import MOST_LETTERS, ActionView


class Rename(forms.Form):
    first_name = forms.CharField()


class RenameYourself(ActionView):
    """A person renames themselves; the name decides which refusal is tried."""

    template_name = "errors/409.html"
    form_class = Rename

    def scope(self):
        return User.objects.filter(pk=self.user.pk)

    def page(self, status=200, **extra):
        response = super().page(status=status, **extra)
        response.form = extra.get("form")
        return response

    def act(self, form):
        name = form.cleaned_data["first_name"]
        self.object.first_name = name
        self.object.save()
        if name == "Too late":
            raise WrongMoment("Names are closed for today.")
        if name == "Silly":
            raise Refused((Reason("Choose a real name.", field="first_name"),))
        return f"/renamed/{User.objects.get(pk=self.object.pk).first_name}/"


@pytest.fixture
def person(db):
    return User.objects.create_user("ada@example.test", first_name="Ada", last_name="Byron")


def send(person, reference, view=RenameYourself, **fields):
    request = RequestFactory().post("/rename/", fields)
    request.user = person
    return view.as_view()(request, reference=reference)


def test_a_service_that_succeeds_leads_on(person):
    response = send(person, person.reference, first_name="Augusta")
    assert (response.status_code, response.url) == (302, "/renamed/Augusta/")


def test_out_of_scope_answers_like_nonexistent(person):
    other = User.objects.create_user("bo@example.test", first_name="Bo", last_name="Lee")
    for reference in (other.reference, "USR-NOBODY22"):
        with pytest.raises(Http404):
            send(person, reference, first_name="Eve")
    other.refresh_from_db()
    assert other.first_name == "Bo"


def test_in_scope_without_permission_is_refused(person):
    class NotYours(RenameYourself):
        permission = "core.nobody_may"

    with pytest.raises(PermissionDenied):
        send(person, person.reference, view=NotYours, first_name="Eve")


def test_an_invalid_form_comes_back_with_what_was_wrong(person):
    response = send(person, person.reference, first_name="")
    assert response.status_code == 422
    assert response.form.errors == {"first_name": ["This field is required."]}


def test_a_text_that_nobody_types_is_refused_at_its_field(person):
    response = send(person, person.reference, first_name="a" * (MOST_LETTERS + 1))
    assert response.status_code == 422
    assert response.form.errors == {"first_name": ["This text: use 20,000 characters or fewer"]}
    person.refresh_from_db()
    assert person.first_name == "Ada"


def test_a_policys_refusal_stands_at_its_field_and_nothing_is_written(person):
    response = send(person, person.reference, first_name="Silly")
    assert response.status_code == 422
    assert response.form.errors == {"first_name": ["Choose a real name."]}
    person.refresh_from_db()
    assert person.first_name == "Ada"


def test_the_wrong_moment_is_a_page_with_words(person):
    response = send(person, person.reference, first_name="Too late")
    assert response.status_code == 409
    assert b"Names are closed for today." in response.content
    person.refresh_from_db()
    assert person.first_name == "Ada"


def test_the_same_form_sent_twice_is_carried_out_once(person):
    key = str(uuid.uuid4())
    first = send(person, person.reference, first_name="One", idempotency_key=key)
    second = send(person, person.reference, first_name="Two", idempotency_key=key)
    person.refresh_from_db()
    assert (first.url, second.url) == ("/renamed/One/", "/renamed/One/")
    assert person.first_name == "One"
    assert HandledForm.objects.count() == 1


def test_sent_again_it_leads_on_even_when_it_could_not_be_carried_out_any_more(person):
    key = str(uuid.uuid4())
    send(person, person.reference, first_name="One", idempotency_key=key)
    for name in ("", "Silly", "Too late"):
        again = send(person, person.reference, first_name=name, idempotency_key=key)
        assert (again.status_code, again.url) == (302, "/renamed/One/")


def test_a_key_belongs_to_its_sender(person):
    other = User.objects.create_user("bo@example.test", first_name="Bo", last_name="Lee")
    key = str(uuid.uuid4())
    send(person, person.reference, first_name="One", idempotency_key=key)
    response = send(other, other.reference, first_name="Two", idempotency_key=key)
    assert response.url == "/renamed/Two/"


def test_a_refused_form_may_be_mended_and_sent_with_the_same_key(person):
    key = str(uuid.uuid4())
    send(person, person.reference, first_name="Silly", idempotency_key=key)
    response = send(person, person.reference, first_name="Real", idempotency_key=key)
    assert response.url == "/renamed/Real/"


def test_nobody_has_no_forms_in_scope(db):
    with pytest.raises(Http404):
        send(AnonymousUser(), "USR-NOBODY22", first_name="Eve")
