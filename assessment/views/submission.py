"""The participant's pages: their tasks, the files of an attempt, submitting and the receipt. HTTP only."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from assessment import policies, queries, services
from assessment.forms import SubmitForm, UploadForm, WriteUpForm
from assessment.models import Script
from assessment.presenters import submission as presenters
from assessment.states import SCRIPT
from assessment.visibility import Part, Viewer, sees
from core.views import ActionView, PageView
from documents import views as documents
from documents.models import StoredFile
from frameworks import queries as frameworks
from frameworks.models import DocumentRequirement, Task
from programmes.models import Enrolment


class Tasks(PageView):
    """Every task that somebody's enrolments ask for, with its state."""

    template_name = "assessment/tasks.html"
    permission = "assessment.view_own_tasks"

    def context(self) -> dict[str, Any]:
        return {"rows": presenters.task_rows(queries.tasks_of(self.user))}


class Start(ActionView):
    """What a task asks for, and the button that begins it."""

    template_name = "assessment/start.html"
    permission = "assessment.start"

    def scope(self) -> QuerySet[Any]:
        return Enrolment.objects.filter(participant=self.user).select_related("level__edition")

    @property
    def task(self) -> Task:
        task = frameworks.tasks(self.object.level).filter(number=self.kwargs["number"]).first()
        if task is None:
            raise Http404
        return task

    def context(self) -> dict[str, Any]:
        task = self.task
        return {
            "task": task,
            "guidance": task.guidance.all(),
            "areas": presenters.criteria_by_area(frameworks.scheme(task)),
            "requirements": frameworks.document_requirements(task),
        }

    def act(self, form: Any) -> str:
        script = services.start(by=self.user, enrolment=self.object, task=self.task)
        return reverse("assessment:workspace", args=[script.reference])


class OwnScript(PageView):
    """A page about a script of one's own."""

    permission = "assessment.change_script"

    def scope(self) -> QuerySet[Any]:
        return queries.own_scripts(self.user)


class Workspace(OwnScript):
    """Where an attempt is put together: files, words, checklist, criteria."""

    template_name = "assessment/workspace.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not SCRIPT.allows("submit", self.object.status):
            return HttpResponseRedirect(reverse("assessment:receipt", args=[self.object.reference]))
        return self.page()

    def context(self) -> dict[str, Any]:
        script = self.object
        requirements = queries.requirements_of(script)
        documents_there = queries.documents_of(script)
        facts = services.facts_of(script, requirements=requirements, supplied=documents_there)
        conditions = policies.checklist(facts)
        files = presenters.file_rows(script, requirements, documents_there)
        return {
            "files": files,
            "files_there": sum(each["status"] == "Uploaded" for each in files),
            "conditions": presenters.condition_rows(conditions),
            "deadline": presenters.days_left(conditions),
            "may_submit": all(each.met or each.warning for each in conditions),
            "words_over": policies.words_over(script.words, script.task.word_limit),
            "word_rows": presenters.word_rows(script.word_counts),
            "areas": presenters.criteria_by_area(frameworks.scheme(script.task)),
        }


class Attach(OwnScript, ActionView):
    """A page with one file to send; a refused file leaves everything as it was."""

    template_name = "assessment/attach.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not SCRIPT.allows("submit", self.object.status):
            return HttpResponseRedirect(reverse("assessment:receipt", args=[self.object.reference]))
        return super().get(request, *args, **kwargs)

    def workspace(self) -> str:
        return reverse("assessment:workspace", args=[self.object.reference])


class AttachWriteUp(Attach):
    """Send the write-up, or another in its place."""

    form_class = WriteUpForm

    def form_arguments(self) -> dict[str, Any]:
        return {"label": "Upload your write-up"}

    def context(self) -> dict[str, Any]:
        return {
            "title": "Your write-up",
            "there": self.object.write_up,
            "word_rows": presenters.word_rows(self.object.word_counts),
            "is_write_up": True,
        }

    def act(self, form: Any) -> str:
        script = services.attach_write_up(
            by=self.user, script=self.object, upload=form.cleaned_data["upload"]
        )
        over = policies.words_over(script.words, script.task.word_limit)
        messages.success(
            self.request,
            f"Your write-up is here: {script.words:,} words counted, "
            + (f"{over:,} over the limit." if over else "within the limit."),
        )
        return self.workspace()


class OneDocument(Attach):
    """A page about one required document."""

    @property
    def requirement(self) -> DocumentRequirement:
        rows = queries.requirements_of(self.object)
        found = next((each for each in rows if each.position == self.kwargs["position"]), None)
        if found is None:
            raise Http404
        return found


class AttachDocument(OneDocument):
    """Send a required document, or another in its place."""

    form_class = UploadForm

    def form_arguments(self) -> dict[str, Any]:
        return {"label": f"Upload the document ‘{self.requirement.name}’"}

    def context(self) -> dict[str, Any]:
        requirement = self.requirement
        there = self.object.documents.filter(requirement=requirement).select_related("file").first()
        return {
            "title": f"Appendix {policies.appendix(requirement.position)}: {requirement.name}",
            "requirement": requirement,
            "there": there.file if there else None,
        }

    def act(self, form: Any) -> str:
        requirement = self.requirement
        services.attach_document(
            by=self.user,
            script=self.object,
            requirement=requirement,
            upload=form.cleaned_data["upload"],
        )
        messages.success(self.request, f"‘{requirement.name}’ is here.")
        return self.workspace()


class RemoveDocument(OneDocument):
    """Take a document away again."""

    http_method_names = ["post", "options"]

    def act(self, form: Any) -> str:
        requirement = self.requirement
        services.remove_document(by=self.user, script=self.object, requirement=requirement)
        messages.success(self.request, f"‘{requirement.name}’ has been taken away.")
        return self.workspace()


class Submit(Attach):
    """The declaration and the button that submits it all."""

    template_name = "assessment/submit.html"
    permission = "assessment.submit"
    form_class = SubmitForm

    def context(self) -> dict[str, Any]:
        conditions = policies.checklist(services.facts_of(self.object))
        return {
            "conditions": presenters.condition_rows(conditions),
            "may_submit": all(each.met or each.warning for each in conditions),
            "warnings": [each for each in conditions if each.warning and not each.met],
            "deadline": presenters.days_left(conditions),
        }

    def act(self, form: Any) -> str:
        services.submit(
            by=self.user, script=self.object, signed_name=form.cleaned_data["signed_name"]
        )
        return reverse("assessment:receipt", args=[self.object.reference])


class Receipt(OwnScript):
    """What was sent, when, and when the answer comes."""

    template_name = "assessment/receipt.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not sees(Viewer.PARTICIPANT, Part.RECEIPT, self.object.status):
            return HttpResponseRedirect(
                reverse("assessment:workspace", args=[self.object.reference])
            )
        return self.page()

    def context(self) -> dict[str, Any]:
        return {
            "files": presenters.receipt_files(self.object),
            "word_rows": presenters.word_rows(self.object.word_counts),
            "result_is_out": sees(Viewer.PARTICIPANT, Part.OUTCOME, self.object.status),
        }


class Download(PageView):
    """A file of a script as it was uploaded, for its author and for administrators (S5)."""

    permission = "assessment.view_work"

    def scope(self) -> QuerySet[Any]:
        return queries.scripts_visible_to(self.user)

    def get(  # type: ignore[override]
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        script = self.object
        own = script.enrolment.participant_id == self.user.pk
        viewer = Viewer.PARTICIPANT if own else Viewer.ADMINISTRATOR
        if not sees(viewer, Part.WORK, script.status):
            raise Http404
        file, document, position = self._found(script)
        name = policies.file_name(
            script.enrolment.participant.name,
            script.task.level.code,
            document,
            file.extension,
            position=position,
        )
        return documents.send(file, name)

    def _found(self, script: Script) -> tuple[StoredFile, str, int | None]:
        """Only a file of this script; any other does not exist here."""
        wanted = self.kwargs["file"]
        if script.write_up and script.write_up.reference == wanted:
            return script.write_up, "Write-up", None
        for each in queries.documents_of(script):
            if each.file.reference == wanted:
                return each.file, each.requirement.name, each.requirement.position
        raise Http404
