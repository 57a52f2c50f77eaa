import PatchbayJSON
import PatchbayOptions
import Testing

struct OptionReferenceTests {
  private struct Sample: OptionGroup {
    let connection: String
    let backup: String
    let machine: String?
    let targets: [Target]

    struct Target: OptionGroup {
      let machine: String

      init(from options: inout OptionReader) {
        machine = options.reference("machine", to: "machine", doc: "Which machine.")
      }
    }

    init(from options: inout OptionReader) {
      connection = options.reference("connection", to: "connection", doc: "Where to.")
      backup = options.reference(
        "backup", to: "connection", default: "sandbox", doc: "Where to otherwise.")
      machine = options.optionalReference("machine", to: "machine", doc: "Which machine.")
      targets = options.list("targets", doc: "More.")
    }
  }

  @Test func `names are collected with their places, defaults too`() throws {
    let decoded = try Sample.decode(
      #"{"connection":"genesys","targets":[{"machine":"${M}"}]}"#, at: OptionPath("injectors", "i"),
      environment: ["M": "desktop"])
    #expect(decoded.value?.machine == nil)
    let path = OptionPath("injectors", "i")
    #expect(
      decoded.references == [
        OptionReference(
          kind: "connection", name: "genesys", path: path.appending("connection"),
          position: JSONPosition(line: 1, column: 15), origin: .text),
        OptionReference(
          kind: "connection", name: "sandbox", path: path.appending("backup"), position: .start,
          origin: .program),
        OptionReference(
          kind: "machine", name: "desktop",
          path: path.appending("targets").appending(0).appending("machine"),
          position: JSONPosition(line: 1, column: 47), origin: .environment),
      ])
  }

  @Test func `a name is a text that isn't empty`() throws {
    #expect(
      try Sample.complaints(#"{"connection":"","backup":7,"machine":null}"#) == [
        "config.json:1:15: error[PB0102]: connection: must not be empty",
        "config.json:1:27: error[PB0101]: backup: expected the name of a connection, "
          + "found the number 7",
        "config.json:1:39: error[PB0101]: machine: expected the name of a machine, found null",
      ])
    #expect(
      try Sample.complaints("{}") == [
        "config.json:1:1: error[PB0103]: connection: "
          + "required option is missing: the name of a connection"
      ])
    #expect(Sample.declarationProblems() == [])
  }
}
