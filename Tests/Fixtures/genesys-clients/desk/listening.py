"""What channels subscribe to, by requests and over the socket."""

import json

from .support import (
    genesys, ADA, AVAILABLE, BEN, BREAK, Desktop, Ear, MISSING, NOBODY, SUPPORT, center, check,
    login_of, outcome, status,
)


def topics():
    notifications = center.notifications
    channel = notifications.post_notifications_channels()

    def subscribe(*names, **more):
        listing = notifications.post_notifications_channel_subscriptions(
            channel.id, [{"id": name} for name in names], **more)
        return {t.id: t.state for t in listing.entities}

    for topic in [f"v2.users.{ADA}.station", f"v2.users.{ADA}.voicemail.messages",
                  f"v2.users.{ADA}.geolocation", f"v2.users.{ADA}.outofoffice",
                  f"v2.flows.{NOBODY}", f"v2.detail.events.conversation.{NOBODY}.flow.start",
                  f"v2.analytics.queues.{SUPPORT}.observations"]:
        check(f"the topic {topic.replace(ADA, 'ADA').replace(SUPPORT, 'SUPPORT')} is taken",
              subscribe(topic)[topic], "Permitted")
    for topic in [f"v2.users.{ADA}.nonsense", f"v2.user.{ADA}.presence",
                  f"v2.users.{ADA}", f"v2.users.{ADA}.", f"v2.users.{ADA}?nonsense",
                  f"v2.users.{ADA}.presence.more", ""]:
        check(f"the topic {topic.replace(ADA, 'ADA')!r} isn't", outcome(lambda: subscribe(topic)),
              (400, "invalid.value"))
    for topic in ["v2.users.ada.presence", "v2.routing.queues.*.users"]:
        check(f"the topic {topic}, which nothing could fill", outcome(
            lambda: subscribe(topic)), (400, "invalid.value"))
    mixed = subscribe(f"v2.users.{ADA}.nonsense", f"v2.users.{ADA}.presence", ignore_errors=True)
    check("one by one", (mixed[f"v2.users.{ADA}.nonsense"], mixed[f"v2.users.{ADA}.presence"]),
          ("Rejected", "Permitted"))
    listed = {t.id for t in
              notifications.get_notifications_channel_subscriptions(channel.id).entities}
    check("what was rejected isn't listed", (f"v2.users.{ADA}.nonsense" in listed,
                                             f"v2.users.{ADA}.station" in listed), (False, True))
    notifications.head_notifications_channel(channel.id)
    check("another's channel", outcome(lambda: genesys.NotificationsApi(
        login_of(ADA)).get_notifications_channel_subscriptions(channel.id)), MISSING)


def by_socket():
    """Subscriptions over the socket itself."""
    topic, other = (f"v2.users.{user}.presence" for user in (ADA, BEN))
    ada, ben = Desktop(ADA), Desktop(BEN)
    with Ear(center.client) as ear:
        def say(**what):
            ear.socket.send(json.dumps(what))
            return ear.next()

        answer = say(message="subscribe", topics=[topic, other], correlationId="one")
        check("subscribed by socket", (answer["result"], answer["status"], answer["topics"],
                                       answer["correlationId"]),
              ("200", "subscribed", [topic, other], "one"))
        ada.be(BREAK)
        ben.be(BREAK)
        check("both are heard", [name for name, _ in ear.hear()], [topic, other])
        listed = {t.id for t in center.notifications.get_notifications_channel_subscriptions(
            ear.channel.id).entities}
        check("REST sees them", {topic, other} <= listed, True)
        answer = say(message="unsubscribe", topics=[topic], correlationId="two")
        check("unsubscribed by socket", (answer["result"], answer["status"], answer["topics"],
                                         answer["correlationId"]),
              ("200", "unsubscribed", [topic], "two"))
        ada.be(AVAILABLE)
        ben.be(AVAILABLE)
        check("the other one is heard", [name for name, _ in ear.hear()], [other])
        check("not twice", say(message="unsubscribe", topics=[topic])["status"], "unsubscribed")
        for wrong in [{"message": "subscribe", "topics": ["v2.nonsense"]},
                      {"message": "subscribe"}, {"message": "subscribe", "topics": []},
                      {"message": "unsubscribe", "topics": [7]}, {"message": "sing"}, {}]:
            answer = say(**wrong)
            check(f"{wrong} by socket", (answer["result"], answer["status"]), ("400", "error"))
        ear.socket.send("not JSON")
        check("what isn't JSON", ear.next()["result"], "400")


# Calls.
