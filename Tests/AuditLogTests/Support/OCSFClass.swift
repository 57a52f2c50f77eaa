import Foundation
import PatchbayJSON
import Testing

/// What OCSF 1.2.0 asks of an API Activity: names, types and what must be there, taken from its published schema.
struct OCSFClass {
  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/ocsf/api-activity-1.2.0.json").path

  private let schema: JSONValue

  init() throws {
    schema = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: Self.path))))
  }

  /// What is wrong with an event, a line each.
  func problems(of event: JSONValue) -> [String] {
    problems(of: event, as: schema["class"], at: "event")
  }

  private func problems(of value: JSONValue, as shape: JSONValue?, at place: String) -> [String] {
    guard let members = value.object, let attributes = shape?["attributes"]?.object else {
      return ["\(place): no object"]
    }
    var problems: [String] = []
    for attribute in attributes where attribute.value["required"] == true {
      if value[attribute.name] == nil { problems.append("\(place): no \(attribute.name)") }
    }
    if let names = shape?["at_least_one"]?.array?.compactMap(\.string) {
      if names.allSatisfy({ value[$0] == nil }) { problems.append("\(place): none of \(names)") }
    }
    for member in members {
      let place = "\(place).\(member.name)"
      guard let attribute = attributes.first(where: { $0.name == member.name })?.value else {
        problems.append("\(place): not known")
        continue
      }
      if !isA(attribute["type"]?.string, member.value) { problems.append("\(place): wrong type") }
      if let values = attribute["enum"]?.array, !values.contains(member.value) {
        problems.append("\(place): not one of \(values)")
      }
      if let object = attribute["object"]?.string {
        let shape = schema["objects"]?[object]
        problems += self.problems(of: member.value, as: shape, at: place)
      }
    }
    return problems
  }

  private func isA(_ type: String?, _ value: JSONValue) -> Bool {
    switch value {
    case .integer: type == "integer"
    case .string: type == "string"
    case .object: type == "object"
    default: false
    }
  }
}
