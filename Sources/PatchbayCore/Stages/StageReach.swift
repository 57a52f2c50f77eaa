/// What a stage touches beside what its context gives it.
///
/// `patchbay test` promises to touch nothing outside: it runs only stages that stay within their context,
/// puts a recorder in the place of sinks that don't, and refuses the rest by name.
public enum StageReach: Sendable, Equatable {
  /// Nothing: clock, network, console, input, random numbers and files in the run's folder are the
  /// context's. Files that are only read don't count.
  case context
  /// Something else, in words that follow the stage's name: `starts python3`.
  case outside(String)
  /// Its author doesn't say, so that everything has to be expected.
  case unstated
}
