"""A queue of bytes, in memory or not."""

from __future__ import annotations

from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from healthlint import spool
from healthlint.spool import Spool


@given(st.lists(st.none() | st.binary(max_size=50)), st.integers(1, 100))
def test_first_in_first_out(steps: list[bytes | None], in_memory: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "_IN_MEMORY", in_memory)
        queue, expected = Spool(), deque[bytes]()
        for data in steps:
            if data is not None:
                queue.put(data)
                expected.append(data)
            elif expected:
                assert queue.take() == expected.popleft()
        while expected:
            assert queue.take() == expected.popleft()
        with pytest.raises(IndexError):
            queue.take()
        queue.close()
