import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// Collects an object's members and leaves out those without a value.
struct JSONMembers {
  private var members: [JSONValue.Member] = []

  var json: JSONValue { .object(members) }

  mutating func add(_ name: String, _ value: JSONValue?) {
    if let value { members.append(.init(name, value)) }
  }

  mutating func add(_ name: String, text: String?) {
    add(name, text.map { .string($0) })
  }

  mutating func add(_ name: String, id: UUIDBits?) {
    add(name, text: id?.description)
  }

  mutating func add(_ name: String, time: Timestamp?) {
    add(name, text: time?.platformText)
  }
}
