"""What analytics make of it."""

import datetime

from .support import (
    genesys, ADA, AVAILABLE, BREAK, COFFEE, Ear, MISSING, NOBODY, ON_QUEUE, RESOLVED, advance,
    aggregates, bodies, center, check, customer, hours, observed, outcome, place, status,
)


def figures():
    """One call of known times, and what analytics make of it."""
    queue = center.set_up("Figures", "MANDATORY")
    agent = center.hire("Rosa Figure", queue)
    call = place(queue=queue, **{"from": "tel:+4930888"})
    advance("10s")
    agent.be(ON_QUEUE)
    advance("5s")
    agent.pick_up(call)
    advance("60s")
    agent.ask(call, held=True)
    advance("20s")
    agent.ask(call, held=False)
    advance("30s")
    topic = f"v2.detail.events.conversation.{call}.user.end"
    with Ear(center.client, topic) as ear:
        customer(call, "hangup")
        told = bodies(ear.hear(), topic)[0]
    check("how long it rang", round(told["alertingDurationMs"] / 1000), 5)
    check("how long it was held", round(told.get("heldDurationMs", 0) / 1000), 20)
    advance("40s")
    agent.wrap_up(call, notes="fine")
    by_queue = {"type": "or", "predicates": [{"dimension": "queueId", "value": queue}]}
    by_id = {"type": "or", "predicates": [{"dimension": "conversationId", "value": call}]}

    def found(**query):
        answer = center.analytics.post_analytics_conversations_details_query(
            {"interval": hours(), **query})
        return [c.conversation_id for c in answer.conversations or []], answer.total_hits

    check("one's details by queue", found(segmentFilters=[by_queue]), ([call], 1))
    check("by conversation", found(conversationFilters=[by_id]), ([call], 1))
    check("by both", found(segmentFilters=[by_queue], conversationFilters=[by_id]), ([call], 1))
    check("by an agent of the queue", [found(segmentFilters=[{"type": "and", "predicates": [
        {"dimension": "queueId", "value": queue}, {"dimension": "userId", "value": user}]}])[1]
        for user in (agent.user, ADA)], [1, 0])
    check("by what it was", [found(segmentFilters=[by_queue, {"type": "and", "predicates": [
        {"dimension": "segmentType", "value": value}]}])[1]
        for value in ["hold", "wrapup", "transmitting"]], [1, 1, 0])
    by_code = {"type": "or", "predicates": [{"dimension": "wrapUpCode", "value": RESOLVED}]}
    check("by a wrap-up code", found(
        segmentFilters=[{"type": "and", "clauses": [by_queue, by_code]}]), ([call], 1))
    other = place(queue=queue)
    customer(other, "abandon")
    check("in order", [found(segmentFilters=[by_queue], order=order,
                             orderBy="conversationStart")[0] for order in ["asc", "desc"]],
          [[call, other], [other, call]])
    check("page by page", [found(segmentFilters=[by_queue], paging={
        "pageSize": 1, "pageNumber": number}) for number in (1, 2, 3)],
        [([call], 2), ([other], 2), ([], 2)])
    check("over and done with", found(segmentFilters=[by_queue], conversationFilters=[{
        "type": "or", "predicates": [
            {"dimension": "conversationEnd", "operator": "notExists"}]}]), ([], 0))
    check("another time", center.analytics.post_analytics_conversations_details_query({
        "interval": "2020-01-01T00:00:00Z/2020-01-02T00:00:00Z"}).total_hits, 0)
    for wrong in [{"interval": "today"}, {"interval": "2026-01-02T00:00:00Z/2026-01-01T00:00:00Z"},
                  {"interval": "2026-01-01T00:00:00Z/2026-03-01T00:00:00Z"}, {},
                  {"interval": hours(), "segmentFilters": [{"type": "or", "predicates": []}]},
                  {"interval": hours(), "segmentFilters": [{"type": "or", "predicates": [
                      {"dimension": "shoeSize", "value": "42"}]}]},
                  {"interval": hours(), "surveyFilters": [by_queue]}]:
        check(f"details of {list(wrong.values())[-1:]}", status(
            lambda: center.analytics.post_analytics_conversations_details_query(wrong)), 400)
    one = genesys.AnalyticsApi(agent.client).get_analytics_conversation_details(call)
    share = [p for p in one.participants if p.user_id == agent.user][0]
    segments = share.sessions[0].segments
    check("its parts", [(s.segment_type, round((s.segment_end - s.segment_start).total_seconds()))
                        for s in segments],
          [("alert", 5), ("interact", 60), ("hold", 20), ("interact", 30), ("wrapup", 40)])
    check("its end, and what was said of it", (
        segments[3].disconnect_type, segments[4].wrap_up_code, segments[4].wrap_up_note,
        {s.queue_id for s in segments}), ("peer", RESOLVED, "fine", {queue}))
    check("what was called", (one.originating_direction, share.sessions[0].ani,
                              share.sessions[0].media_type), ("inbound", "tel:+4930888", "voice"))
    metrics = {m.name: round(m.value / 1000) for m in share.sessions[0].metrics
               if m.name.startswith("t")}
    check("its times", metrics, {
        "tAlert": 5, "tTalk": 30, "tTalkComplete": 90, "tHeld": 20, "tHeldComplete": 20,
        "tAcw": 40, "tHandle": 150})
    check("nobody's details", outcome(
        lambda: center.analytics.get_analytics_conversation_details(NOBODY)), MISSING)
    stats = aggregates(queue, [
        "nOffered", "nConnected", "nTransferred", "tAnswered", "tWait", "tAbandon", "tTalk",
        "tTalkComplete", "tHeld", "tAcw", "tHandle", "tAlert", "oServiceLevel"])
    check("counts", {name: stats[name].count for name in ["nOffered", "tAnswered", "tAbandon",
                                                          "tTalk", "tWait"]},
          {"nOffered": 2, "tAnswered": 1, "tAbandon": 1, "tTalk": 2, "tWait": 2})
    check("times", {name: round(stats[name].sum / 1000) for name in [
        "tAnswered", "tTalk", "tTalkComplete", "tHeld", "tAcw", "tHandle", "tAlert"]},
        {"tAnswered": 15, "tTalk": 90, "tTalkComplete": 90, "tHeld": 20, "tAcw": 40,
         "tHandle": 150, "tAlert": 5})
    check("what didn't happen isn't there", "nTransferred" in stats, False)
    level = stats["oServiceLevel"]
    check("the service level", (level.ratio, level.numerator, level.denominator, level.target),
          (0.5, 1, 2, 0.8))
    advance("30m")
    again = place(queue=queue)
    customer(again, "abandon")
    answer = center.analytics.post_analytics_conversations_aggregates_query({
        "interval": hours(2, 1), "granularity": "PT30M", "groupBy": ["queueId"],
        "metrics": ["nOffered"], "filter": by_queue})
    check("half hours", [(result.group, [
        (metric.metric, metric.stats.count) for data in result.data for metric in data.metrics])
        for result in answer.results],
        [({"mediaType": "voice", "queueId": queue}, [("nOffered", 2), ("nOffered", 1)])])
    spans = [data.interval.split("/") for data in answer.results[0].data]
    check("each is half an hour", {
        datetime.datetime.fromisoformat(b) - datetime.datetime.fromisoformat(a) for a, b in spans},
        {datetime.timedelta(minutes=30)})
    by_user = center.analytics.post_analytics_conversations_aggregates_query({
        "interval": hours(), "groupBy": ["queueId", "userId"], "metrics": ["tHandle"],
        "filter": by_queue}).results
    check("by user", [(r.group["userId"], round(r.data[0].metrics[0].stats.sum / 1000))
                      for r in by_user], [(agent.user, 150)])
    for wrong in [{"metrics": ["nFun"]}, {"groupBy": ["shoeSize"]}, {"granularity": "hourly"},
                  {"granularity": "PT0S"}, {"interval": "today"}, {"timeZone": "Europe/Berlin"},
                  {"views": [{"target": "tTalk"}]}]:
        check(f"aggregates of {wrong}", status(
            lambda: center.analytics.post_analytics_conversations_aggregates_query(
                {"interval": hours(), **wrong})), 400)
    agent.be(AVAILABLE)


def observations():
    queue = center.set_up("Watched")
    one, two, three = (center.hire(f"{name} Watch", queue) for name in ["Sam", "Tea", "Uli"])
    one.be(ON_QUEUE)
    two.be(ON_QUEUE)
    three.be(COFFEE)
    waiting = [place(queue=queue) for _ in range(3)]
    customer(waiting[0], "answer")
    talking = center.part(waiting[0], "agent").user_id
    ringing = ({one.user, two.user} - {talking}).pop()
    check("members", [observed(queue, metric) for metric in [
        "oMemberUsers", "oActiveUsers", "oOnQueueUsers", "oOffQueueUsers", "oUserRoutingStatuses",
        "oUserPresences"]], [
            {None: 3}, {None: 3}, {"IDLE": 1, "INTERACTING": 1}, {COFFEE: 1},
            {"IDLE": 1, "INTERACTING": 1, "OFF_QUEUE": 1}, {ON_QUEUE: 2, COFFEE: 1}])
    check("calls", [observed(queue, metric) for metric in ["oInteracting", "oAlerting"]],
          [{"voice": 1}, {"voice": 1}])
    answer = center.analytics.post_analytics_queues_observations_query({
        "filter": {"type": "and", "predicates": [
            {"dimension": "queueId", "value": queue},
            {"dimension": "mediaType", "value": "voice"}]},
        "detailMetrics": ["oInteracting", "oAlerting"]})
    details = {data.metric: [(o.conversation_id, o.user_id) for o in data.observations]
               for result in answer.results for data in result.data if data.observations}
    check("who talks, and at whom it rings", details, {
        "oInteracting": [(waiting[0], talking)], "oAlerting": [(waiting[1], ringing)]})
    check("what counts as a break", set(answer.system_to_organization_mappings["BREAK"]),
          {BREAK, COFFEE})
    check("nothing of no queue", center.analytics.post_analytics_queues_observations_query({
        "filter": {"type": "or", "predicates": [{"dimension": "queueId", "value": NOBODY}]},
        "metrics": ["oWaiting"]}).results, [])
    for wrong in [{}, {"filter": {"type": "or", "predicates": [
            {"dimension": "userId", "value": ADA}]}}, {"filter": {"type": "or", "predicates": [
                {"dimension": "queueId", "value": "Watched"}]}}]:
        check(f"observations of {wrong}", status(
            lambda: center.analytics.post_analytics_queues_observations_query(wrong)), 400)
    for call in reversed(waiting):
        customer(call, "hangup")
    for desktop in (one, two, three):
        desktop.be(AVAILABLE)


# What tests need beside.
