/// What tells a run from all others, and what it is a run of.
public struct RunIdentity: Sendable, Equatable {
  /// The run's id, a UUIDv7.
  public var id: UUIDBits
  /// Its seed: same seed and same configuration, same events.
  public var seed: UInt64
  /// When it started, on its clock.
  public var startedAt: Timestamp
  /// How often it has been started: 1, and one more for each time that it was gone on with after an
  /// interruption.
  public var attempt = 1
  /// What ids for others are made of, such as idempotency keys: the run's own id, or of a repeatable run
  /// the same for all of its name and seed.
  public var key: UUIDBits
  /// Of a repeatable run, the time that stands for its start in ids that hold one: `run.epoch`.
  public var idOrigin: Timestamp?
  /// The pipeline's name.
  public var pipeline: String
  /// A hash by which two runs that were set up alike are known.
  ///
  /// The SHA-256, in lower-case hexadecimal, of the options that take effect in all stages and
  /// connections, secrets left out, as canonical JSON (RFC 8785). Nil in a build without the trait
  /// `AuditLog`.
  public var configurationHash: String?
  /// The program's own version, and those of the modules that its stages come from.
  public var versions: [ModuleVersion]

  /// Makes an identity.
  public init(
    id: UUIDBits, seed: UInt64, startedAt: Timestamp, pipeline: String = "",
    configurationHash: String? = nil, versions: [ModuleVersion] = [], key: UUIDBits? = nil,
    idOrigin: Timestamp? = nil
  ) {
    self.key = key ?? id
    self.idOrigin = idOrigin
    self.id = id
    self.seed = seed
    self.startedAt = startedAt
    self.pipeline = pipeline
    self.configurationHash = configurationHash
    self.versions = versions
  }
}

/// A module and its version.
public struct ModuleVersion: Sendable, Equatable {
  /// The version of this library.
  public static let patchbay = ModuleVersion(name: "patchbay", version: "0.1.0")

  /// The module's name, such as `SyslogSink`.
  public let name: String
  /// What it calls its version.
  public let version: String

  /// Makes one.
  public init(name: String, version: String) {
    self.name = name
    self.version = version
  }
}
