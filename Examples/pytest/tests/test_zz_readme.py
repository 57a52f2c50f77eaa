def test_answer_is_repeated_after_the_rate_limit(sandbox, board, until, ids):
    sandbox.call(queue="Support")
    until("Ada Lindt", "ringing")
    sandbox.next_fault("rate_limited", method="PATCH", retry_after="2s")
    board.answer(board.call_of("Ada Lindt"), sandbox.token(ids["Ada Lindt"]))
    answers = sandbox.requests(path="/api/v2/conversations/calls/*/participants/*")
    assert [answer["status"] for answer in answers] == [429, 204]
