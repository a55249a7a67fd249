"""What holds for all tests, wherever they stand."""

from hypothesis import settings

# How long an example takes says more about the machine than about the code: no test asserts a time.
settings.register_profile("sonnim", deadline=None)
settings.load_profile("sonnim")
