"""The hand-off between two threads: what waits, what is dropped, and how both sides end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from dehazer.errors import UsageError
from dehazer.runtime.channel import Channel, Closed, Policy
from tests.waiting import MOMENT, PATIENCE, InThread

POLICIES: list[Policy] = ["block", "latest"]


def filled(channel: Channel[int], items: range) -> Channel[int]:
    for item in items:
        channel.put(item)
    return channel


@pytest.mark.parametrize("policy", POLICIES)
def test_items_come_out_in_the_order_they_went_in(policy: Policy) -> None:
    channel = filled(Channel(4, policy), range(4))
    assert len(channel) == 4
    assert [channel.get() for _ in range(4)] == [0, 1, 2, 3]
    assert (len(channel), channel.dropped) == (0, 0)


@given(size=st.integers(1, 12), count=st.integers(0, 40))
@settings(max_examples=60, deadline=None)
def test_latest_keeps_the_newest_drops_the_oldest_and_counts_them(size: int, count: int) -> None:
    channel = filled(Channel(size, "latest"), range(count))
    channel.finish()
    assert list(channel) == list(range(count))[-size:]
    assert channel.dropped == max(0, count - size)


def test_latest_never_waits() -> None:
    channel: Channel[int] = Channel(1, "latest")
    with InThread(lambda: filled(channel, range(1000))) as producer:
        assert producer.done.wait(PATIENCE)
    assert (channel.get(), channel.dropped) == (999, 999)


def test_block_waits_for_room_and_loses_nothing() -> None:
    channel = filled(Channel(2), range(2))
    with InThread(lambda: channel.put(2)) as producer:
        assert not producer.done.wait(MOMENT)
        assert channel.get() == 0
        assert producer.done.wait(PATIENCE)
    assert [channel.get(), channel.get(), channel.dropped] == [1, 2, 0]


def test_get_waits_for_an_item() -> None:
    channel: Channel[int] = Channel()
    with InThread(channel.get) as consumer:
        assert not consumer.done.wait(MOMENT)
        channel.put(7)
        assert consumer.done.wait(PATIENCE)
    assert consumer.result == 7


@given(size=st.integers(1, 4), count=st.integers(0, 60))
@settings(max_examples=20, deadline=None)
def test_between_two_threads_every_item_arrives_once(size: int, count: int) -> None:
    channel: Channel[int] = Channel(size)

    def produce() -> None:
        filled(channel, range(count)).finish()

    with InThread(produce):
        assert list(channel) == list(range(count))


@pytest.mark.parametrize("policy", POLICIES)
def test_after_finish_the_rest_is_read_and_nothing_more_is_taken(policy: Policy) -> None:
    channel = filled(Channel(3, policy), range(2))
    channel.finish()
    with pytest.raises(Closed):
        channel.put(2)
    assert list(channel) == [0, 1]
    with pytest.raises(Closed):
        channel.get()


@pytest.mark.parametrize("policy", POLICIES)
def test_after_abort_both_sides_end_and_waiting_items_are_forgotten(policy: Policy) -> None:
    channel = filled(Channel(3, policy), range(2))
    channel.abort()
    for call in (channel.get, channel.wait_taken, lambda: channel.put(2)):
        with pytest.raises(Closed):
            call()
    assert len(channel) == 0


@pytest.mark.parametrize("end", ["finish", "abort"])
def test_a_consumer_that_waits_is_woken_by_the_end(end: str) -> None:
    channel: Channel[int] = Channel()
    with InThread(channel.get) as consumer:
        getattr(channel, end)()
    assert isinstance(consumer.error, Closed)


def test_a_producer_that_waits_is_woken_by_abort() -> None:
    channel = filled(Channel(1), range(1))
    with InThread(lambda: channel.put(1)) as producer:
        channel.abort()
    assert isinstance(producer.error, Closed)


def test_wait_taken_returns_when_the_last_item_was_taken() -> None:
    channel = filled(Channel(2), range(2))
    with InThread(channel.wait_taken) as waiting:
        channel.get()
        assert not waiting.done.wait(MOMENT)
        channel.get()
        assert waiting.done.wait(PATIENCE)
    assert waiting.error is None


def test_wait_taken_does_not_wait_when_nothing_is_in_it() -> None:
    Channel[int]().wait_taken()


def test_wait_taken_ends_when_the_consumer_is_gone() -> None:
    channel = filled(Channel(2), range(1))
    with InThread(channel.wait_taken) as waiting:
        channel.abort()
    assert isinstance(waiting.error, Closed)


def test_many_producers_and_one_consumer_lose_nothing() -> None:
    channel: Channel[int] = Channel(2)
    with InThread(lambda: filled(channel, range(50))), InThread(lambda: filled(channel, range(50, 100))):
        taken = [channel.get() for _ in range(100)]
    assert sorted(taken) == list(range(100))


@pytest.mark.parametrize("size", [0, -1])
def test_a_channel_needs_room(size: int) -> None:
    with pytest.raises(UsageError, match=f"at least one item, got {size}"):
        Channel(size)
