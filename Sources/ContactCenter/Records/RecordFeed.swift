import PatchbayCore

/// Reads files of records part by part, beside whoever tells what the part before held.
actor RecordFeed {
  /// What a part of a file holds.
  struct Part: Sendable {
    var findings: [ServiceFiles.Finding] = []
    /// Whether nothing comes after it.
    var isLast = false
  }

  /// What there was in all of them.
  struct Ending: Sendable {
    let tally: RecordTally
    /// Which records are in force, if that was to be found out.
    let versions: RecordVersions
    /// Why nobody can use them, if so.
    let objection: UnreadableInput?
  }

  private var files: ServiceFiles
  /// The files that are still to be opened, the next one last.
  private var waiting: [String]
  /// The file that is read, and what reads it; nil before each.
  private var current: (path: String, input: RecordInput)?
  private let areSeveral: Bool
  /// Files that have nothing in them, where there are several.
  private(set) var empty: [String] = []

  /// - Parameters:
  ///   - paths: at least one.
  ///   - makeFiles: makes what reads them, by the path of the first.
  init(_ paths: [String], _ makeFiles: (String) -> ServiceFiles) {
    files = makeFiles(paths[0])
    waiting = paths.reversed()
    areSeveral = paths.count > 1
  }

  /// Reads the next part; one call at a time.
  ///
  /// - Throws: `UnreadableInput` if a file can't be read, or isn't what it is read as.
  func next() async throws -> Part {
    let isBeginning = current == nil
    let (path, input) = try await opened()
    let chunk = try await input.next()
    if !chunk.isEmpty { return Part(findings: try files.take(chunk)) }
    // Nothing in one of many isn't worth more than a word.
    let isEmpty = isBeginning && areSeveral
    let findings = isEmpty ? [] : try files.take([])
    if isEmpty { empty.append(path) }
    current = nil
    if let next = waiting.last { files.begin(next) }
    return Part(findings: findings, isLast: waiting.isEmpty)
  }

  private func opened() async throws -> (path: String, input: RecordInput) {
    if let current { return current }
    let path = waiting.removeLast()
    let input = try await RecordInput.open(path)
    current = (path, input)
    return (path, input)
  }

  /// Ends the reading.
  func finish() -> Ending {
    var objection: UnreadableInput?
    do {
      try files.finish()
    } catch {
      objection = error as? UnreadableInput ?? UnreadableInput("\(error)")
    }
    return Ending(tally: files.tally, versions: files.found, objection: objection)
  }
}
