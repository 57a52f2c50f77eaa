"""What the board does when requests go wrong: one fault each, and then all is well again."""

import pytest

from callboard import ApiError

ADA, BEN = "Ada Lindt", "Ben Okafor"
PARTICIPANT = "/api/v2/conversations/calls/*/participants/*"


def statuses(sandbox, **filter):
    """What requests were answered; None if they weren't."""
    return [request.get("status") for request in sandbox.requests(**filter)]


@pytest.fixture
def ringing(sandbox, board, until):
    """A call that rings at Ada."""
    call = sandbox.call(queue="Support")
    until(ADA, "ringing")
    return call


@pytest.fixture
def written_up(ringing, until):
    """A call that Ada has had, and is to write up."""
    ringing.answer().hangup()
    until(ADA, "after-call work")
    return ringing


def test_login_waits_while_the_platform_is_unavailable(sandbox, new_board, pauses):
    sandbox.next_fault("unavailable", path="/oauth/token", times=2, retry_after="3s")
    new_board.read_agents()
    assert statuses(sandbox, path="/oauth/token") == [503, 503, 200]
    assert pauses == [3, 3]


def test_answer_is_repeated_after_the_rate_limit(sandbox, board, ringing, until, ids, pauses):
    sandbox.next_fault("rate_limited", method="PATCH", retry_after="2s")
    board.answer(board.call_of(ADA), sandbox.token(ids[ADA]))
    until(ADA, "talking")
    assert statuses(sandbox, path=PARTICIPANT) == [429, 204]
    assert pauses == [2]


def test_read_is_repeated_after_a_server_error(sandbox, new_board):
    sandbox.next_fault("server_error", path="/api/v2/routing/queues")
    new_board.read_agents()
    assert statuses(sandbox, path="/api/v2/routing/queues") == [500, 200]


def test_read_is_repeated_after_a_dropped_connection(sandbox, new_board, ids):
    sandbox.next_fault("dropped_before", path="/api/v2/users")
    new_board.read_agents()
    assert set(new_board.agents) == {ids[ADA], ids[BEN]}
    assert statuses(sandbox, path="/api/v2/users") == [None, 200]


def test_read_is_repeated_after_half_an_answer(sandbox, new_board, ids):
    sandbox.next_fault("malformed", path="/api/v2/routing/queues/*/members")
    new_board.read_agents()
    assert set(new_board.agents) == {ids[ADA], ids[BEN]}
    answers = sandbox.requests(path="/api/v2/routing/queues/*/members")
    assert [answer.get("fault") for answer in answers] == ["malformed", None]


def test_slow_answer_is_waited_for(sandbox, new_board, ids):
    sandbox.next_fault("slow", path="/api/v2/users", slow_body="300ms")
    new_board.read_agents()
    assert set(new_board.agents) == {ids[ADA], ids[BEN]}
    assert statuses(sandbox, path="/api/v2/users") == [200]


def test_wrap_up_that_lost_its_answer_is_not_sent_twice(sandbox, board, written_up, until, ids):
    sandbox.next_fault("dropped", path=PARTICIPANT)
    board.wrap_up(board.call_of(ADA), ids["Resolved"], sandbox.token(ids[ADA]))
    until(ADA, "done")
    assert board.calls[written_up.agent.participant_id].code == ids["Resolved"]
    assert statuses(sandbox, path=PARTICIPANT) == [None]


def test_wrap_up_that_came_to_nothing_is_told(sandbox, board, written_up, until, ids):
    sandbox.next_fault("gateway_timeout", path=PARTICIPANT)
    with pytest.raises(ApiError, match="504"):
        board.wrap_up(board.call_of(ADA), ids["Resolved"], sandbox.token(ids[ADA]))
    assert board.call_of(ADA).phase == "after-call work"
    board.wrap_up(board.call_of(ADA), ids["Resolved"], sandbox.token(ids[ADA]))
    until(ADA, "done")
    assert statuses(sandbox, path=PARTICIPANT) == [504, 204]


def test_token_that_expires_is_renewed_and_the_channel_with_it(sandbox, board, until):
    before = board.channel["id"]
    sandbox.next_fault("token_expired", path="/api/v2/users")
    board.read_agents()
    sandbox.wait_for(path="/api/v2/notifications/channels", method="POST", times=2, timeout="30s")
    sandbox.call(queue="Support")
    until(ADA, "ringing")
    assert board.channel["id"] != before
    assert statuses(sandbox, path="/oauth/token") == [200, 200]


def test_user_who_was_logged_out_has_to_log_in_again(sandbox, board, ringing, until, ids):
    sandbox.next_fault("token_revoked", user=ids[ADA])
    with pytest.raises(ApiError, match="401"):
        board.answer(board.call_of(ADA), sandbox.token(ids[ADA]))
    board.answer(board.call_of(ADA), sandbox.token(ids[ADA]))
    until(ADA, "talking")
    assert statuses(sandbox, path=PARTICIPANT) == [401, 204]
