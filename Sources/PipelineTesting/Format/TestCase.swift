package import PatchbayCore

/// One test: what is changed about the configuration, what comes in, and what must come of it.
package struct TestCase: OptionGroup {
  package let name: String
  let profiles: [String]
  let only: [String]
  let changes: OpenValue?
  let variables: [String: String]
  let given: [String: [OpenValue]]
  let stdin: [String]
  let outside: [String]
  let replies: [String: [Reply]]
  let timeout: Duration
  let expect: Expectations

  package init(from options: inout OptionReader) {
    name = options.required(
      "name", example: "a rate limit is waited out", .nonEmpty, .oneLine,
      doc: "What holds, as a sentence.")
    profiles = options.oneOrMany(
      "profiles", default: [], doc: "Profiles of the configuration to choose.")
    only = options.oneOrMany(
      "only", default: [], doc: "Stages to keep the ways through; the rest is left out.")
    changes = options.optional(
      "changes", doc: "Changes merged over the configuration, as a profile is.")
    variables = options.value(
      "variables", default: [:], doc: "Environment variables of this test.")
    given =
      options.optional(
        "given",
        doc: """
          For a source, the events it brings instead of its own: an event as an object, a raw line \
          as a string, or {"wait": "30s"} for time that passes.
          """) ?? [:]
    stdin = options.value(
      "stdin", default: [], doc: "The lines of standard input, for a source that reads it.")
    outside = options.oneOrMany(
      "outside", default: [],
      doc: """
        Stages that are to run for real although they start programs, or use networks or files of \
        their own; nothing keeps those from what they do.
        """)
    replies =
      options.optional(
        "replies",
        doc: """
          What endpoints answer, in order, by method and URL or path: "POST /api/v2/events". A \
          script that has ended lets requests through to the sandbox, and nowhere else.
          """) ?? [:]
    timeout = options.value(
      "timeout", default: .seconds(60), .range(.milliseconds(1) ... .seconds(86_400)),
      doc: "How long the test may take in real time; then it is ended, and has failed.")
    expect = options.group("expect", doc: "What must come of it.")
  }
}
