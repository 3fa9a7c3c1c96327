"""Puts together what several places tell about an article."""

from dataclasses import fields

from digest.models import Facts


def merge_facts(*told: Facts) -> Facts:
    """Return each fact from the first of the given that tells it."""
    values = {
        field.name: next((v for facts in told if (v := getattr(facts, field.name))), None)
        for field in fields(Facts)
    }
    return Facts(**{name: value for name, value in values.items() if value})
