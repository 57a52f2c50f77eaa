import PatchbayCore

/// What a chain asks of a validator or correlator: one kind of call for the roles whose stages only
/// judge.
///
/// A step is mutated in place: taking a stage out and putting it back would copy its dictionaries with
/// every batch.
protocol ChainStep: Sendable {
  /// The stage as it is now.
  var stage: any Stage { get }

  /// Whether what passes counts as validated.
  var validates: Bool { get }

  /// Judges a batch and marks what is to become of each event.
  ///
  /// - Throws: whatever keeps it from judging; then the events count as failed.
  mutating func judge(_ batch: inout EventBatch, at now: Timestamp) async throws

  /// The most events that may be held at once.
  var mostHeld: Int { get }

  /// When held events have to be asked about next; nil while nothing waits for a time.
  var deadline: Timestamp? { get }

  /// What becomes of held events whose time has come.
  mutating func advance(to now: Timestamp) -> [Release]

  /// Releases what the stage holds open.
  ///
  /// - Throws: whatever kept it from ending well.
  mutating func close() async throws
}

extension ChainStep {
  var validates: Bool { true }
  var mostHeld: Int { 0 }
  var deadline: Timestamp? { nil }
  mutating func advance(to now: Timestamp) -> [Release] { [] }
  mutating func close() async throws {}
}

/// A step that is a validator.
struct ValidatorStep<Subject: Validator>: ChainStep {
  private var validator: Subject

  init(_ validator: Subject) { self.validator = validator }

  var stage: any Stage { validator }

  mutating func judge(_ batch: inout EventBatch, at now: Timestamp) {
    validator.validate(&batch)
  }
}

/// A step that is a validator which waits.
struct AsyncValidatorStep<Subject: AsyncValidator>: ChainStep {
  private var validator: Subject

  init(_ validator: Subject) { self.validator = validator }

  var stage: any Stage { validator }

  mutating func judge(_ batch: inout EventBatch, at now: Timestamp) async throws {
    try await validator.validate(&batch)
  }

  mutating func close() async throws { try await validator.close() }
}

/// A step that is a correlator.
struct CorrelatorStep<Subject: Correlator>: ChainStep {
  private var correlator: Subject

  init(_ correlator: Subject) { self.correlator = correlator }

  var stage: any Stage { correlator }
  var validates: Bool { false }
  var mostHeld: Int { correlator.mostHeld }
  var deadline: Timestamp? { correlator.deadline }

  mutating func judge(_ batch: inout EventBatch, at now: Timestamp) {
    correlator.observe(&batch, at: now)
  }

  mutating func advance(to now: Timestamp) -> [Release] { correlator.advance(to: now) }
}

/// Makes the step of a stage.
enum ChainStepMaker {
  /// The step; nil for a stage of another role.
  static func step(_ stage: any Stage) -> (any ChainStep)? {
    if let stage = stage as? any Validator { return make(stage) }
    if let stage = stage as? any AsyncValidator { return make(stage) }
    if let stage = stage as? any Correlator { return make(stage) }
    return nil
  }

  private static func make(_ stage: some Validator) -> any ChainStep { ValidatorStep(stage) }
  private static func make(_ stage: some AsyncValidator) -> any ChainStep {
    AsyncValidatorStep(stage)
  }
  private static func make(_ stage: some Correlator) -> any ChainStep { CorrelatorStep(stage) }
}
