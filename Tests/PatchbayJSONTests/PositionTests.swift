import PatchbayJSON
import Testing

struct PositionTests {
  @Test func `every value and name knows its line and column`() throws {
    let text = """
      {
        "name": "zoé 😀", "after": 1,
      \t"list" : [ true, [], [ null,
          -1.5 ] ],
        "é😀": { "ü": "x" }, "z" : {}
      }
      """
    let places = try places(in: text)
    #expect(
      places == [
        "1:1 an object", "2:3 name", "2:11 a string", "2:20 after", "2:29 a number",
        "3:2 list", "3:11 an array", "3:13 a Boolean", "3:19 an array", "3:23 an array",
        "3:25 null", "4:5 a number", "5:3 é😀", "5:9 an object", "5:11 ü", "5:16 a string",
        "5:23 z", "5:29 an object",
      ])
  }

  @Test func `only a line feed starts a line`() throws {
    let places = try places(in: "[1,\r\n2,\r3,\n\n\n4]")
    #expect(
      places == [
        "1:1 an array", "1:2 a number", "2:1 a number", "2:4 a number", "5:1 a number",
      ])
  }

  @Test func `blanks before the root count`() throws {
    #expect(try places(in: " \n\n\t \"é\" \n") == ["3:3 a string"])
  }

  @Test func `positions are ordered and printed as a reader meets them`() {
    let positions = [(2, 1), (1, 9), (1, 10), (10, 1)].map { JSONPosition(line: $0, column: $1) }
    #expect(positions.sorted().map(\.description) == ["1:9", "1:10", "2:1", "10:1"])
    #expect(JSONPosition.start.description == "1:1")
    #expect(Set(positions + positions).count == 4)
  }

  @Test func `an error prints its position first`() {
    let error = JSONSyntaxError(at: JSONPosition(line: 3, column: 14), "no such thing")
    #expect(error.description == "3:14: no such thing")
    #expect(error == JSONSyntaxError(at: JSONPosition(line: 3, column: 14), "no such thing"))
    #expect(error != JSONSyntaxError(at: .start, "no such thing"))
  }

  private func places(in text: String) throws -> [String] {
    places(of: try JSONDocument(parsing: Array(text.utf8)).root)
  }

  private func places(of node: JSONNode) -> [String] {
    let own = "\(node.position) \(node.kind)"
    return switch node.content {
    case .array(let elements): [own] + elements.flatMap(places)
    case .object(let members):
      [own] + members.flatMap { ["\($0.position) \($0.name)"] + places(of: $0.value) }
    case .null, .bool, .integer, .number, .string: [own]
    }
  }
}
