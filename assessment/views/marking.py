"""The assessor's pages: what waits, the workspace, saving, submitting. HTTP only.

Pages, addresses, headers, file names and messages here know a candidate number and nothing else (S9).
"""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from assessment import policies, queries, services
from assessment.forms import FeedbackForm, MarkForm, SubmitMarksForm
from assessment.models import Mark
from assessment.presenters import marking as presenters
from assessment.presenters.marking import FEEDBACK
from assessment.states import MARKING
from assessment.visibility import Part, Viewer, sees
from core import clock
from core.errors import Refused, Stale, WrongMoment
from core.views import ActionView, PageView
from documents import masking
from documents import views as documents
from frameworks import queries as frameworks

PANEL = "panel"


class MarkingList(PageView):
    """Scripts waiting, how many words, by when; and what has been marked."""

    template_name = "assessment/marking_list.html"
    permission = "assessment.list_markings"

    def context(self) -> dict[str, Any]:
        waiting = list(queries.waiting_for_assessor(self.user))
        return {
            "waiting": waiting,
            "words": sum(each.script.words or 0 for each in waiting),
            "due_on": next((each.script.answer_due_on for each in waiting), None),
            "done": queries.marked_by(self.user),
        }


class MarkNext(PageView):
    """On to the script that is due first."""

    permission = "assessment.list_markings"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        marking = queries.waiting_for_assessor(self.user).first()
        if marking is None:
            return HttpResponseRedirect(reverse("assessment:marking_list"))
        return HttpResponseRedirect(reverse("assessment:marking", args=[marking.reference]))


class OwnMarking(PageView):
    """A page about one's own marking."""

    permission = "assessment.mark"

    def scope(self) -> QuerySet[Any]:
        return queries.markings_of(self.user)


class MarkingPage(OwnMarking):
    """The workspace around one criterion, or around the overall feedback."""

    template_name = "assessment/marking.html"
    about = ""

    def chosen(self, marks: list[Mark]) -> Mark | None:
        """The criterion asked for; None is the overall feedback; without asking, the first not marked yet."""
        code = self.kwargs.get("code", self.about) or self.request.GET.get("criterion", "")
        if code == FEEDBACK:
            return None
        if code:
            found = next((each for each in marks if each.criterion.code == code), None)
            if found is None:
                raise Http404
            return found
        blank = (each for each in marks if each.value is None)
        return next(blank, marks[0] if marks else None)

    def context(self) -> dict[str, Any]:
        marking = self.object
        marks = queries.marks_of(marking)
        mark = self.chosen(marks)
        codes = [*(each.criterion.code for each in marks), FEEDBACK]
        place = codes.index(mark.criterion.code if mark else FEEDBACK)
        open_to = MARKING.allows("save_mark", marking.status)
        shown: dict[str, Any] = {
            "marking": marking,
            "candidate": presenters.Candidate.of(marking.script),
            "strip": presenters.strip(marking, marks, current=codes[place]),
            "progress": presenters.progress(marks),
            "mark": mark,
            "is_open": open_to,
            "previous": codes[place - 1] if place else "",
            "following": codes[place + 1] if place + 1 < len(codes) else "",
            "is_feedback": mark is None,
        }
        if mark is None:
            shown["form"] = FeedbackForm(
                initial={"feedback": marking.feedback, "version": marking.feedback_version}
            )
            return shown
        serving, others = queries.documents_for(marking.script, mark.criterion)
        return {
            **shown,
            "form": MarkForm(
                initial={
                    "value": "" if mark.value is None else str(mark.value),
                    "confidence": mark.confidence or "secure",
                    "reason": mark.reason,
                    "version": mark.version,
                }
            ),
            "saved": presenters.saved_at(mark.saved_at),
            "levels": frameworks.mark_levels(),
            "statements": mark.criterion.criterion.area.statements.all(),
            "serving": presenters.documents(marking, serving),
            "others": presenters.documents(marking, others),
        }

    @property
    def wants_panel(self) -> bool:
        """Whether only the right side is asked for, by static/js/marking.js."""
        return self.request.headers.get("X-Part") == PANEL

    def page(self, status: int = 200, **extra: Any) -> HttpResponse:
        shown = {**self.context(), **extra}
        if self.wants_panel:
            return render(self.request, "assessment/marking_panel.html", shown, status=status)
        script = self.object.script
        mask = presenters.masked_words(queries.writer_of(script))
        shown["text"] = presenters.text(script, mask)
        return render(self.request, self.template_name, shown, status=status)


class Workspace(MarkingPage):
    """Text on the left, one criterion on the right."""


class Saving(MarkingPage, ActionView):
    """A save, by the page's own script (answers JSON) or by the button (answers a page)."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.here())

    def here(self) -> str:
        code = self.kwargs.get("code", FEEDBACK)
        page = reverse("assessment:marking", args=[self.object.reference])
        return f"{page}?criterion={code}"

    def save(self, form: Any) -> dict[str, Any]:
        """Call the service; what the script of the page is told."""
        raise NotImplementedError

    @property
    def by_script(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    def act(self, form: Any) -> str:
        self.save(form)
        following = self.request.POST.get("then", "")
        messages.success(self.request, "Saved.")
        page = reverse("assessment:marking", args=[self.object.reference])
        return f"{page}?criterion={following}" if following else self.here()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.by_script:
            return super().post(request, *args, **kwargs)
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self._wrong(form)
        try:
            return JsonResponse(self.save(form))
        except WrongMoment as refusal:
            return JsonResponse({"message": refusal.message}, status=409)
        except Stale as refusal:
            both = {"theirs": refusal.theirs, "yours": refusal.yours}
            return JsonResponse({"message": refusal.message, **both}, status=409)
        except Refused as refusal:
            self._explain(form, refusal.reasons)
            return self._wrong(form)

    def _wrong(self, form: Any) -> JsonResponse:
        errors = {field: [str(each) for each in found] for field, found in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422)

    def stale(self, form: Any, refusal: Stale) -> HttpResponse:
        """Both versions in the workspace itself; saving again then takes what was typed."""
        data = form.data.copy()
        data["version"] = str(refusal.theirs["version"])
        return self.page(
            status=409,
            form=self.get_form(data),
            conflict={"message": refusal.message, "theirs": refusal.theirs, "yours": refusal.yours},
        )


class SaveMark(Saving):
    """Save the mark of one criterion."""

    form_class = MarkForm

    def save(self, form: Any) -> dict[str, Any]:
        marks = self.object.marks.select_related("criterion__criterion")
        mark = marks.filter(criterion__criterion__code=self.kwargs["code"]).first()
        if mark is None:
            raise Http404
        saved = services.save_mark(
            by=self.user,
            marking=self.object,
            criterion=mark.criterion,
            value=form.cleaned_data["value"],
            reason=form.cleaned_data["reason"],
            confidence=form.cleaned_data["confidence"],
            version=form.cleaned_data["version"],
        )
        cell = presenters.cell(saved)
        return {
            "saved": presenters.saved_at(saved.saved_at),
            "version": saved.version,
            "cell": {"sign": cell.sign, "state": cell.state, "label": cell.label},
        }


class WriteFeedback(Saving):
    """Save the overall feedback."""

    form_class = FeedbackForm
    about = FEEDBACK

    def save(self, form: Any) -> dict[str, Any]:
        marking = services.write_feedback(
            by=self.user,
            marking=self.object,
            text=form.cleaned_data["feedback"],
            version=form.cleaned_data["version"],
        )
        return {
            "saved": presenters.saved_at(clock.now()),
            "version": marking.feedback_version,
        }


class SubmitMarks(OwnMarking, ActionView):
    """All marks on one page, and the button that submits them for good."""

    template_name = "assessment/submit_marks.html"
    form_class = SubmitMarksForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not MARKING.allows("save_mark", self.object.status):
            return HttpResponseRedirect(reverse("assessment:marking", args=[self.object.reference]))
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        marking = self.object
        marks = queries.marks_of(marking)
        blank = [each.criterion.code for each in marks if each.value is None]
        return {
            "candidate": presenters.Candidate.of(marking.script),
            "marking": marking,
            "marks": marks,
            "blank": blank,
            "progress": presenters.progress(marks),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        values = {each.criterion.code: each.value for each in queries.marks_of(self.object)}
        decision = policies.submitting_marks(values)
        if not decision.allowed and MARKING.allows("save_mark", self.object.status):
            errors = [
                {"text": reason.text, "href": f"#{reason.field}"} for reason in decision.reasons
            ]
            return self.page(
                status=422, form=SubmitMarksForm(), errors=errors, page_has_errors=True
            )
        return super().post(request, *args, **kwargs)

    def act(self, form: Any) -> str:
        services.submit_marks(by=self.user, marking=self.object)
        number = presenters.Candidate.of(self.object.script).number
        messages.success(self.request, f"The marks of {number} are submitted.")
        return reverse("assessment:marking_list")


class Document(OwnMarking):
    """A copy of a document without what identifies, named by the candidate number (S5, S9)."""

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        script = self.object.script
        if not sees(Viewer.MARKER, Part.ANONYMOUS_WORK, script.status):
            raise Http404
        wanted = self.kwargs["position"]
        rows = queries.documents_of(script)
        found = next((each for each in rows if each.requirement.position == wanted), None)
        if found is None:
            raise Http404
        name = policies.file_name(
            presenters.Candidate.of(script).number,
            script.task.level.code,
            found.requirement.name,
            found.file.extension,
            position=wanted,
        )
        response = documents.send(found.file, name, anonymous=True)
        if isinstance(response, HttpResponse):
            words = presenters.masked_words(queries.writer_of(script))
            response.content = masking.masked(response.content, found.file.extension, words)
        return response
