import ContactModel
import PatchbayCore

/// An event of the platform's injection API, well-formed.
struct PlatformEvent: Sendable {
  /// What happened.
  enum Kind: Sendable {
    case presence(user: UUIDBits, definition: UUIDBits, message: String)
    case routingStatus(agent: UUIDBits, RoutingStatus)
    case established(conversation: UUIDBits, Establishment)
    case changed(conversation: UUIDBits, communication: UUIDBits, CommunicationChange)
    case transferBegun(conversation: UUIDBits, command: UUIDBits, communications: [UUIDBits])
    case transferProgressed(conversation: UUIDBits, command: UUIDBits)
    case transferEnded(conversation: UUIDBits, command: UUIDBits)
    case keyFigure(conversation: UUIDBits, agent: UUIDBits)
  }

  /// Unique; events with one id are one event.
  var id: UUIDBits
  /// When it happened.
  var time: Timestamp
  var kind: Kind

  /// The order of events of one time: a communication is there before it changes and ends.
  var rank: Int {
    switch kind {
    case .presence, .established: 0
    case .routingStatus, .transferBegun: 1
    case .changed(_, _, .answered): 2
    case .changed(_, _, .held), .changed(_, _, .audio), .changed(_, _, .transmitting),
      .changed(_, _, .sent), .changed(_, _, .described), .transferProgressed:
      3
    case .changed(_, _, .ended), .transferEnded: 4
    case .changed(_, _, .wrappedUp), .keyFigure: 5
    }
  }
}

/// How a communication comes to be.
struct Establishment: Sendable {
  var communication: UUIDBits
  var medium: Conversation.Medium
  var purpose: Communication.Purpose
  var user: UUIDBits?
  var queue: UUIDBits?
  var skills: [UUIDBits] = []
  var address: String?
  var calledAddress: String?
  var name: String?
  var isAlerting: Bool
  var isInbound: Bool
  var needsAfterCallWork: Bool
  var attributes: [String: String] = [:]
  var callback: Communication.Callback?
}

/// What happens to a communication.
enum CommunicationChange: Sendable, Equatable {
  case answered
  case held(Bool)
  case audio(isMuted: Bool)
  case transmitting
  case sent
  /// What screens show of it.
  case described([String: String])
  case ended(DisconnectType)
  /// Without a code it was left out.
  case wrappedUp(Communication.WrapUp?)
}

/// Why a communication ended, in the words of events; `endpoint`, when a customer hangs up, has none
/// there.
enum DisconnectType: String, Sendable, CaseIterable {
  case error = "Error"
  case peer = "Peer"
  case own = "Self"
  case system = "System"
  case transfer = "Transfer"
  case transferACD = "TransferACD"
  case transferConference = "TransferConference"
  case transferConsult = "TransferConsult"
  case transferUser = "TransferUser"
  case endpoint = "Endpoint"
  case unknown = "Unknown"
  case spam = "Spam"

  /// The word that conversations have for it; which one goes with which is our reading of the two
  /// lists (`disconnectType` of `CommunicationEndedEvent` and of `Call` in the official client).
  var conversationName: String {
    switch self {
    case .error: "error"
    case .peer: "peer"
    case .own: "client"
    case .system: "system"
    case .transfer, .transferACD, .transferUser: "transfer"
    case .transferConference: "transfer.conference"
    case .transferConsult: "transfer.consult"
    case .endpoint: "endpoint"
    case .unknown: "other"
    case .spam: "spam"
    }
  }
}
