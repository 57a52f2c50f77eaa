import ContactModel
import GenesysCloud
import PatchbayCore
import PatchbayJSON

/// One thing that a request asks of a participant.
enum ParticipantWish: Equatable {
  case connected
  case disconnected
  case held(Bool)
  case muted(Bool)
  case wrapUp(Communication.WrapUp?)

  /// The wishes of a body, in the order in which they are granted.
  ///
  /// Of the states only `connected` and `disconnected` may be asked for (`MediaParticipantRequest`
  /// of the official client).
  static func read(_ fields: BodyFields) throws(Refusal) -> [ParticipantWish] {
    var wishes: [ParticipantWish] = []
    let states = ["connected", "disconnected"]
    switch try fields.choice("state", among: states, { states.contains($0) ? $0 : nil }) {
    case "connected": wishes.append(.connected)
    case "disconnected": wishes.append(.disconnected)
    default: break
    }
    if let held = try fields.bool("held") { wishes.append(.held(held)) }
    if let muted = try fields.bool("muted") { wishes.append(.muted(muted)) }
    if let wrapUp = try fields.object("wrapup") {
      wishes.append(.wrapUp(try Communication.WrapUp(wrapUp)))
    }
    if try fields.bool("wrapupSkipped") ?? false { wishes.append(.wrapUp(nil)) }
    for name in ["recording", "confined", "resumeTime"] where fields.has(name) {
      throw .badRequest("the sandbox can't grant [\(name)]")
    }
    if wishes.isEmpty {
      throw .badRequest("expected one of state, held, muted, wrapup, wrapupSkipped")
    }
    return wishes
  }

  /// What is to be done about it; nil if things stand so already.
  func change(of communication: Communication) -> CommunicationChange? {
    switch self {
    case .connected: communication.state == .connected ? nil : .answered
    // Who hangs up while it rings declines.
    case .disconnected: communication.isOver ? nil : .ended(.own)
    case .held(let isHeld): (communication.heldSince != nil) == isHeld ? nil : .held(isHeld)
    case .muted(let isMuted): communication.isMuted == isMuted ? nil : .audio(isMuted: isMuted)
    case .wrapUp(let wrapUp): .wrappedUp(wrapUp)
    }
  }
}

extension Communication.WrapUp {
  /// `Wrapup` and `WrapupInput`.
  init(_ fields: BodyFields) throws(Refusal) {
    let code = try fields.required("code", fields.string("code"))
    // A code's id, or one of the platform's own.
    guard UUIDBits(anyCase: code) != nil || code.hasPrefix("ININ-") else {
      throw .invalidField(
        fields.place(of: "code"),
        "Value [\(code.shortened(to: 64))] is not valid for field type [UUID]")
    }
    self.code = code
    notes = try fields.string("notes")
    tags = try fields.strings("tags") ?? []
    // How long it took is what it took here.
    _ = try fields.string("name")
    _ = try fields.integer("durationSeconds", 0...Int.max)
    _ = try fields.time("endTime")
    _ = try fields.bool("provisional")
  }
}
