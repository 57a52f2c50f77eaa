import PatchbayCore

/// Writes what stands in a message behind its structured data.
enum MessageText {
  static func append(
    _ content: MessageContent, _ index: Int, of batch: EventBatch, to message: inout [UInt8]
  ) {
    switch content {
    case .json: appendJSON(index, of: batch, to: &message)
    case .sentence: message.append(contentsOf: sentence(index, of: batch).utf8)
    }
  }

  /// The event on one line.
  ///
  /// In a string of JSON an escape stands for the character itself; between tokens no control
  /// character may stand but blanks.
  private static func appendJSON(_ index: Int, of batch: EventBatch, to message: inout [UInt8]) {
    var json: [UInt8] = []
    OutcomeJSON.write(index, of: batch, to: &json)
    json.removeLast()
    let text = String(decoding: json, as: UTF8.self)
    guard text.unicodeScalars.contains(where: ControlCharacter.contains) else {
      message.append(contentsOf: json)
      return
    }
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        message.append(UInt8(ascii: " "))
      } else if ControlCharacter.contains(scalar) {
        message.append(contentsOf: ControlCharacter.escape(of: scalar).utf8)
      } else {
        message.append(contentsOf: String(scalar).utf8)
      }
    }
  }

  /// A line such as `agent 1f..., interaction 2c...: on-call, failed: http.503 (server is down)`.
  private static func sentence(_ index: Int, of batch: EventBatch) -> String {
    let fields = batch.fields(of: batch[index])
    let outcome = batch.outcome(at: index)
    let who = [
      fields.agentID.map { "agent \($0)" }, fields.interactionID.map { "interaction \($0)" },
    ].compactMap(\.self)
    var text = who.isEmpty ? "an event" : who.joined(separator: ", ")
    text += ": " + (fields.state ?? "no state")
    if outcome.kind != .undecided { text += ", \(outcome.kind.name)" }
    let code = batch.text(outcome.code)
    if !code.isEmpty { text += ": \(code)" }
    let reason = batch.text(outcome.reason)
    if !reason.isEmpty { text += " (\(reason))" }
    return ControlCharacter.shown(text)
  }
}
