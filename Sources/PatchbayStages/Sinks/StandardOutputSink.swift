package import PatchbayCore

/// Prints a line for each event.
package struct StandardOutputSink: Sink, ConnectionUser {
  package static let type = "stdout"
  package static let doc = "Prints a line for each event: what became of it, or JSON."

  /// The options.
  package struct Options: OptionGroup {
    /// What a line looks like.
    package enum Format: String, OptionChoice {
      /// A sentence.
      case text
      /// The event as JSON.
      case json
    }

    let format: Format
    let mapping: String?

    package init(from options: inout OptionReader) {
      format = options.value("format", default: .text, doc: "What a line looks like.")
      mapping = options.optionalReference(
        "mapping", to: eventShapeType,
        doc: "The shape in which JSON is printed, without outcomes, if it isn't ours.")
      options.check(
        mapping == nil || format == .json, at: "mapping",
        "is about JSON; set \"format\" to \"json\"")
    }
  }

  private let options: Options
  private var format: Options.Format { options.format }
  private var console: (any Console)?
  private var writer = EventLineWriter()

  package var reach: StageReach { .context }

  package init(_ options: Options) {
    self.options = options
  }

  package var printsRecords: Bool { format == .json }

  package mutating func open(_ context: StageContext) async throws {
    console = context.console
    writer = EventLineWriter(shape: try await context.shape(options.mapping))
  }

  package func objection(to connection: any Connection) -> String? {
    (connection as? any EventShape)?.objectionToWriting
  }

  package mutating func write(_ batch: borrowing EventBatch) async throws -> WriteResult {
    var bytes: [UInt8] = []
    var result = WriteResult.all
    switch format {
    case .text:
      for index in batch.indices { bytes.append(contentsOf: line(index, of: copy batch).utf8) }
    case .json: result = writer.write(batch, to: &bytes)
    }
    do {
      try await console?.write(bytes)
    } catch let error as CancellationError {
      throw error
    } catch {
      // A part may have been printed: trying again would print it twice.
      throw DeliveryError(rejected: "\(error)")
    }
    return result
  }

  private func line(_ index: Int, of batch: EventBatch) -> String {
    let event = batch[index]
    return outcomeLine(index, of: batch)
      + (event.findings.isEmpty ? "" : findingLines(event, of: batch))
  }

  /// A line for each thing that correlators have found.
  private func findingLines(_ event: Event, of batch: EventBatch) -> String {
    let state = batch.state(of: event).printable
    let step = (batch.forbiddenOrigin(of: event).map { "\($0.printable) -> " } ?? "") + state
    let place = batch.place(of: event).map { ", \($0.description.printable)" } ?? ""
    let rest =
      " (agent \(batch.agentID(of: event).printable), interaction "
      + "\(batch.interactionID(of: event).printable), \(batch.timestampText(of: event).printable)"
      + "\(place))\n"
    let titles: [(EventFindings, String, String)] = [
      (.mismatch, "State mismatch", step), (.duplicate, "Duplicate", state),
      (.outOfOrder, "Out of order", state), (.unverified, "Unverified transition", "to \(state)"),
    ]
    let id = batch.sequenceID(of: event).printable
    return titles.filter { event.findings.contains($0.0) }
      .map { "\($0.1) at event \(id): \($0.2)\(rest)" }.joined()
  }

  /// Where an event stood, unless its reason says so already.
  private func place(of event: Event, _ reason: String, _ batch: EventBatch) -> String {
    guard let place = batch.place(of: event)?.description.printable, !reason.contains(place) else {
      return ""
    }
    return " (\(place))"
  }

  private func outcomeLine(_ index: Int, of batch: EventBatch) -> String {
    let event = batch[index]
    let outcome = batch.outcome(at: index)
    let id = batch.sequenceID(of: event).printable
    let reason = batch.text(outcome.reason).printable
    switch outcome.kind {
    case .accepted:
      let milliseconds = Int(outcome.timings.serviceMilliseconds.rounded())
      let state = batch.state(of: event).printable
      return "Injected event \(id) -> \(state) (HTTP \(outcome.status), \(milliseconds)ms)\n"
    case .failed:
      return "Injection failed for sequence \(id): \(reason)\(place(of: event, reason, batch))\n"
    case .unknown:
      return
        "Injection unconfirmed for sequence \(id): \(reason)\(place(of: event, reason, batch))\n"
    case .rejected:
      return "Rejected event \(id): \(reason)\(place(of: event, reason, batch))\n"
    case .undecided:
      return "Event \(id) -> \(batch.state(of: event).printable)\n"
    }
  }
}

extension String {
  /// The text with everything escaped that a terminal would act on or show nothing for, such as
  /// control characters and those that turn the direction of writing.
  fileprivate var printable: String {
    guard utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return self }
    return unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: scalar.escaped(asASCII: true)
      default: String(scalar)
      }
    }.joined()
  }
}
