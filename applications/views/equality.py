"""The equality questions: asked of the applicant, read by nobody who decides (A6, G5)."""

from typing import Any

from django.db.models import QuerySet

from accounts import queries as people
from accounts import services as accounts
from applications import queries
from applications.forms.equality import EqualityForm
from applications.models import Application
from core.views import ActionView


class Equality(ActionView):
    """One's own answers, from the task list or after sending; they belong to the person, not the application."""

    template_name = "applications/equality.html"
    form_class = EqualityForm

    def scope(self) -> QuerySet[Application]:
        return queries.applied_by(self.user)

    def context(self) -> dict[str, Any]:
        return {"back": self.object.get_absolute_url()}

    def form_arguments(self) -> dict[str, Any]:
        questions = people.equality_questions()
        given = people.own_equality_answers(self.user)
        return {
            "questions": questions,
            "initial": {name: getattr(given, name) for name in questions} if given else {},
        }

    def act(self, form: EqualityForm) -> str:
        accounts.answer_equality(by=self.user, **form.cleaned_data)
        return str(self.object.get_absolute_url())
