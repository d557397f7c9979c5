"""What the writing page asks while somebody types: the words so far, and to keep the draft (A2, S2)."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from applications import services
from applications.models import Strength
from applications.policies import LONGEST_DRAFT, STRENGTH_WORDS, count_words
from applications.presenters.words import words_used
from applications.services.writing import version
from applications.views.applicant import Own
from core import clock
from core.errors import Refused, Stale, WrongMoment
from core.templatetags.portal import uk_time
from core.views import PageView

LARGEST_BODY = 8 * LONGEST_DRAFT


def _too_large(request: HttpRequest) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY


def _sent(request: HttpRequest, name: str) -> str:
    """What the page sent under a name, without what no text can hold."""
    return request.POST.get(name, "").replace("\0", "")


class CountWords(PageView):
    """The words of a text by the portal's one counter, as a number and as the page says it (S2)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _too_large(request) or len(text := request.POST.get("text", "")) > LONGEST_DRAFT:
            return JsonResponse({"message": "This text is too long to count."}, status=413)
        words = count_words(text)
        return JsonResponse({"words": words, "used": words_used(words, STRENGTH_WORDS)})


class KeepStrength(Own):
    """Keeps the draft of one strength by itself; the same draft again changes nothing (A2)."""

    verb = "write_strengths"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _too_large(request):
            return JsonResponse({"message": "This text is too long to be kept."}, status=413)
        try:
            kept = services.keep_strength(
                by=self.user,
                application=self.object,
                area=self.kwargs["number"],
                experience=_sent(request, "experience"),
                impact=_sent(request, "impact"),
                evidence=_sent(request, "evidence"),
                seen=_sent(request, "seen"),
                by_itself=True,
            )
        except Strength.DoesNotExist:
            return JsonResponse(
                {"message": "This is not one of your two strongest areas any more."}, status=404
            )
        except Stale as refusal:
            return JsonResponse({"message": refusal.message}, status=409)
        except WrongMoment as refusal:
            return JsonResponse({"message": refusal.message}, status=409)
        except Refused as refusal:
            return JsonResponse({"message": refusal.message}, status=422)
        return JsonResponse({"saved": f"Saved at {uk_time(clock.now())}", "seen": version(kept)})
