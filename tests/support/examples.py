"""How many examples hypothesis draws: moderate in every run, ten times as many with --hypothesis-profile=thorough."""

from hypothesis import HealthCheck, settings

__all__ = ["examples", "register_profiles"]

USUAL_EXAMPLES, THOROUGH_EXAMPLES = 100, 1_000  # of a test that names no number


def register_profiles() -> None:
    """Make both profiles known and use the usual one; what is slow on a busy machine is no fault of what is tested."""
    for name, count in (("usual", USUAL_EXAMPLES), ("thorough", THOROUGH_EXAMPLES)):
        settings.register_profile(name, max_examples=count, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("usual")


def examples(count: int) -> settings:
    """Settings of a test that draws so many examples in the usual profile, and in proportion in another."""
    return settings(max_examples=count * settings().max_examples // USUAL_EXAMPLES)
