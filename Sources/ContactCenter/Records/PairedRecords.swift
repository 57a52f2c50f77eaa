package import PatchbayCore

/// Which records begin services and which end them, where a service is told in two, as in logs of events.
///
/// They belong together by call and agent.
package struct PairedRecords: OptionGroup {
  let field: String
  let start: [String]
  let end: [String]
  let offered: [String]
  let held: [String]
  let unanswered: UnansweredOffers
  let others: [String]
  let isRepeated: Bool

  package init(from options: inout OptionReader) {
    field = options.value(
      "field", default: "",
      doc: "The column or path that says what a record is; without it each is a whole service.")
    start = options.oneOrMany(
      "start", default: [], doc: "What stands there when an agent answers.")
    end = options.oneOrMany("end", default: [], doc: "What stands there when the talk ends.")
    offered = options.oneOrMany(
      "offered", default: [], doc: "What stands there when it rings at an agent.")
    held = options.oneOrMany(
      "held", default: [],
      doc: "What stands there when the customer is put on hold, until `start` or `end` comes again."
    )
    unanswered = options.group(
      "unanswered", doc: "Which records tell of an offer that the agent didn't take.")
    isRepeated = options.value(
      "repeated", default: false,
      doc: "Whether records tell again how things stand: then the first that says something counts."
    )
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

/// Which records tell of offers that agents didn't take.
package struct UnansweredOffers: OptionGroup {
  let words: [String]
  let ring: String

  package init(from options: inout OptionReader) {
    words = options.oneOrMany("is", default: [], doc: "What stands in the field of `pairs` then.")
    ring = options.value(
      "ring_ms", default: "",
      doc: "The column or path that says how long it rang until then, in milliseconds.")
  }
}
