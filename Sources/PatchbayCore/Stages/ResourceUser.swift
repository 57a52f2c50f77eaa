/// A stage that needs something which no other stage of a pipeline may use beside it.
public protocol ResourceUser: Stage {
  /// What it needs, in words that two stages share exactly if they would get into each other's
  /// way: `file events.jsonl in the run's folder`, `standard input`.
  var resources: [String] { get }
}
