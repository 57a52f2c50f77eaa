import PatchbayCore
import PatchbayJSON

/// Where an answer says which of a request's events it didn't take.
struct AnswerErrors: OptionGroup {
  /// What becomes of events that a refusing answer doesn't name.
  enum Rest: String, OptionChoice {
    case again
    case refused
    case accepted

    var doc: String {
      switch self {
      case .again: "They are sent again without those that it names."
      case .refused: "They are refused with the request."
      case .accepted: "They have been accepted all the same."
      }
    }
  }

  let list: String
  let index: String
  let id: String
  let reason: String
  let rest: Rest

  init(from options: inout OptionReader) {
    list = options.value(
      "in", default: "errors", .path,
      doc: "The path to the list of errors; empty if the answer itself is the list.")
    index = options.value(
      "index", default: "index", .path,
      doc: "The path in an error to the place of its event in the request, from 0.")
    id = options.value(
      "id", default: "", .path,
      doc: "The path in an error to the `sequence_id` of its event, where that tells it.")
    reason = options.value(
      "reason", default: "message", .path, doc: "The path in an error to what is wrong.")
    rest = options.value(
      "rest", default: .again,
      doc: "What becomes of the other events of a request that was refused; after a success they "
        + "are accepted.")
    options.check(
      !index.isEmpty || !id.isEmpty, at: "index", "must be set, or \"id\": they tell the event")
  }

  /// The events that an answer names, by their places, and why; those that it has no such event for are passed
  /// over.
  func named(in body: [UInt8], of ids: [String]) -> [Int: String] {
    guard let answer = try? JSONValue(parsing: body) else { return [:] }
    let errors = list.isEmpty ? answer.array ?? [] : ValuePath(list)?.values(in: answer) ?? []
    var named: [Int: String] = [:]
    for error in errors {
      guard let place = place(of: error, among: ids) else { continue }
      // Where no reason is, whatever is said of it.
      let words = text(reason, in: error) ?? error.text()
      named[place] = named[place].map { "\($0); \(words)" } ?? words
    }
    return named
  }

  private func place(of error: JSONValue, among ids: [String]) -> Int? {
    if let text = text(index, in: error), let place = Int(text), ids.indices.contains(place) {
      return place
    }
    guard let id = text(id, in: error) else { return nil }
    return ids.firstIndex(of: id)
  }

  private func text(_ path: String, in error: JSONValue) -> String? {
    guard let path = ValuePath(path) else { return nil }
    return path.values(in: error).lazy.compactMap { ValuePath.text($0) }.first
  }
}

extension OptionRule where Value == String {
  /// Demands a path, or nothing.
  fileprivate static var path: Self {
    .that("a path such as `errors` or `result.failures`") { $0.isEmpty || ValuePath($0) != nil }
  }
}
