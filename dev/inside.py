"""Steps that need Django, run by prepare.py in the portal's environment, several in one process."""

import sys

import django
from django.core.management import call_command


def migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def reference() -> None:
    call_command("load_reference")


def demo() -> None:
    """Only where there is nobody yet, so that it never mixes with somebody's own data."""
    from django.contrib.auth import get_user_model

    if not get_user_model()._default_manager.exists():
        print("Making the demonstration data", flush=True)
        call_command("seed_demo")


STEPS = {"migrate": migrate, "reference": reference, "demo": demo}


def main(names: list[str]) -> None:
    django.setup()
    for name in names:
        STEPS[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
