import ContactModel
import PatchbayCore

/// What customers and agents have with each other, and all who took part.
struct Conversation: Sendable {
  enum Medium: String, Sendable, CaseIterable {
    case voice
    case callback
    case chat
    case email
    case message

    /// Whether a part that is over ends as terminated, and not as disconnected (`state` of `Call`,
    /// `Callback`, `ConversationChat`, `Email` and `Message` in the official client).
    var terminates: Bool {
      switch self {
      case .voice, .callback, .chat: true
      case .email, .message: false
      }
    }

    /// Its word in summaries and in queries by type: `call` for voice.
    var word: String { self == .voice ? "call" : rawValue }

    /// Its word with a capital, as in names of models: `Call` for voice.
    var title: String { word.prefix(1).uppercased() + word.dropFirst() }

    /// Its parts of a participant: `calls` for voice.
    var parts: String { word + "s" }
  }

  let id: UUIDBits
  let medium: Medium
  let start: Timestamp
  /// When the last one left; nil while somebody is there.
  var end: Timestamp?
  var isInbound: Bool
  /// Whether the sandbox itself sees to who takes it, and not whoever injects its events.
  var isRouted = false
  var communications: [Communication] = []
  /// Whose part ends when somebody else's is answered.
  var handover: Handover?
  /// Transfers that were begun and haven't ended, by their command.
  var transfers: Set<UUIDBits> = []

  /// An agent hands a conversation over to somebody who has yet to answer.
  struct Handover: Sendable {
    var from: UUIDBits
    var to: UUIDBits
  }

  /// Whether all have left.
  var isOver: Bool { communications.allSatisfy(\.isOver) }

  /// Whether nothing more will come of it.
  var isFinished: Bool { communications.allSatisfy(\.isFinished) }

  /// The place of a communication.
  func index(of id: UUIDBits) -> Int? {
    communications.firstIndex { $0.id == id }
  }
}

/// One party's share in a conversation.
///
/// Each offer to an agent makes a new one.
struct Communication: Sendable {
  /// Who takes part.
  enum Purpose: String, Sendable {
    case customer
    case workflow
    case ivr
    case acd
    case agent
    case external
  }

  /// Where it stands.
  enum State: String, Sendable {
    /// It rings. Next: `connected`, `disconnected`.
    case alerting
    /// Next: `transmitting`, `disconnected`.
    case connected
    /// An email is on its way out. Next: `connected`, `disconnected`.
    case transmitting
    /// It is over. Next: `terminated`.
    case disconnected
    /// It is over, and was told to be.
    case terminated
  }

  /// What an agent does after it.
  enum AfterCallWork: Sendable, Equatable {
    /// There is none to do. It stays so.
    case notApplicable
    /// It will be done. Next: `pending`, `notApplicable`.
    case expected
    /// It is being done. Next: `complete`, `skipped`.
    case pending(since: Timestamp)
    /// It is done.
    case complete(WrapUp, since: Timestamp, until: Timestamp)
    /// It was left out.
    case skipped(since: Timestamp, until: Timestamp)

    var isPending: Bool { if case .pending = self { true } else { false } }
  }

  /// What an agent said about it afterwards.
  struct WrapUp: Sendable, Equatable {
    var code: String
    var notes: String?
    var tags: [String]
  }

  let id: UUIDBits
  let purpose: Purpose
  let established: Timestamp
  var user: UUIDBits?
  var queue: UUIDBits?
  /// The skills that its agent needs.
  var skills: [UUIDBits] = []
  var address: String?
  var calledAddress: String?
  var name: String?
  var isInbound: Bool
  var state: State
  var connected: Timestamp?
  var disconnected: Timestamp?
  /// Why it ended, in the words of conversations, such as `transfer.consult`.
  var disconnectType: String?
  var heldSince: Timestamp?
  var isMuted = false
  var messagesSent = 0
  /// How long it rings at an agent, as its queue has it.
  var alertingTime: Duration?
  /// What its queue wants of agents afterwards.
  var prompt: AfterCallWorkPrompt?
  /// How long that may take, where it ends by itself.
  var afterCallWorkTime: Duration?
  /// What screens show of it, by name.
  var attributes: [String: String] = [:]
  /// What a callback is about.
  var callback: Callback?
  var afterCallWork: AfterCallWork
  /// What was said of it while after-call work has to go on until its time is over.
  var declaredWrapUp: WrapUp?
  /// When something last happened to it.
  var changed: Timestamp
  /// The parts that it has been through, the present one last.
  private(set) var segments: [Segment] = []

  /// Who is to be called back.
  struct Callback: Sendable, Equatable {
    var numbers: [String]
    var userName: String?
    var scheduled: Timestamp?
  }

  /// A part of a communication, as analytics see it.
  struct Segment: Sendable, Equatable {
    /// How many are remembered of one communication.
    static let limit = 1_000

    var kind: Kind
    var start: Timestamp
    /// Nil while it lasts.
    var end: Timestamp?

    /// What an agent does meanwhile, in the words of analytics (`AnalyticsConversationSegment` of the
    /// official client).
    enum Kind: String, Sendable {
      case alert
      case interact
      case hold
      case transmitting
      case wrapup
    }
  }

  /// The part that it is in; nil once nothing more comes.
  var segmentKind: Segment.Kind? {
    switch state {
    case .alerting: .alert
    case .connected: heldSince == nil ? .interact : .hold
    case .transmitting: .transmitting
    case .disconnected, .terminated: afterCallWork.isPending ? .wrapup : nil
    }
  }

  /// Ends the present part, and begins the next, if it is in another one now.
  mutating func followSegments(at time: Timestamp) {
    let kind = segmentKind
    if let last = segments.last, last.end == nil {
      if last.kind == kind { return }
      segments[segments.count - 1].end = time
    }
    guard let kind else { return }
    if segments.count == Segment.limit { segments.removeFirst(Segment.limit / 10) }
    segments.append(Segment(kind: kind, start: time))
  }

  /// The id of the participant that it is.
  ///
  /// Made from the communication's own, so that it needs no memory.
  var participantID: UUIDBits {
    var random = KeyedRandom(
      seed: id.high, purpose: "genesys-sandbox participant", id.low)
    return .version4(using: &random)
  }

  /// Whether it keeps its agent busy with the queue's work: talking or writing up.
  var occupies: Bool {
    purpose == .agent
      && (state == .connected || state == .transmitting || afterCallWork.isPending)
  }

  /// Whether it has been ended.
  var isOver: Bool { state == .disconnected || state == .terminated }

  /// Whether nothing more will come of it.
  var isFinished: Bool { isOver && !afterCallWork.isPending }
}
