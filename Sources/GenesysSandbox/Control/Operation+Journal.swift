import GenesysCloud
import HTTPTypes
import PatchbayCore
import PatchbayJSON
import Synchronization

/// What came from outside, and what was made of it.
extension Operation {
  static let journal: [Operation] = [
    control(
      .get, "/sandbox/journal",
      OperationDoc(
        "getSandboxJournal",
        "Lists requests, oldest first, or lines of another kind: `socket`, `happening` for what happened "
          + "by itself, `notification`, or `all` but the last.",
        tag: "Sandbox", query: JournalQuery.parameters, success: [200: .named("Journal")])
    ) { call, _ throws(Refusal) in
      let query = try call.queryGroup(JournalQuery.self, numbers: JournalQuery.numbers)
      return Work { model throws(Refusal) in Answer(status: 200, body: model.listing(query)) }
    },
    control(
      .get, "/sandbox/notifications",
      OperationDoc(
        "getSandboxNotifications",
        "Lists notifications, by channel, with what became of each: sent, lost, doubled, held back.",
        tag: "Sandbox", query: JournalQuery.parameters,
        success: [200: .named("NotificationRecords")])
    ) { call, _ throws(Refusal) in
      let query = try call.queryGroup(JournalQuery.self, numbers: JournalQuery.numbers)
      return Work { model throws(Refusal) in
        let records = model.notifications.records
          .lines(after: query.after, limit: query.limit, where: query.filter.holds)
        return Answer(
          status: 200,
          body: journalJSON(
            records.map { ($0.number, $0.json(model.notifications.bodies[$0.number])) },
            after: query.after, latest: model.notifications.lastRecord))
      }
    },
    control(
      .post, "/sandbox/journal/wait",
      OperationDoc(
        "postSandboxJournalWait",
        "Waits until the journal has a number of lines of a kind, and lists them.",
        tag: "Sandbox", body: .group(JournalWait.self, "JournalWait"),
        success: [200: .named("Journal")], refusals: [408])
    ) { call, service throws(Refusal) in
      let wish = try call.optionalGroup(JournalWait.self)
      let date = call.now
      // What was looked at before is not looked at again.
      let seen = Mutex((found: 0, last: wish.after))
      var work = Work { _ throws(Refusal) in Answer(status: 200) }
      work.wait = Wait(patience: wish.timeout) { isLast in
        let answer = service.withModel { model -> Answer? in
          let found = seen.withLock { seen in
            let news = model.count(wish.filter, after: seen.last)
            seen = (seen.found + news.found, news.last)
            return seen.found
          }
          if found >= wish.times {
            return Answer(
              status: 200,
              body: model.listing(.init(filter: wish.filter, after: wish.after, limit: 100_000)))
          }
          if !isLast { return nil }
          let refusal = Refusal(
            PlatformError(
              "sandbox.timeout", status: 408,
              "expected \(wish.times) x \(wish.filter.text) within \(wish.timeout.optionText), "
                + "found \(found)"))
          return refusal.answer(contextID: call.contextID)
        }
        return answer.map { answer in
          var answer = answer
          answer.fields.append((PlatformHeader.correlationID, call.contextID))
          return Reply(answer: answer, body: answer.bytes, date: date)
        }
      }
      return work
    },
    control(
      .post, "/sandbox/journal/verify",
      OperationDoc(
        "postSandboxJournalVerify",
        "Checks that the journal has what is expected, so many times each; `exactly` that and no other "
          + "request.",
        tag: "Sandbox", body: .group(JournalExpectation.self, "JournalExpectation"),
        success: [200: .object([.always("verified", .boolean)])], refusals: [409])
    ) { call, _ throws(Refusal) in
      let expectation = try call.group(JournalExpectation.self)
      return Work { model throws(Refusal) in
        let problems = model.problems(expectation)
        if problems.isEmpty { return Answer(status: 200, body: ["verified": true]) }
        throw Refusal(
          PlatformError(
            "sandbox.unverified", status: 409, problems.joined(separator: "; "),
            details: problems.map { .init(errorCode: $0, fieldName: nil) }))
      }
    },
  ]

  /// - Parameter latest: the number of the latest line of all, from which a test may start.
  fileprivate static func journalJSON(
    _ entries: [(number: UInt64, json: JSONValue)], after: UInt64, latest: UInt64
  ) -> JSONValue {
    [
      "entries": .array(entries.map(\.json)),
      "last": .integer(Int(truncatingIfNeeded: entries.last?.number ?? after)),
      "latest": .integer(Int(truncatingIfNeeded: latest)),
    ]
  }
}

/// Which lines of the journal are listed.
struct JournalQuery: OptionGroup {
  let filter: JournalFilter
  let after: UInt64
  let limit: Int

  init(from options: inout OptionReader) {
    filter = JournalFilter(from: &options)
    after = UInt64(
      options.value(
        "after", default: 0, .range(0...Int.max), doc: "Only lines with a number above this."))
    limit = options.value(
      "limit", default: 1_000, .range(1...100_000), doc: "How many at most.")
  }

  init(filter: JournalFilter, after: UInt64, limit: Int) {
    self.filter = filter
    self.after = after
    self.limit = limit
  }

  static let numbers: Set<String> = ["status", "after", "limit"]

  static let parameters: [OperationDoc.Parameter] =
    [
      "kind", "method", "path", "user", "client", "fault", "user_agent", "topic", "channel",
      "event",
      "outcome",
    ].map {
      OperationDoc.Parameter($0, .string, doc: "Only lines of this, see `JournalFilter`.")
    } + [
      .init("status", .integer(100...599), doc: "Only requests that were answered so."),
      .init("after", .count, doc: "Only entries with a number above this."),
      .init("limit", .integer(1...100_000), doc: "How many at most; 1000 without it."),
    ]
}

/// What is waited for.
private struct JournalWait: OptionGroup {
  let filter: JournalFilter
  let after: UInt64
  let times: Int
  let timeout: Duration

  init(from options: inout OptionReader) {
    filter = JournalFilter(from: &options)
    after = UInt64(
      options.value(
        "after", default: 0, .range(0...Int.max), doc: "Only lines with a number above this."))
    times = options.value(
      "times", default: 1, .range(1...100_000), doc: "How many of them there are to be at least.")
    timeout = options.value(
      "timeout", default: .seconds(5), .range(.zero ... .seconds(60)),
      doc: "How long is waited, in real time on every clock.")
  }
}

/// What the journal is to have.
private struct JournalExpectation: OptionGroup {
  /// Lines of some kind, and how many.
  struct Line: OptionGroup {
    let filter: JournalFilter
    let times: Int

    init(from options: inout OptionReader) {
      filter = JournalFilter(from: &options)
      times = options.value(
        "times", default: 1, .range(0...100_000), doc: "How many of them there are.")
    }
  }

  let requests: [Line]
  let isExact: Bool
  let after: UInt64

  init(from options: inout OptionReader) {
    requests = options.list("requests", doc: "What is expected.")
    isExact = options.value(
      "exactly", default: false, doc: "Whether there is no other request.")
    after = UInt64(
      options.value(
        "after", default: 0, .range(0...Int.max), doc: "Only lines with a number above this."))
  }
}

extension SandboxModel {
  fileprivate func listing(_ query: JournalQuery) -> JSONValue {
    if query.filter.isOfNotifications {
      let records = notifications.records
        .lines(after: query.after, limit: query.limit, where: query.filter.holds)
      return Operation.journalJSON(
        records.map { ($0.number, $0.json(notifications.bodies[$0.number])) },
        after: query.after, latest: notifications.lastRecord)
    }
    let entries = journal(after: query.after, limit: query.limit, where: query.filter.holds)
    return Operation.journalJSON(
      entries.map { ($0.number, $0.json(bodies[$0.number])) }, after: query.after,
      latest: lastEntry)
  }

  /// How many lines there are after a number, and the number of the last that was looked at.
  fileprivate func count(_ filter: JournalFilter, after: UInt64) -> (found: Int, last: UInt64) {
    var last = after
    let found =
      filter.isOfNotifications
      ? notifications.records.lines(after: after) { record in
        last = record.number
        return filter.holds(for: record)
      }.count
      : journal(after: after) { entry in
        last = max(last, entry.number)
        return filter.holds(for: entry)
      }.count
    return (found, last)
  }

  /// What is otherwise than expected.
  fileprivate func problems(_ expectation: JournalExpectation) -> [String] {
    var problems: [String] = []
    for line in expectation.requests {
      let found = count(line.filter, after: expectation.after).found
      if found != line.times {
        problems.append("expected \(line.times) x \(line.filter.text), found \(found)")
      }
    }
    guard expectation.isExact else { return problems }
    let others = journal(after: expectation.after) { entry in
      entry.kind == .request && !expectation.requests.contains { $0.filter.holds(for: entry) }
    }
    for entry in others.prefix(10) {
      guard case .request(let request) = entry.content else { continue }
      problems.append("there is also \(request.method) \(request.target.text.shortened(to: 256))")
    }
    if others.count > 10 { problems.append("and \(others.count - 10) more") }
    return problems
  }
}
