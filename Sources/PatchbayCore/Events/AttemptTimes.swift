/// How long the phases of one attempt took, in nanoseconds of real time; they add up to ``total``.
///
/// What wasn't measured is nil: on a connection that was open already nothing was looked up, connected or
/// encrypted, and of an attempt that failed, what came after isn't there.
public struct AttemptTimes: Sendable, BitwiseCopyable, Equatable {
  /// A phase, in the order in which they come.
  public enum Phase: Int, Sendable, CaseIterable {
    /// Finding the host's addresses.
    case nameLookup
    /// Establishing the connection.
    case connect
    /// The TLS handshake.
    case tls
    /// Handing the request to the operating system.
    case send
    /// From there to the first byte of the response.
    case firstByte
    /// From there to its last byte.
    case lastByte

    /// The name in records, without a unit.
    public var name: String {
      switch self {
      case .nameLookup: "name_lookup"
      case .connect: "connect"
      case .tls: "tls"
      case .send: "send"
      case .firstByte: "first_byte"
      case .lastByte: "last_byte"
      }
    }
  }

  /// Where it went, such as `POST /events`, as a symbol of the run's table; missing if nobody says.
  public var endpoint: Symbol
  /// The HTTP status of the answer, 0 without one.
  public var status: UInt16
  /// From the call to the answer's last byte, or to the end that it had.
  public private(set) var total: Int64
  /// What of it lies in no phase: waiting for a free connection, and the program's own work in between.
  public private(set) var between: Int64
  private var measured: UInt8 = 0
  private var phases: (Int64, Int64, Int64, Int64, Int64, Int64) = (0, 0, 0, 0, 0, 0)

  /// Makes the times of an attempt of which nothing but the whole is known.
  public init(total: Int64, status: UInt16 = 0, endpoint: Symbol = .missing) {
    self.total = max(0, total)
    between = self.total
    self.status = status
    self.endpoint = endpoint
  }

  /// How long a phase took; nil if it wasn't measured.
  ///
  /// A phase that is set takes its time from what lies between; more than is left there it doesn't get,
  /// for the whole is exact and phases are rounded.
  public subscript(phase: Phase) -> Int64? {
    get { measured & bit(phase) == 0 ? nil : self[at: phase] }
    set {
      if measured & bit(phase) != 0 { between += self[at: phase] }
      guard let newValue else {
        measured &= ~bit(phase)
        self[at: phase] = 0
        return
      }
      measured |= bit(phase)
      let time = min(max(0, newValue), between)
      self[at: phase] = time
      between -= time
    }
  }

  private func bit(_ phase: Phase) -> UInt8 { 1 << UInt8(phase.rawValue) }

  private subscript(at phase: Phase) -> Int64 {
    get {
      switch phase {
      case .nameLookup: phases.0
      case .connect: phases.1
      case .tls: phases.2
      case .send: phases.3
      case .firstByte: phases.4
      case .lastByte: phases.5
      }
    }
    set {
      switch phase {
      case .nameLookup: phases.0 = newValue
      case .connect: phases.1 = newValue
      case .tls: phases.2 = newValue
      case .send: phases.3 = newValue
      case .firstByte: phases.4 = newValue
      case .lastByte: phases.5 = newValue
      }
    }
  }

  /// Whether two attempts took the same times at the same place.
  public static func == (one: Self, other: Self) -> Bool {
    one.endpoint == other.endpoint && one.status == other.status && one.total == other.total
      && one.measured == other.measured && one.phases == other.phases
  }
}
