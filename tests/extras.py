"""Which tests need what only an extra of pyproject.toml installs."""

import pytest

from tests.benchmarks.contenders import missing

needs_the_benchmark_extra = pytest.mark.skipif(
    bool(missing()), reason="needs the libraries to compare with: pip install -e '.[benchmark]'"
)
