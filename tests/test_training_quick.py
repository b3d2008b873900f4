"""What is compiled gives the same bits as what it stands for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.training.quick import pairwise

sizes = st.one_of(st.integers(0, 40), st.integers(100, 300), st.integers(1000, 5000))


@given(sizes, st.integers(0, 2**32 - 1))
def test_a_compiled_sum_has_the_bits_of_numpys(size: int, seed: int) -> None:
    """Else weights learned before and after, or elsewhere, would differ in their last bits."""
    values = np.random.RandomState(seed).standard_normal(size)
    assert pairwise(values) == np.add.reduce(values)
