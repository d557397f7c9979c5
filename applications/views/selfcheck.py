"""The readiness self-check: open to anybody, kept in their session alone, until they apply with it (A1, A7)."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.http import urlencode

from applications import policies, queries, services
from applications.forms import selfcheck as forms
from applications.presenters import scales
from applications.presenters import selfcheck as words
from applications.queries import selfcheck as asked
from core import clock
from core.views import ActionView, PageView
from frameworks.models import Area, Behaviour, Level, StatementKind
from programmes import queries as programmes
from programmes.models import Cohort
from programmes.presenters.cohorts import summary

KEPT = "selfcheck"


@method_decorator(login_not_required, name="dispatch")
class Choose(ActionView):
    """What it is, and for which level."""

    template_name = "applications/selfcheck.html"
    form_class = forms.LevelForm

    @cached_property
    def levels(self) -> list[Level]:
        return asked.levels()

    def context(self) -> dict[str, Any]:
        return {"levels": self.levels}

    def form_arguments(self) -> dict[str, Any]:
        summaries = {each.pk: summary(programmes.programme_of(each)) for each in self.levels}
        return {"levels": words.choices(self.levels, summaries)}

    def act(self, form: forms.LevelForm) -> str:
        level = next(each for each in self.levels if each.code == form.cleaned_data["level"])
        return words.address("area", level, asked.areas(level)[0].number)


class OfLevel(PageView):
    """A page of the self-check of one level, and the answers that this session keeps for it."""

    @cached_property
    def level(self) -> Level:
        level = asked.level(self.kwargs["level"])
        if level is None:
            raise Http404
        return level

    @cached_property
    def areas(self) -> list[Area]:
        return asked.areas(self.level)

    @cached_property
    def behaviours(self) -> list[Behaviour]:
        return asked.behaviours(self.level)

    @property
    def scores(self) -> dict[int, int]:
        """Scores by area number."""
        return self._kept("areas", {each.number for each in self.areas})

    @property
    def own(self) -> dict[int, int]:
        """Scores by behaviour position."""
        return self._kept("behaviours", {each.position for each in self.behaviours})

    @property
    def next(self) -> str:
        return words.next_question(self.level, self.areas, self.behaviours, self.scores, self.own)

    @property
    def is_whole(self) -> bool:
        return len(self.scores) == len(self.areas)

    def keep(self, kind: str, number: int, score: int) -> None:
        kept = self.request.session.setdefault(KEPT, {}).setdefault(self._edition_and_level, {})
        kept.setdefault(kind, {})[str(number)] = score
        self.request.session.modified = True

    def forget(self) -> None:
        self.request.session.get(KEPT, {}).pop(self._edition_and_level, None)
        self.request.session.modified = True

    @property
    def _edition_and_level(self) -> str:
        return f"{self.level.edition.code}/{self.level.code}"

    def _kept(self, kind: str, known: set[int]) -> dict[int, int]:
        kept: Mapping[str, int] = (
            self.request.session.get(KEPT, {}).get(self._edition_and_level, {}).get(kind, {})
        )
        return {int(number): score for number, score in kept.items() if int(number) in known}


class Question(OfLevel, ActionView):
    """One question on one screen."""

    template_name = "applications/selfcheck_question.html"
    form_class = forms.ScoreForm

    def led_to(self) -> str:
        """Back to the result for somebody who changes an answer, else on to what is not answered."""
        is_change = "change" in self.request.GET and self.is_whole
        return words.address("result", self.level) if is_change else self.next

    def back(self, before: str) -> str:
        return words.address("result", self.level) if "change" in self.request.GET else before


@method_decorator(login_not_required, name="dispatch")
class ScoreArea(Question):
    """How somebody sees themselves in one area, with its statements one click away (A1)."""

    @cached_property
    def area(self) -> Area:
        area = asked.area(self.level, self.kwargs["number"])
        if area is None:
            raise Http404
        return area

    def context(self) -> dict[str, Any]:
        place = [each.number for each in self.areas].index(self.area.number)
        before = self.areas[place - 1].number if place else None
        statements = list(self.area.statements.all())
        return {
            "level": self.level,
            "title": self.area.name,
            "caption": f"Area {place + 1} of {len(self.areas)}",
            "back": self.back(
                words.address("area", self.level, before)
                if before is not None
                else reverse("applications:selfcheck")
            ),
            "has_statements": bool(statements),
            "how_to": [each for each in statements if each.kind == StatementKind.HOW_TO],
            "about": [each for each in statements if each.kind == StatementKind.ABOUT],
        }

    def form_arguments(self) -> dict[str, Any]:
        return {
            "name": self.area.name,
            "scale": scales.area_scale(self.level.code),
            "initial": {"score": self.scores.get(self.area.number)},
        }

    def act(self, form: forms.ScoreForm) -> str:
        self.keep("areas", self.area.number, form.cleaned_data["score"])
        return self.led_to()


@method_decorator(login_not_required, name="dispatch")
class ScoreBehaviour(Question):
    """How somebody sees themselves in one behaviour; it can be left out."""

    @cached_property
    def behaviour(self) -> Behaviour:
        position = self.kwargs["position"]
        found = next((each for each in self.behaviours if each.position == position), None)
        if found is None:
            raise Http404
        return found

    def context(self) -> dict[str, Any]:
        place = [each.position for each in self.behaviours].index(self.behaviour.position)
        before = (
            words.address("behaviour", self.level, self.behaviours[place - 1].position)
            if place
            else words.address("area", self.level, self.areas[-1].number)
        )
        return {
            "level": self.level,
            "title": self.behaviour.name,
            "caption": f"Behaviour {place + 1} of {len(self.behaviours)}, if you like",
            "back": self.back(before),
            "description": self.behaviour.description,
            "is_first": place == 0,
            "count": words.number_in_words(len(self.behaviours)),
            "skip": words.address("result", self.level),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {
            "name": self.behaviour.name,
            "scale": words.OWN_BEHAVIOUR,
            "initial": {"score": self.own.get(self.behaviour.position)},
        }

    def act(self, form: forms.ScoreForm) -> str:
        self.keep("behaviours", self.behaviour.position, form.cleaned_data["score"])
        return self.led_to()


class Whole(OfLevel):
    """A page that needs an answer for every area."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_whole:
            return super().get(request, *args, **kwargs)
        if not self.scores:
            messages.info(
                request, "Your answers are not kept here any more, or not yet: start with area 1"
            )
        return HttpResponseRedirect(self.next)


@method_decorator(login_not_required, name="dispatch")
class Result(Whole):
    """What the answers say: what we look at, what is strong and what to develop, and how to apply with them."""

    template_name = "applications/selfcheck_result.html"

    def context(self) -> dict[str, Any]:
        level, scores, own = self.level, self.scores, self.own
        by_area = {each.name: scores[each.number] for each in self.areas}
        all_scored = bool(self.behaviours) and len(own) == len(self.behaviours)
        by_behaviour = (
            {each.name: own[each.position] for each in self.behaviours} if all_scored else {}
        )
        rule = queries.rule_in_force(level)
        clauses = policies.known_clauses(by_area, by_behaviour, rule)
        title, sentence = words.headline(level, clauses)
        going_on = urlencode({"next": words.address("apply", level)})
        return {
            "level": level,
            "title": title,
            "sentence": sentence,
            "findings": words.findings(clauses, by_area, by_behaviour, rule),
            "areas": words.area_rows(level, self.areas, scores),
            "behaviours": words.behaviour_rows(level, self.behaviours, own) if all_scored else None,
            "unscored": "" if all_scored else self._first_unscored(own),
            "has_cohorts": asked.cohorts(level).exists(),
            "count": words.number_in_words(len(self.areas)),
            "sign_up": f"{reverse('account_signup')}?{going_on}",
            "sign_in": f"{reverse('account_login')}?{going_on}",
        }

    def _first_unscored(self, own: Mapping[int, int]) -> str:
        unscored = [each.position for each in self.behaviours if each.position not in own]
        return words.address("behaviour", self.level, unscored[0]) if unscored else ""


class Apply(Whole, ActionView):
    """Choose a cohort, and begin an application that holds the scores (A11)."""

    template_name = "applications/selfcheck_apply.html"
    form_class = forms.CohortForm

    @cached_property
    def cohorts(self) -> list[Cohort]:
        return list(asked.cohorts(self.level))

    def context(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "back": words.address("result", self.level),
            "has_cohorts": bool(self.cohorts),
            "count": words.number_in_words(len(self.areas)),
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"cohorts": words.cohort_choices(self.cohorts, clock.today())}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_whole:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def act(self, form: forms.CohortForm) -> str:
        chosen = form.cleaned_data["cohort"]
        cohort = next(each for each in self.cohorts if each.reference == chosen)
        application, brought = services.start_with_scores(
            by=self.user, cohort=cohort, scores=self.scores
        )
        messages.success(self.request, words.brought(brought))
        return application.get_absolute_url()


@method_decorator(login_not_required, name="dispatch")
class Clear(OfLevel):
    """Forget the answers, on a computer that others use too."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.forget()
        return HttpResponseRedirect(reverse("applications:selfcheck"))
