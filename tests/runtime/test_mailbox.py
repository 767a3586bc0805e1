"""A box for one item: the newest waits, older ones that nobody took are counted."""

from __future__ import annotations

from dehazer.runtime.mailbox import Mailbox


def test_the_newest_waits_and_the_others_are_counted() -> None:
    box: Mailbox[int] = Mailbox()
    assert box.take() is None
    assert [box.put(i) for i in (1, 2, 3)] == [True, False, False]
    assert (box.take(), box.take(), box.overwritten) == (3, None, 2)


def test_after_it_was_emptied_the_next_item_is_announced_again() -> None:
    box: Mailbox[int] = Mailbox()
    box.put(1)
    box.take()
    assert box.put(2)
    assert (box.take(), box.overwritten) == (2, 0)
