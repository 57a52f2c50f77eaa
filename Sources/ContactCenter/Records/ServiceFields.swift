package import PatchbayCore

/// Where a service's parts stand in a record: by the names of columns, or by paths such as `Agent.Username`.
///
/// Of several names, the values are joined with a blank between, as for a date and a time of day.
package struct ServiceFields: OptionGroup {
  let agent: [String]
  let call: [String]
  let offered: [String]
  let start: [String]
  let end: [String]
  let wrapped: [String]
  let queueWait: [String]
  let wait: [String]
  let ring: [String]
  let talk: [String]
  let hold: [String]
  let wrapUp: [String]
  let holdStart: [String]
  let holdEnd: [String]

  package init(from options: inout OptionReader) {
    func names(
      _ name: String, _ usual: [String], _ doc: String, _ options: inout OptionReader
    ) -> [String] {
      options.oneOrMany(name, default: usual, .each(.nonEmpty), doc: doc)
    }
    agent = names("agent", ["agent"], "The agent's name or id.", &options)
    call = names("call", ["call"], "What names the call, all of them together.", &options)
    offered = names("offered", [], "When it rang at the agent.", &options)
    let start = names(
      "start", [], "When the agent answered; `start` where neither it nor `offered` is set.",
      &options)
    let end = names(
      "end", [], "When the talk ended; `end` where neither it nor `talk` is set.", &options)
    wrapped = names("wrapped", [], "When the work after it was done.", &options)
    queueWait = names(
      "queue_wait", [],
      "How long after `offered` it rang at an agent, where that says when it came.",
      &options)
    wait = names(
      "wait", [], "How long it rang until the agent answered, after `offered`.", &options)
    ring = names("ring", [], "How long before `start` it rang at the agent.", &options)
    talk = names("talk", [], "How long the talk was.", &options)
    hold = names("hold", [], "How long the customer was on hold, beside `talk`.", &options)
    wrapUp = names("wrap_up", [], "How long the work after it took.", &options)
    holdStart = names(
      "hold_start", [], "When the customer began to wait in the talk, each time that they did.",
      &options)
    holdEnd = names("hold_end", [], "When each of those waits ended.", &options)
    let contradictions = [
      ("wait", !wait.isEmpty && !start.isEmpty, "\"start\" says already when the agent answered"),
      ("ring", !ring.isEmpty && !offered.isEmpty, "\"offered\" says already when it rang"),
      ("talk", !talk.isEmpty && !end.isEmpty, "\"end\" says already when the talk ended"),
      ("hold", !hold.isEmpty && talk.isEmpty, "it counts beside \"talk\", which isn't set"),
      (
        "wrap_up", !wrapUp.isEmpty && !wrapped.isEmpty,
        "\"wrapped\" says already when the work was done"
      ),
    ]
    for (name, isSo, why) in contradictions {
      options.check(!isSo, at: name, "can't be set together with the others: \(why)")
    }
    options.check(
      holdStart.count < 2 && holdStart.count == holdEnd.count, at: "hold_start",
      "goes together with \"hold_end\", one column or path each")
    for (name, columns) in [
      ("queue_wait", queueWait), ("wait", wait), ("ring", ring), ("talk", talk), ("hold", hold),
      ("wrap_up", wrapUp),
    ] {
      options.check(columns.count < 2, at: name, "a duration stands in one column or path")
    }
    options.check(!agent.isEmpty, at: "agent", "must name the agent's column or path")
    options.check(!call.isEmpty, at: "call", "must name the call's columns or paths")
    self.start = start.isEmpty && offered.isEmpty ? ["start"] : start
    self.end = end.isEmpty && talk.isEmpty ? ["end"] : end
    options.check(
      wait.isEmpty || !offered.isEmpty, at: "wait", "counts from \"offered\", which isn't set")
    options.check(
      offered.isEmpty || !self.start.isEmpty || !wait.isEmpty, at: "offered",
      "says when it rang, and nothing when the agent answered: set \"start\" or \"wait\"")
    options.check(
      queueWait.isEmpty || !offered.isEmpty, at: "queue_wait",
      "counts from \"offered\", which isn't set")
    options.check(
      ring.isEmpty || !self.start.isEmpty, at: "ring", "counts back from \"start\", which isn't set"
    )
  }

  /// All names that occur, each once.
  var names: [String] {
    var seen: Set<String> = []
    return
      (agent + call + offered + start + end + wrapped + queueWait + wait + ring + talk + hold
      + wrapUp + holdStart + holdEnd)
      .filter { seen.insert($0).inserted }
  }
}

/// When a record is of a call that an agent served.
package struct ServedCondition: OptionGroup {
  let field: String
  let values: [String]

  package init(from options: inout OptionReader) {
    field = options.value(
      "field", default: "", doc: "The column or path; without it every record with an agent is.")
    values = options.oneOrMany("is", default: [], doc: "What stands there then.")
    options.check(
      field.isEmpty == values.isEmpty, at: "is", "goes together with \"field\": what stands in it")
  }
}
