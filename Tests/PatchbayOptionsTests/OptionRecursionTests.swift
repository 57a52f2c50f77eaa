import PatchbayJSON
import PatchbayOptions
import Testing

struct OptionRecursionTests {
  @Test func `a group that contains itself is described once`() {
    let schema = TreeSample.options.schemaDocument(title: "tree")
    let name = "PatchbayOptionsTests.TreeSample"
    let itself: JSONValue = ["$ref": .string("#/$defs/\(name)")]
    #expect(schema["properties"]?["children"]?["items"] == itself)
    #expect(schema["properties"]?["named"]?["additionalProperties"] == itself)
    #expect(
      schema["properties"]?["next"]?["anyOf"]?[1]?["properties"] == ["again": itself])
    #expect(schema["$defs"]?[name]?["properties"] == schema["properties"])
    #expect(
      TreeSample.options.help() == """
        Options:
          label       string, default "tree"
                      What it is called.
          children    array of object, default [], with the same options again
                      The trees below.
          named       map of object, optional, with the same options again
                      More trees below.
          next        choice, default "stop", again | stop
                      The tree beside.
          next.again  object, with the same options again
                      Another tree.
          next.stop   word
                      The end.

        """)
  }

  @Test func `groups that contain each other are described once`() {
    let schema = PingSample.options.schemaDocument(title: "ping")
    let pong = schema["properties"]?["pongs"]?["items"]
    #expect(
      pong?["properties"]?["pings"]?["items"] == ["$ref": "#/$defs/PatchbayOptionsTests.PingSample"]
    )
    #expect(schema["$defs"]?.object?.map(\.name) == ["PatchbayOptionsTests.PingSample"])
    #expect(PingSample.declarationProblems() == [])
    #expect(TreeSample.declarationProblems() == [])
  }

  @Test func `a nested configuration is decoded to the bottom`() throws {
    let tree = try TreeSample([
      "children": [["label": "a", "children": [["label": "b"]]]],
      "named": ["c": ["label": "c"]], "next": ["again": ["label": "d"]],
    ])
    #expect(tree.children[0].children[0].label == "b")
    #expect(tree.named?["c"]?.label == "c")
    let next = if case .again(let next) = tree.next { next.label } else { "none" }
    #expect(next == "d")
    #expect(
      try TreeSample.complaints(#"{"children":[{"named":{"x":{"next":{"again":{"label":7}}}}}]}"#)
        == [
          "config.json:1:54: error[PB0101]: children[0].named.x.next.again.label: "
            + #"expected a string, found the number 7 (did you mean "7"?)"#
        ])
  }

  @Test func `a union may require itself as long as a form ends`() throws {
    indirect enum Term: OptionUnion {
      case not(Not)
      case word(Word)

      static let cases: [OptionCase<Term>] = [
        .init("not", Term.not, doc: "The opposite."),
        .init("word", Term.word, doc: "A word."),
      ]

      struct Not: OptionGroup {
        let term: Term

        init(from options: inout OptionReader) {
          term = options.required("term", doc: "Of what.")
        }
      }

      struct Word: OptionGroup {
        let word: String

        init(from options: inout OptionReader) {
          word = options.required("word", example: "a", doc: "The word.")
        }
      }
    }
    struct Sample: OptionGroup {
      let term: Term

      init(from options: inout OptionReader) {
        term = options.required("term", doc: "What is sought.")
      }
    }
    #expect(
      try Sample.complaints(#"{"term":{"not":{"term":{"not":{"term":{"word":{"word":7}}}}}}}"#)
        == [
          "config.json:1:55: error[PB0101]: term.not.term.not.term.word.word: "
            + #"expected a string, found the number 7 (did you mean "7"?)"#
        ])
    #expect(Sample.declarationProblems() == [])
    _ = try Sample(["term": ["not": ["term": ["word": ["word": "a"]]]]])
  }
}
