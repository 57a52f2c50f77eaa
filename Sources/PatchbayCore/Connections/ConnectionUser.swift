/// A stage that can tell from a connection's options that it can't work with it.
public protocol ConnectionUser: Stage {
  /// What is wrong with using this connection and what to do, or nil. Asked before anything is
  /// opened, for every connection that the stage's options name.
  func objection(to connection: any Connection) -> String?
}
