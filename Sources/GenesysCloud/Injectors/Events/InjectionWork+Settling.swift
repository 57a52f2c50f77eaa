import HTTPDelivery
import HTTPTransport
import PatchbayCore

extension InjectionWork {
  /// Takes in what came of a request; gives the tries of those steps that are to be sent again.
  mutating func settle(
    _ request: InjectionRequest, by exchange: Exchange, attempts: Int
  ) -> [Int] {
    records.note(requestWithStatus: exchange.status)
    for member in request.members { items[member.item].add(exchange) }
    guard case .success(let response) = exchange.ending else {
      settle(request, refusedBy: exchange)
      return []
    }
    guard let answer = BatchAnswer(response.body) else {
      return settleUnreadable(request, attempts: attempts)
    }
    var again: [Int] = []
    for member in request.members {
      guard let error = answer.errors[member.id] else {
        accept(member.item)
        continue
      }
      items[member.item].addTry()
      if error.isRetryable, items[member.item].tries < attempts {
        again.append(items[member.item].tries)
      } else {
        fail(member.item, "platform.refused", error.message)
      }
    }
    return again
  }

  /// After a refusal of the whole request, or no answer.
  private mutating func settle(_ request: InjectionRequest, refusedBy exchange: Exchange) {
    if case .refusal(let response) = exchange.ending, response.status == 400,
      request.members.count > 1
    {
      // One event spoils the request; which one, shows when each is sent alone.
      for member in request.members { items[member.item].goesAlone = true }
      return
    }
    let (code, reason) = exchange.platformExplanation
    for member in request.members { fail(member.item, code, reason) }
  }

  /// After a success whose body can't be read: what it says of each event is lost.
  private mutating func settleUnreadable(_ request: InjectionRequest, attempts: Int) -> [Int] {
    var again: [Int] = []
    for member in request.members {
      items[member.item].mayHaveLanded = true
      items[member.item].addTry()
      if items[member.item].tries < attempts {
        again.append(items[member.item].tries)
      } else {
        fail(
          member.item, "answer.unreadable",
          "the platform's answer is no JSON object with a list of errors")
      }
    }
    return again
  }

  private mutating func accept(_ index: Int) {
    note(index, .accepted)
    items[index].accept()
  }

  private mutating func fail(_ index: Int, _ code: String, _ reason: String) {
    note(index, items[index].failure)
    items[index].fail(code, reason)
  }

  private func note(_ index: Int, _ kind: Outcome.Kind) {
    guard let step = items[index].step, let subject = items[index].subject else { return }
    records.note(step, subject, kind)
  }

  /// Takes in a wait between two requests.
  mutating func addBackoff(from start: Timestamp, to end: Timestamp) {
    for index in items.indices where !items[index].isDone {
      items[index].addBackoff(from: start, to: end)
    }
  }

  /// Gives up what is left, since the run ends.
  mutating func cancel() {
    for index in items.indices where !items[index].isDone {
      items[index].end(
        items[index].failure, "cancelled",
        "the run was ended before the platform had accepted it")
    }
  }

  /// Writes the verdicts into the call's batch.
  func judge(_ batch: inout EventBatch) {
    for (index, item) in items.enumerated() { item.judge(index, of: &batch) }
  }
}
