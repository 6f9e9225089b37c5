"""The command line in this process, as the tests of commands run it."""

from tests.commands.conftest import run as here

__all__ = ["here"]
