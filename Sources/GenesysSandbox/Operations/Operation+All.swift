extension Operation {
  /// Everything that the sandbox answers.
  static let all: [Operation] =
    tokens + authorization + events + users + presence + conversations + analytics + notifications
    + workspace
    + control
}
