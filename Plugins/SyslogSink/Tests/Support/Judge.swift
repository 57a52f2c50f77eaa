import PatchbayKit

/// Judges events by what their state says: `failed ...` and `unknown ...`.
struct Judge: Injector {
  static let type = "judge"
  static let doc = "Judges events by their states, for a test."

  init() {}
  init(_ options: NoOptions) {}

  var capacity: InjectorCapacity { InjectorCapacity(calls: 1, eventsPerCall: 256) }

  func inject(_ batch: inout EventBatch) async {
    for index in batch.indices {
      let state = batch.state(of: batch[index])
      if state.hasPrefix("failed") {
        batch.judge(
          index, Outcome(.failed, status: 503, attempts: 4), code: "http.503",
          reason: "answered 503: " + state)
      } else if state.hasPrefix("unknown") {
        batch.judge(
          index, Outcome(.unknown, attempts: 2), code: "http.timeout", reason: "no answer within 2s"
        )
      } else {
        batch.judge(index, Outcome(.accepted, status: 202, attempts: 1))
      }
    }
  }
}

/// Turns events away whose state is `rejected`.
struct Gate: Validator {
  static let type = "gate"
  static let doc = "Turns events away by their states, for a test."

  init() {}
  init(_ options: NoOptions) {}

  mutating func validate(_ event: Event, of batch: EventBatch) -> Verdict {
    batch.state(of: event) == "rejected"
      ? .reject(code: "state.unknown", reason: "\"rejected\" is no state") : .accept
  }
}
