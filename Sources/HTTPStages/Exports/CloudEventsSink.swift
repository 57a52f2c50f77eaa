import HTTPDelivery
import HTTPTransport
package import PatchbayCore
import PatchbayJSON

/// Posts events and the verdict as CloudEvents 1.0.
///
/// By the [HTTP binding](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md)
/// and the [webhook rules](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md): batches only
/// where they are asked for, `Retry-After` obeyed, redirects not followed, at most 64 KiB an event.
package struct CloudEventsSink: Sink {
  package static let type = "cloudevents-http"
  package static let doc = "Posts events, and the run's verdict at the end, as CloudEvents 1.0."
  package static let reportsVerdict = true

  /// How events stand in requests.
  enum Mode: String, OptionChoice {
    case structured
    case binary
    case batch

    var doc: String {
      switch self {
      case .structured: "one event a request, as one JSON object"
      case .binary: "one event a request: its context in header fields, its data in the body"
      case .batch: "several events a request, as a JSON array; for receivers that ask for it"
      }
    }
  }

  /// The options.
  package struct Options: OptionGroup {
    let requests: ExportRequestOptions
    let mode: Mode
    let eventsPerBatch: Int
    let concurrency: Int
    let source: String
    let sendsEvents: Bool

    package init(from options: inout OptionReader) {
      requests = ExportRequestOptions(
        from: &options, example: "https://events.example.com/in", doc: "Where events are posted.")
      mode = options.value("mode", default: .structured, doc: "How events stand in requests.")
      eventsPerBatch = options.value(
        "events_per_batch", default: 64, .range(1...1_000),
        doc: "The most events in a request of the mode \"batch\".")
      concurrency = options.value(
        "concurrency", default: 1, .range(1...64),
        doc: "The most requests at the same time; with more than one, events may come out of order."
      )
      source = options.value(
        "source", default: "",
        doc:
          "The attribute \"source\", a URI reference; without it /patchbay/ and the pipeline's name."
      )
      sendsEvents = options.value(
        "events", default: true,
        doc: "Whether events are posted; if not, only the verdict is.")
    }
  }

  private let options: Options
  private var requests: ExportRequests?
  private var writer = EventLineWriter()
  private var source = ""
  private var run: RunIdentity?

  package init(_ options: Options) { self.options = options }

  package var reach: StageReach { .context }

  package func forecast(_ input: ForecastInput) -> Forecast {
    var forecast = Forecast()
    let url = options.requests.url
    let isLocal = LoopbackHost.contains(host: url.host)
    let route = EnvironmentProxy.route(to: url.text)
    if options.sendsEvents {
      forecast.requests.append(
        .init(
          "POST \(url.withoutQuery)",
          options.mode == .batch ? input.events.groups(of: options.eventsPerBatch) : input.events,
          isLocal: isLocal, route: route))
    }
    forecast.requests.append(
      .init("POST \(url.withoutQuery)", .exactly(1), isLocal: isLocal, route: route))
    return forecast
  }

  package mutating func open(_ context: StageContext) async throws {
    run = context.run
    requests = try ExportRequests(options.requests, context, connections: options.concurrency)
    source =
      options.source.isEmpty
      ? "/patchbay/" + CloudEvent.percentEncoded(context.run.pipeline, keeping: "") : options.source
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    guard options.sendsEvents, let requests else { return .all }
    var result = WriteResult()
    var events: [(index: Int, event: CloudEvent)] = []
    for index in batch.indices {
      let event = event(index, of: batch)
      if event.isTooLarge {
        result.refused.append(.init(index, reason: "it takes more than 64 KiB as a CloudEvent"))
      } else {
        events.append((index, event))
      }
    }
    let size = options.mode == .batch ? options.eventsPerBatch : 1
    let groups = stride(from: 0, to: events.count, by: size).map {
      Array(events[$0..<min($0 + size, events.count)])
    }
    let mode = options.mode
    let exchanges = await withTaskGroup(of: (Int, Exchange).self) { group in
      var exchanges: [(Int, Exchange)] = []
      for (number, events) in groups.enumerated() {
        if number >= options.concurrency, let done = await group.next() { exchanges.append(done) }
        group.addTask { (number, await requests.post(events.map(\.event), mode)) }
      }
      for await done in group { exchanges.append(done) }
      return exchanges
    }
    for (number, exchange) in exchanges { exchange.note(groups[number].map(\.index), in: &result) }
    result.undelivered.sort()
    return result
  }

  private mutating func event(_ index: Int, of batch: borrowing EventBatch) -> CloudEvent {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    var data: [UInt8] = []
    // Our own shape can say every event.
    try? writer.write(index, of: batch, to: &data)
    if data.last == 0x0A { data.removeLast() }
    var id = batch.sequenceID(of: event)
    // The same each time it is sent; another run's are others.
    if id.isEmpty {
      let key = String(KeyedRandom.key(data), radix: 16)
      id = "nameless-\(run?.id.description ?? "")-\(key)"
    }
    return CloudEvent(
      id: id, source: source, type: "patchbay.event.\(outcome.kind.name)",
      subject: batch.interactionID(of: event),
      time: batch.hasTimestamp(event) ? event.timestamp : nil, data: data)
  }

  /// A run that is gone on with has another verdict each time.
  private func verdictID(_ report: RunReport) -> String {
    let attempt = run?.attempt ?? 1
    return report.run.id.description + (attempt > 1 ? "-\(attempt)" : "")
  }

  package mutating func finish(_ report: RunReport) async throws {
    guard let requests else { return }
    self.requests = nil
    let event = CloudEvent(
      id: verdictID(report), source: source, type: "patchbay.run.finished",
      subject: report.run.name, time: report.run.finishedAt,
      data: Array(VerdictDocument(report).json.text().utf8))
    let exchange = await requests.post([event], options.mode)
    await requests.shutdown()
    guard case .success = exchange.ending else {
      throw PipelineError(
        "the verdict was not taken after \(exchange.attempts) "
          + "\(exchange.attempts == 1 ? "attempt" : "attempts"): \(exchange.explanation().reason)")
    }
  }
}

extension ExportRequests {
  fileprivate func post(_ events: [CloudEvent], _ mode: CloudEventsSink.Mode) async -> Exchange {
    let key = KeyedRandom.key(events.flatMap { Array($0.id.utf8) + [0] })
    switch mode {
    case .structured:
      return await post(
        events.first?.structured ?? [],
        headers: ["Content-Type": "application/cloudevents+json; charset=utf-8"], key: key)
    case .binary:
      return await post(events.first?.data ?? [], headers: events.first?.headers ?? [:], key: key)
    case .batch:
      var body: [UInt8] = [UInt8(ascii: "[")]
      for (number, event) in events.enumerated() {
        if number > 0 { body.append(UInt8(ascii: ",")) }
        body += event.structured
      }
      return await post(
        body + [UInt8(ascii: "]")],
        headers: ["Content-Type": "application/cloudevents-batch+json; charset=utf-8"], key: key)
    }
  }
}
