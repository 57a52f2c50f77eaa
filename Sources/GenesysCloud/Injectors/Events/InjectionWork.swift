import HTTPDelivery
import PatchbayCore
import PatchbayJSON

/// What is left to do for the events of one call, step by step.
///
/// It says which steps share the next request; `InjectionWork+Settling.swift` takes in what came of
/// one.
struct InjectionWork {
  private let batch: EventBatch
  let records: InjectionRecords
  var items: [InjectionItem]

  init(
    _ batch: EventBatch, records: InjectionRecords, _ options: GenesysEventsInjector.Options
  ) {
    self.batch = batch
    self.records = records
    let readsContact = options.parties == .all
    items = batch.indices.map { InjectionItem(batch[$0], in: batch, readsContact: readsContact) }
  }

  /// The next request: the steps whose turn it is and that go to the endpoint with the most of them.
  mutating func nextRequest(_ options: GenesysEventsInjector.Options) -> InjectionRequest? {
    while true {
      let heads = heads()
      if heads.isEmpty { return nil }
      for head in heads where items[head].steps == nil { prepare(head) }
      let ready = heads.filter { !items[$0].isDone }
      if !ready.isEmpty { return request(of: ready, options) }
    }
  }

  /// The events of which nothing earlier has an agent or an interaction in common.
  private func heads() -> [Int] {
    var taken: Set<EntityKey> = []
    var heads: [Int] = []
    for (index, item) in items.enumerated() where !item.isDone {
      if item.keys.allSatisfy({ !taken.contains($0) }) { heads.append(index) }
      taken.formUnion(item.keys)
    }
    return heads
  }

  /// Puts an event in the platform's terms.
  private mutating func prepare(_ index: Int) {
    guard let subject = items[index].subject else { return }
    let state = batch.state(of: batch[index])
    let steps = records.steps(
      for: state, subject, offer: id(of: index, "communication"),
      queue: id(of: index, "queue communication"))
    items[index].steps = steps ?? []
    if steps == nil {
      items[index].end(
        .failed, "state.unknown", "the platform has no words for the state \"\(state)\"")
    } else if subject.interaction == nil,
      steps?.contains(where: { $0.endpoint == .conversation }) ?? false
    {
      items[index].end(
        .failed, "interaction_id.missing", "the state \"\(state)\" is that of an interaction")
    } else if steps?.isEmpty ?? false {
      // Nothing is to be said about it: the platform sees it by what comes before and after.
      items[index].end(.accepted)
    }
  }

  private func request(
    of ready: [Int], _ options: GenesysEventsInjector.Options
  ) -> InjectionRequest? {
    if let lonely = ready.first(where: { items[$0].goesAlone }) {
      return items[lonely].step.map { request(to: $0.endpoint, of: [lonely], options) }
    }
    var counts: [PlatformStep.Endpoint: Int] = [:]
    for index in ready {
      if let step = items[index].step { counts[step.endpoint, default: 0] += 1 }
    }
    let endpoint = PlatformStep.Endpoint.allCases.max {
      counts[$0, default: 0] < counts[$1, default: 0]
    }
    return endpoint.map { request(to: $0, of: ready, options) }
  }

  /// A request of the steps that go to an endpoint, as far as there is room for them.
  private func request(
    to endpoint: PlatformStep.Endpoint, of ready: [Int], _ options: GenesysEventsInjector.Options
  ) -> InjectionRequest {
    var request = InjectionRequest(to: endpoint)
    for index in ready {
      guard let step = items[index].step, step.endpoint == endpoint,
        let subject = items[index].subject
      else { continue }
      let id = id(of: index, "\(items[index].accepted)")
      let hasRoom = request.add(
        .init(item: index, id: id), step.json(id: id, subject, options), to: step.array,
        limit: options.bytesPerRequest.bytes)
      if !hasRoom { break }
    }
    return request
  }

  /// An id that is a function of the event and of what it is for, so that it is the same whenever
  /// the event is sent.
  private func id(of index: Int, _ purpose: String) -> UUIDBits {
    var bytes = Array(purpose.utf8) + [0]
    EventCodec.write(batch[index], of: batch, to: &bytes)
    return IdempotencyKey.uuid(of: bytes)
  }

  /// What the call is about, for draws.
  var firstKey: UInt64 {
    batch.indices.first.map { KeyedRandom.key(batch.bytes(batch[$0].sequence)) } ?? 0
  }
}
