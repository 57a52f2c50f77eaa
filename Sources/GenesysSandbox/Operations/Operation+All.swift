extension Operation {
  /// Everything that the sandbox answers.
  static let all: [Operation] =
    login + tokens + authorization + events + users + presence + queues + routing + conversations
    + participants + analytics + notifications + workspace + control
    + journal + faults + calls + snapshots
}
