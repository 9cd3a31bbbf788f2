"""What tests of the operation share: the PostgreSQL of the tests of the desk."""

from tests.desk.conftest import postgresql

__all__ = ["postgresql"]
