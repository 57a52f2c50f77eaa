"""What the board shows, and what it asks for, while all goes well."""

ADA, BEN = "Ada Lindt", "Ben Okafor"


def test_board_reads_who_there_is(sandbox, board, ids):
    assert board.agents == {ids[ADA]: ADA, ids[BEN]: BEN}
    assert {user: status for user, (_, status) in board.statuses.items()} == {
        ids[ADA]: "IDLE",
        ids[BEN]: "IDLE",
    }
    channel = f"/api/v2/notifications/channels/{board.channel['id']}"
    sandbox.verify(
        [
            {"method": "POST", "path": "/oauth/token", "status": 200},
            {"method": "GET", "path": "/api/v2/routing/queues"},
            {"method": "GET", "path": f"/api/v2/routing/queues/{ids['Support']}/members"},
            {"method": "GET", "path": "/api/v2/users"},
            {"method": "POST", "path": "/api/v2/notifications/channels"},
            {"method": "PUT", "path": f"{channel}/subscriptions"},
            {"method": "GET", "path": "/api/v2/analytics/agents/*/status", "times": 2},
        ],
        exactly=True,
    )


def test_call_is_followed_from_first_ring_to_wrap_up(sandbox, board, until, ids):
    token = sandbox.token(ids[ADA])
    call = sandbox.call(queue="Support", name="Eva Brandt")
    until(ADA, "ringing")
    assert board.call_of(ADA).participant == call.agent.participant_id
    board.answer(board.call_of(ADA), token)
    assert until(ADA, "INTERACTING") == [(ADA, "talking"), (ADA, "INTERACTING")]
    board.hold(board.call_of(ADA), True, token)
    until(ADA, "held")
    board.hold(board.call_of(ADA), False, token)
    until(ADA, "talking")
    call.hangup()
    until(ADA, "after-call work")
    board.wrap_up(board.call_of(ADA), ids["Resolved"], token)
    assert until(ADA, "IDLE") == [(ADA, "done"), (ADA, "IDLE")]
    assert board.calls[call.agent.participant_id].code == ids["Resolved"]


def test_call_that_is_not_answered_goes_to_the_next(sandbox, board, until):
    call = sandbox.call(queue="Support")
    until(ADA, "ringing")
    call.no_answer()
    heard = until(BEN, "ringing")
    assert (ADA, "done") in heard
    assert (ADA, "NOT_RESPONDING") in heard
    assert board.call_of(BEN).participant == call.agent.participant_id


def test_board_goes_on_after_a_night(sandbox, board, until, ids):
    evening = board.channel["id"]
    sandbox.advance("25h")
    sandbox.wait_for(path="/api/v2/notifications/channels", method="POST", times=2, timeout="30s")
    call = sandbox.call(queue="Support")
    until(ADA, "ringing")
    assert board.channel["id"] != evening
    assert call.agent.user_id == ids[ADA]
    assert [r["status"] for r in sandbox.requests(path="/oauth/token")] == [200, 200]
