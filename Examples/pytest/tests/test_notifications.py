"""What the board does when notifications and sockets go wrong."""

import pytest

ADA, BEN = "Ada Lindt", "Ben Okafor"


@pytest.fixture
def calls(ids):
    """The topic of Ada's calls."""
    return f"v2.users.{ids[ADA]}.conversations.calls"


def events(sandbox, channel):
    """What happened on a channel's sockets; how soon the end of one is noticed isn't certain."""
    return sorted(entry["event"] for entry in sandbox.sockets(channel=channel))


def phases(updates, agent):
    """How an agent's call went, without what became of their routing status."""
    return [what for name, what in updates if name == agent and what.islower()]


def test_lost_notification_is_made_up_for_by_the_next_reading(sandbox, board, until, calls):
    sandbox.next_fault("notification_lost", topic=calls)
    sandbox.call(queue="Support")
    [lost] = sandbox.wait_for(kind="notification", topic=calls, timeout="30s")
    assert (lost["outcome"], board.calls) == ("lost", {})
    board.refresh()
    until(ADA, "ringing")


def test_notification_that_comes_twice_is_told_once(sandbox, board, until, calls):
    sandbox.next_fault("notification_duplicated", topic=calls)
    call = sandbox.call(queue="Support")
    call.abandon()
    assert phases(until(ADA, "done"), ADA) == ["ringing", "done"]
    assert sandbox.notifications(topic=calls)[0]["outcome"] == "duplicated"


def test_notification_that_comes_late_changes_nothing(sandbox, board, until, calls):
    sandbox.next_fault("notification_reordered", topic=calls)
    sandbox.call(queue="Support").answer().hangup()
    assert phases(until(ADA, "after-call work"), ADA) == ["talking", "after-call work"]
    ringing, talking, *_ = sandbox.notifications(topic=calls)
    assert ringing["places"] > talking["places"]


def test_socket_that_announces_its_end_is_replaced(sandbox, board, until, calls):
    channel = board.channel["id"]
    sandbox.next_fault("socket_closing", topic=calls)
    call = sandbox.call(queue="Support")
    sandbox.wait_for(kind="socket", channel=channel, times=3, timeout="30s")
    call.answer()
    heard = until(ADA, "talking")
    assert phases(heard, ADA) == ["ringing", "talking"]
    assert events(sandbox, channel) == ["closed", "opened", "opened"]


def test_what_happens_while_a_socket_is_cut_off_is_read(sandbox, board, until, calls):
    channel = board.channel["id"]
    sandbox.next_fault("socket_cut", topic=calls)
    sandbox.call(queue="Support")
    until(ADA, "ringing")
    assert sandbox.notifications(topic=calls)[0]["outcome"] == "cut"
    sandbox.wait_for(kind="socket", channel=channel, times=3, timeout="30s")
    assert events(sandbox, channel) == ["closed", "opened", "opened"]


def test_socket_that_is_refused_is_tried_again(sandbox, board, until):
    channel = board.channel["id"]
    sandbox.next_fault("socket_refused", times=2)
    assert sandbox.close_sockets(abruptly=True) == 1
    sandbox.wait_for(kind="socket", channel=channel, times=5, timeout="30s")
    sandbox.call(queue="Support")
    until(ADA, "ringing")
    assert events(sandbox, channel) == ["closed", "opened", "opened", "refused", "refused"]
