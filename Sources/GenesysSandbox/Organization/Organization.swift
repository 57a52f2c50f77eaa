import ContactModel
import HeapModule
import PatchbayCore

/// Agents and conversations, and the rules by which they change.
///
/// The rules are those of the platform as far as they are documented; where they are not, the
/// comment says so. Everything that is read back or notified comes from here.
struct Organization: Sendable {
  /// Why something can't happen.
  struct Impossible: Error, Equatable {
    /// What kind of reason it is.
    enum Kind: Sendable {
      /// What it is about isn't there.
      case isMissing
      /// Things stand against it.
      case contradicts
    }

    var kind: Kind
    var message: String

    init(_ message: String, _ kind: Kind = .contradicts) {
      self.kind = kind
      self.message = message
    }
  }

  /// How many finished conversations are remembered.
  static let conversationLimit = 100_000

  /// The organisation's id.
  let id: UUIDBits
  /// Whether whoever is named first joins; else only those of the start are known.
  let isOpen: Bool
  var catalog = Catalog()
  var agents: [UUIDBits: Agent] = [:]
  var conversations: [UUIDBits: Conversation] = [:]
  /// What became different since this was last emptied.
  var changes: [Occurrence] = []
  /// What happens by itself, if nothing prevents it.
  private(set) var deadlines = Heap<Deadline>()
  /// Whether something is to happen by itself that nobody was told of.
  var hasNews = false
  /// Conversations that wait for an agent of their queue, first come first.
  var waiting: [Waiting] = []
  /// Conversations that aren't over.
  private(set) var open: Set<UUIDBits> = []
  /// Which ids are made next.
  private var ids: KeyedRandom
  private var finished: [UUIDBits] = []
  private var oldestFinished = 0

  /// - Parameters:
  ///   - seed: what the ids are made from that it gives by itself.
  init(id: UUIDBits, isOpen: Bool, seed: UInt64) {
    self.id = id
    self.isOpen = isOpen
    ids = KeyedRandom(seed: seed, purpose: "genesys-sandbox conversation")
  }

  /// Has something happen by itself, if nothing prevents it.
  mutating func schedule(_ deadline: Deadline) {
    deadlines.insert(deadline)
    hasNews = true
  }

  /// When something is to happen by itself next.
  var nextDeadline: Timestamp? { deadlines.min?.time }

  /// Whether something is to happen by itself that wasn't known of before, once.
  mutating func takeNews() -> Bool {
    defer { hasNews = false }
    return hasNews
  }

  /// Whether something is to happen by itself.
  func isDue(at now: Timestamp) -> Bool { deadlines.min.map { $0.time <= now } ?? false }

  /// What is due, in order, one at a time.
  mutating func popDeadline(until now: Timestamp) -> Deadline? {
    guard let next = deadlines.min, next.time <= now else { return nil }
    return deadlines.popMin()
  }

  /// An id that nothing has yet.
  mutating func makeID() -> UUIDBits { .version4(using: &ids) }

  /// Keeps a conversation as it is now.
  mutating func keep(_ conversation: Conversation) {
    conversations[conversation.id] = conversation
    if conversation.end == nil {
      open.insert(conversation.id)
    } else {
      open.remove(conversation.id)
    }
  }

  /// Remembers a conversation as finished, and forgets the oldest of those if there are too many.
  mutating func remember(finished id: UUIDBits) {
    finished.append(id)
    while finished.count - oldestFinished > Self.conversationLimit {
      let oldest = finished[oldestFinished]
      oldestFinished += 1
      // One that went on since it was finished will be finished again.
      if conversations[oldest]?.isFinished ?? false { conversations[oldest] = nil }
    }
    if oldestFinished > Self.conversationLimit {
      finished.removeFirst(oldestFinished)
      oldestFinished = 0
    }
  }
}
