import PatchbayJSON
import Testing

struct NodeTests {
  @Test func `a node names its kind with an article`() throws {
    let document = try JSONDocument(parsing: Array(#"[null,true,1,1.5,"a",[],{}]"#.utf8))
    guard case .array(let elements) = document.root.content else {
      Issue.record("no array")
      return
    }
    #expect(
      elements.map(\.kind) == [
        "null", "a Boolean", "a number", "a number", "a string", "an array", "an object",
      ])
  }

  @Test func `members are found by name`() throws {
    let root = try JSONDocument(parsing: Array(#"{"a":1,"b":[]}"#.utf8)).root
    #expect(root.members?.map(\.name) == ["a", "b"])
    #expect(root.member("b")?.position == JSONPosition(line: 1, column: 8))
    #expect(root.member("b")?.value.value == [])
    #expect(root.member("c") == nil)
    #expect(root.member("b")?.value.member("a") == nil)
    #expect(root.member("b")?.value.members == nil)
  }

  @Test func `a node knows where it came from`() throws {
    let read = try JSONDocument(parsing: Array("[1]".utf8)).root
    let made = JSONNode(["a": [1]])
    #expect(read.origin == .text)
    #expect(made.origin == .program)
    #expect(made.member("a")?.value.origin == .program)
    #expect(made.member("a")?.position == .start)
    #expect(JSONNode(.null, at: .start, origin: .environment).origin == .environment)
  }
}
