import PatchbayCore

/// A run's journal, with what it told before it was gone on with.
struct RunJournal: Sendable {
  let journal: Journal
  let path: String
  /// Nil in a new run.
  let past: JournalPast?
  private let places: [String: Int]

  init(_ journal: Journal, at path: String, past: JournalPast?, of plan: Plan) {
    self.journal = journal
    self.path = path
    self.past = past
    places = Dictionary(
      plan.stages.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// It as a stage sees it.
  func stage(_ name: String) -> StageJournal? {
    places[name].map { StageJournal(journal: journal, stage: $0, past: past) }
  }

  /// The stages' places in the plan, by their names.
  func place(of name: String) -> Int? { places[name] }
}
