"""The sponsor's pages: made for a phone, one thing on each, saved as they go (A4, A5)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from applications import queries, services
from applications.forms import sponsor as forms
from applications.forms.applicant import SignatureForm
from applications.models import Application
from applications.presenters import scales
from applications.presenters import sponsor as words
from applications.queries import sponsoring
from applications.states import APPLICATION, ApplicationStatus
from core import clock
from core.errors import WrongMoment
from core.views import ActionView, PageView
from frameworks.models import Behaviour


class OfTheSponsor(PageView):
    """Only for the sponsor of an application; one who no longer is reads that plainly instead of 'not found'."""

    permission = "applications.answer"

    def scope(self) -> QuerySet[Application]:
        return queries.sponsored_by(self.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        except (Http404, PermissionDenied):
            ended = sponsoring.ended_answer(self.user, kwargs["reference"])
            if ended is None:
                raise
            return render(request, "applications/sponsor/over.html", {"answer": ended}, status=410)


class Answer(OfTheSponsor, ActionView):
    """A step of the sponsor's answer."""

    verb = "endorse"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            APPLICATION.target(self.verb, self.object.status)
        except WrongMoment as refusal:
            return render(request, "409.html", {"message": refusal.message}, status=409)
        return super().get(request, *args, **kwargs)

    @cached_property
    def written(self) -> queries.Written:
        return queries.written(self.object)

    @cached_property
    def answered(self) -> queries.Answered:
        answer = queries.current_answer(self.object)
        if answer is None:
            raise Http404
        return queries.answered(self.object, answer)

    @property
    def first_name(self) -> str:
        return str(self.object.applicant.first_name)

    def url(self, name: str, *more: Any) -> str:
        return reverse(f"applications:{name}", args=[self.object.reference, *more])

    def next(self) -> str:
        """The first step that is not done."""
        answer = queries.current_answer(self.object)
        assert answer is not None
        return words.next_step(self.object, self.written, queries.answered(self.object, answer))


class Landing(OfTheSponsor):
    """Who asks for what and how long it takes; where to go on; thanks when it is signed."""

    template_name = "applications/sponsor/landing.html"

    def context(self) -> dict[str, Any]:
        answer = queries.current_answer(self.object)
        if answer is None:
            raise Http404
        answered = queries.answered(self.object, answer)
        written = queries.written(self.object)
        done, whole = words.progress(written, answered)
        is_open = self.object.status == ApplicationStatus.WITH_SPONSOR
        return {
            "answer": answer,
            "returned": sponsoring.asked_to_look_again(self.object) if is_open else None,
            "is_open": is_open,
            "begun": words.has_begun(answered),
            "done": done,
            "whole": whole,
            "next": words.next_step(self.object, written, answered),
            "parts": words.parts(self.object, written, answered) if is_open else [],
            "others": sponsoring.others_to_answer(self.user, self.object),
            "sections": words.sections(self.object, written, answered, change=False, own=True)
            if answer.signed_at
            else [],
        }


class Endorse(Answer):
    """Agree with each self-score, or say why not."""

    template_name = "applications/sponsor/endorse.html"
    form_class = forms.EndorseForm

    def form_arguments(self) -> dict[str, Any]:
        level = self.object.level.code
        initial: dict[str, Any] = {}
        for number, given in self.answered.endorsements.items():
            initial[f"area_{number}"] = "yes" if given.endorsed else "no"
            initial[f"reason_{number}"] = given.reason
        return {
            "areas": [
                (area, scales.area_step(level, self.written.scores[area.number]))
                for area in self.written.areas
            ],
            "name": self.first_name,
            "initial": initial,
            "part": self.comes_back_later,
        }

    @property
    def comes_back_later(self) -> bool:
        """Whether to keep what is answered, though not all is."""
        return "later" in self.request.POST

    def context(self) -> dict[str, Any]:
        return {"back": self.url("sponsor")}

    def act(self, form: forms.EndorseForm) -> str:
        services.endorse(by=self.user, application=self.object, answers=form.answers())
        return self.url("sponsor") if self.comes_back_later else self.next()


class Verify(Answer):
    """Whether what the applicant wrote is true."""

    template_name = "applications/sponsor/verify.html"
    form_class = forms.VerifyForm

    def form_arguments(self) -> dict[str, Any]:
        said = self.answered.answer.statements_verified
        return {
            "name": self.first_name,
            "initial": {} if said is None else {"verified": "yes" if said else "no"},
        }

    def context(self) -> dict[str, Any]:
        return {"back": self.url("endorse"), "strengths": self.written.strengths}

    def act(self, form: forms.VerifyForm) -> str:
        services.endorse(
            by=self.user,
            application=self.object,
            answers={},
            verified=form.cleaned_data["verified"],
        )
        return self.next()


class ScoreBehaviour(Answer):
    """One behaviour, its description and four plain answers."""

    template_name = "applications/sponsor/behaviour.html"
    form_class = forms.BehaviourForm
    verb = "score_behaviours"

    @cached_property
    def behaviour(self) -> Behaviour:
        position = self.kwargs["position"]
        found = [each for each in self.answered.behaviours if each.position == position]
        if not found:
            raise Http404
        return found[0]

    def form_arguments(self) -> dict[str, Any]:
        given = self.answered.scores.get(self.behaviour.position)
        return {
            "name": self.first_name,
            "behaviour": self.behaviour.name,
            "scale": scales.behaviour_scale(),
            "initial": {"score": given.score, "comment": given.comment} if given else {},
        }

    def context(self) -> dict[str, Any]:
        before = [
            each.position
            for each in self.answered.behaviours
            if each.position < self.behaviour.position
        ]
        return {
            "behaviour": self.behaviour,
            "number": len(before) + 1,
            "count": len(self.answered.behaviours),
            "back": self.url("behaviour", before[-1]) if before else self.url("verify"),
        }

    def act(self, form: forms.BehaviourForm) -> str:
        answer = (form.cleaned_data["score"], form.cleaned_data["comment"])
        services.score_behaviours(
            by=self.user, application=self.object, scores={self.behaviour.position: answer}
        )
        return self.next()


class Sign(Answer):
    """Check the answers and sign; then the scores are locked (A5)."""

    template_name = "applications/sponsor/sign.html"
    form_class = SignatureForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.status == ApplicationStatus.WITH_SPONSOR:
            following = self.next()
            if following != self.url("sign"):
                return HttpResponseRedirect(following)
        return super().get(request, *args, **kwargs)

    def form_arguments(self) -> dict[str, Any]:
        return {"button": "Sign and send my answers"}

    def context(self) -> dict[str, Any]:
        return {
            "back": self.url("sponsor"),
            "sections": words.sections(self.object, self.written, self.answered, own=True),
        }

    def act(self, form: SignatureForm) -> str:
        services.sign(by=self.user, application=self.object, **form.cleaned_data)
        return self.url("sponsor")


class Cannot(Answer):
    """'I can't do this'."""

    template_name = "applications/sponsor/cannot.html"
    form_class = forms.CannotForm
    verb = "decline_to_sponsor"

    def context(self) -> dict[str, Any]:
        return {"back": self.url("sponsor")}

    def act(self, form: forms.CannotForm) -> str:
        services.decline_to_sponsor(by=self.user, application=self.object, **form.cleaned_data)
        return reverse("applications:told")


class Told(PageView):
    """After 'I can't do this': thanks, and nothing more to do."""

    template_name = "applications/sponsor/told.html"


class Sponsored(PageView):
    """Everybody who asked this person to be their sponsor: to answer, answered, no longer asked."""

    template_name = "applications/sponsor/sponsored.html"

    def context(self) -> dict[str, Any]:
        today = clock.today()
        return {
            "invited": [
                words.asked_row(each, today) for each in sponsoring.asked_by_address(self.user)
            ],
            "asked": [words.asked_row(each, today) for each in sponsoring.to_answer(self.user)],
            "signed": sponsoring.signed_answers(self.user),
            "ended": [(each, *words.ended(each)) for each in sponsoring.ended_answers(self.user)],
        }


class BeginAnswer(ActionView):
    """Come to answer for somebody who named the address that this person has shown to be theirs."""

    template_name = "applications/sponsor/sponsored.html"
    http_method_names = ["post", "options"]

    def scope(self) -> QuerySet[Application]:
        return sponsoring.asked_by_address(self.user)

    def act(self, form: Any) -> str:
        services.begin_answer(by=self.user, application=self.object)
        return reverse("applications:sponsor", args=[self.object.reference])
