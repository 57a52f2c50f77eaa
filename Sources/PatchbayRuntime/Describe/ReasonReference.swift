import PatchbayCore

/// What the codes mean by which outcomes tell why an event wasn't accepted.
///
/// These are those of the stages that come with the program; plugins and users' programs have their own.
package enum ReasonReference {
  /// A code, or a family of them.
  package struct Entry: Sendable {
    /// The code, such as `state.unknown`.
    package let code: String
    /// What happened.
    package let cause: String
    /// What to do.
    package let cure: String
  }

  /// What is known of a code; nil if it is none of the program's.
  package static func entry(for code: String) -> Entry? {
    if let entry = entries.first(where: { $0.code == code }) { return entry }
    guard code.hasPrefix("http."), let status = Int(code.dropFirst(5)), code.utf8.count == 8
    else { return nil }
    return answer(status)
  }

  /// What there is to know of a code, for a terminal.
  package static func explanation(of entry: Entry) -> String {
    "\(entry.code)\n\nCause\n  \(entry.cause)\n\nCure\n  \(entry.cure)\n"
  }

  /// All codes that stand by themselves; beside them there is `http.STATUS` for each HTTP status.
  package static let entries: [Entry] =
    missing + malformed + [
      Entry(
        code: "sequence_id.too_long", cause: "The event's id has more than 128 bytes.",
        cure: "Shorten it where the event is made."),
      Entry(
        code: "sequence_id.duplicate",
        cause: "An event with that id was accepted before, within the validator's window.",
        cure: "Find out who sends it twice: the line of the first one has the same id."),
      Entry(
        code: "state.unknown", cause: "The state is none of the machine's.",
        cure: "Write it exactly as the machine has it, or add it to a machine of your own."),
      Entry(
        code: "event_type.unknown", cause: "The type is none of the validator's event_types.",
        cure: "Correct it, or add it to event_types."),
      Entry(
        code: "line.malformed",
        cause:
          "A line of the input is no JSON object, sets a name twice, has something else than a "
          + "string for a member of events, or is longer than longest_line.",
        cure: "The reason names the column; look at that line of the input."),
      Entry(
        code: "row.malformed",
        cause:
          "A row of the call log has too few or too many fields, a bad date or time, no agent, "
          + "or is longer than longest_line.",
        cure: "The reason names the field; look at that row of the log."),
      Entry(
        code: "subprocess.rejected", cause: "The validator's program rejected it and gave no code.",
        cure: "The reason is the program's; have it give a code."),
      Entry(
        code: "http.no_answer",
        cause: "The last attempt got no answer: no connection, a timeout, or the connection broke.",
        cure: "The reason says which; `patchbay doctor` tries the target."),
      Entry(
        code: "event.refused",
        cause: "The answer names the event as one that the target didn't take.",
        cure: "The reason has the target's words; `errors` says where they stand in its answers."),
      Entry(
        code: "answer.unreadable",
        cause: "The platform took the request, and its answer isn't what its documentation says.",
        cure: "Look at what stands between: a proxy or gateway that answers by itself."),
      Entry(
        code: "not_sent",
        cause:
          "The request couldn't be made: without a token, or since a mapping can't say the event.",
        cure: "The reason says why: the login's, or what the mapping lacks."),
      Entry(
        code: "cancelled", cause: "The run ended before it was sent, or before it was answered.",
        cure: "Give run.drain more time, or stop the run later."),
      Entry(
        code: "no_verdict",
        cause: "The injector gave no verdict on the event, which is a bug in it.",
        cure: "Tell the injector's author."),
    ]

  private static let missing = [
    "sequence_id", "timestamp", "interaction_id", "agent_id", "state", "event_type",
  ]
  .map {
    Entry(
      code: "\($0).missing", cause: "The event's member \($0) is absent or empty.",
      cure: "Set it where the event is made.")
  }

  private static let malformed =
    ["interaction_id", "agent_id"].map {
      Entry(
        code: "\($0).not_uuid", cause: "The event's member \($0) is no UUID in lower case.",
        cure: "Write it as in 0189b1c4-7a6e-7d0e-8000-0123456789ab.")
    } + [
      Entry(
        code: "timestamp.malformed",
        cause: "The event's timestamp isn't RFC 3339, has no offset, or is no date.",
        cure: "Write it as in 2026-01-31T09:30:00.123Z.")
    ]

  private static func answer(_ status: Int) -> Entry? {
    let code = "http.\(status)"
    let (cause, cure): (String, String)
    switch status {
    case 300..<400:
      (cause, cure) = (
        "the target is elsewhere, and redirects aren't followed",
        "Set url to the address that the reason names."
      )
    case 400, 422:
      (cause, cure) = (
        "the target could not use the event", "The reason has the target's words; validate first."
      )
    case 401:
      (cause, cure) = (
        "the login or its token was refused",
        "Check id, secret and region, or the header that carries the token."
      )
    case 403:
      (cause, cure) = ("the login may not do this", "Give it the permission that the reason names.")
    case 404, 405:
      (cause, cure) = (
        "the target has no such path, or not for this method", "Check url and method."
      )
    case 408, 425:
      (cause, cure) = ("the target asks for another attempt", "Give retry.attempts more room.")
    case 413:
      (cause, cure) = ("the request is too big for the target", "Send less in one request.")
    case 429:
      (cause, cure) = (
        "above the target's rate limit, after all retries",
        "Send more slowly, or give retry more attempts and retry.longest_wait more time."
      )
    case 500..<600:
      (cause, cure) = (
        "the target failed, after all retries",
        "Look at the target; retry says how often and how long it is tried."
      )
    case 400..<500:
      (cause, cure) = ("the target refused the request", "The reason has the target's words.")
    case 100..<300:
      (cause, cure) = (
        "the target answered with a status that doesn't count as taken",
        "If it does for this target, name it under success."
      )
    default: return nil
    }
    return Entry(code: code, cause: "HTTP \(status): \(cause).", cure: cure)
  }
}
