"""What the demonstration's people write: accounts of projects, put together from plain sentences."""

from dataclasses import dataclass
from random import Random

PROJECTS = (
    ("reading fluency in Year 7", "reading fluency"),
    ("the gap in mathematics between classes", "mathematics"),
    ("attendance of pupils eligible for free meals", "attendance"),
    ("feedback that pupils act on", "feedback"),
    ("vocabulary in science", "science vocabulary"),
    ("behaviour at the change of lessons", "behaviour between lessons"),
    ("writing across the curriculum", "extended writing"),
)

OPENERS = (
    "At the start of the autumn term I looked at three years of results for {theme} and compared them with similar schools.",
    "The governors asked for one priority that every teacher could name, and {theme} was the one that the evidence pointed to.",
    "Before choosing an approach I spoke with nine colleagues and two groups of pupils about {theme}.",
    "Our starting point was uneven: {low} per cent of pupils in one class met the expected standard, and {high} per cent in the class next door.",
)
MIDDLES = (
    "I set the options side by side, with the cost of staff time for each, and asked the team to argue against my favourite.",
    "The confidence interval around our figure was wide, so I waited for a second set of data before I drew a conclusion.",
    "Two departments started six weeks before the others, which gave us something to compare and people who could show rather than tell.",
    "Workload mattered: we dropped a termly report that nobody read, and that paid for the extra planning time.",
    "I changed my approach after the second meeting, when it became clear that I had explained the how and not the why.",
    "A teaching assistant noticed that the pupils who gained least were those who missed the Monday session, so we moved it.",
    "We agreed on three things to look for in lessons and visited each other in pairs, with no grades and no forms.",
    "I kept a list of what could go wrong, with who would notice first and what we would do, and read it through every fortnight.",
    "The partnership with the school across the river gave us eleven observed lessons and two teachers who now plan with us.",
    "In the fourth week the supply budget was overspent by {low} per cent, and I brought a smaller version of the plan to the head.",
    "Parents heard about the plan at an evening with short films made by the pupils, which did more than any letter.",
    "One colleague disagreed openly; giving her the evaluation to lead turned a critic into the most careful reader of our data.",
    "The study by our partner university suggested short and frequent practice, so we moved from one long lesson to four short ones.",
    "Performance conversations kept to what the teacher had tried, what the pupils' work showed and what came next.",
)
CLOSERS = (
    "By the summer the difference had narrowed from {high} to {low} percentage points, and the pupils could explain why.",
    "The gain was real but smaller than we had hoped: {low} per cent more pupils reached the standard.",
    "What I would do differently is to start with fewer teachers and to stop sooner what did not work.",
    "The change has outlived the project: it stands in next year's plan, with a name beside it that is not mine.",
)
STRENGTHS = (
    "I led {theme} for two years across {low} classes.",
    "The share of pupils who reached the expected standard rose from {low}% to {high}%.",
    "Book scrutiny in March and June, visits to {low} lessons and the results of {high} pupils show it.",
)
REASONS = {
    0: (
        "The account describes what was done and offers no analysis.",
        "There is no evidence for this criterion in the write-up or the documents.",
    ),
    1: (
        "Clear and relevant, with one example carried through.",
        "Met: the plan follows from the evidence, though the evaluation is thin.",
    ),
    2: (
        "Thorough: options weighed, choice justified and impact shown with figures.",
        "Strong use of research, applied with care to the school's own position.",
    ),
}
FEEDBACK = (
    "A well-organised account. The strongest passages say why as well as what; do the same throughout.",
    "You show real leadership of colleagues. Bring figures and judgement closer together.",
    "A convincing project. In your next role, plan the evaluation on the first day.",
)


@dataclass(frozen=True)
class Section:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def theme(random: Random) -> tuple[str, str]:
    """A project's title and the words for it in a sentence."""
    return random.choice(PROJECTS)


def sentence(random: Random, choices: tuple[str, ...], words: str) -> str:
    """One of the sentences, with figures of its own."""
    low, high = sorted(random.sample(range(3, 90), 2))
    return random.choice(choices).format(theme=words, low=low, high=high)


def account(random: Random, headings: list[str], about: str, words: int) -> list[Section]:
    """A write-up with the given headings of at least so many words in all."""
    sections = []
    share = words // len(headings)
    for heading in headings:
        paragraphs: list[str] = []
        while sum(len(text.split()) for text in paragraphs) < share:
            middle = [sentence(random, MIDDLES, about) for _ in range(4)]
            text = " ".join(
                [
                    sentence(random, OPENERS, about),
                    *dict.fromkeys(middle),
                    sentence(random, CLOSERS, about),
                ]
            )
            paragraphs.append(text)
        sections.append(Section(heading, tuple(paragraphs)))
    return sections
