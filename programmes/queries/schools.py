"""Which schools: looked for by URN, postcode or words."""

from django.db.models import F, Q

from programmes import policies
from programmes.models import School


def find_schools(words: str, limit: int = 20) -> list[School]:
    """Open schools by URN, by postcode, or by words of their name or place, those that begin so first."""
    words = " ".join(words.split())
    if not words:
        return []
    rows = School.objects.exclude(status__startswith="Closed")
    digits = words.replace(" ", "")
    if digits.isascii() and digits.isdigit() and len(digits) in (6, 7):
        return list(rows.filter(urn=digits)[:limit])
    if postcode := policies.clean_postcode(words):
        return list(rows.filter(postcode=postcode)[:limit])
    wanted = Q()
    for word in words.split()[:8]:
        wanted &= (
            Q(name__icontains=word)
            | Q(district__icontains=word)
            | Q(local_authority__icontains=word)
        )
    starts = Q(name__istartswith=words)
    found = rows.filter(wanted).annotate(begins=starts).order_by(F("begins").desc(), "name", "urn")
    return list(found[:limit])
