package import PatchbayCore

/// Which records begin services and which end them, where a service is told in two, as in logs of events.
///
/// They belong together by call and agent.
package struct PairedRecords: OptionGroup {
  let field: String
  let start: [String]
  let end: [String]
  let others: [String]

  package init(from options: inout OptionReader) {
    field = options.value(
      "field", default: "",
      doc: "The column or path that says what a record is; without it each is a whole service.")
    start = options.oneOrMany(
      "start", default: [], doc: "What stands there when an agent answers.")
    end = options.oneOrMany("end", default: [], doc: "What stands there when the talk ends.")
    others = options.oneOrMany(
      "others", default: [],
      doc:
        "What else may stand there and says nothing of services; everything else is counted as unknown."
    )
    options.check(
      field.isEmpty == start.isEmpty && field.isEmpty == end.isEmpty, at: "field",
      "goes together with \"start\" and \"end\": what stands in it")
  }

  var isAsked: Bool { !field.isEmpty }
}
