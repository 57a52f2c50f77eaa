/// The stages of a plan that is being built, in the order of the configuration.
struct DraftList {
  private(set) var all: [StageDraft] = []
  /// Where the first of each name stands.
  private var offsets: [String: Int] = [:]

  init() {}

  /// Takes over the stages for which a condition holds.
  init(_ drafts: DraftList, where isWanted: (StageDraft) -> Bool) {
    for draft in drafts.all where isWanted(draft) { append(draft) }
  }

  /// The first stage of that name.
  subscript(name: String) -> StageDraft? { offsets[name].map { all[$0] } }

  mutating func append(_ draft: StageDraft) {
    if offsets[draft.name] == nil { offsets[draft.name] = all.count }
    all.append(draft)
  }
}
