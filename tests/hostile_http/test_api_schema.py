"""Whatever the description of the interface allows is answered, and as the description says."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from councilgraph.explorer.app import create_app
from councilgraph.explorer.settings import Settings

_EXAMPLES = 8  # of each operation
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="session")
def api(healthy_store: Any) -> FastAPI:
    return create_app(Settings(store=str(healthy_store)))


def test_no_request_that_the_description_allows_breaks_the_explorer(api: FastAPI) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", api)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) > 40

    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=_EXAMPLES,
            derandomize=True,  # a build must not fail by chance
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def answered(case: Any) -> None:
            case.call_and_validate(checks=_CHECKS)

        answered()
