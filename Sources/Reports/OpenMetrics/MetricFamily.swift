/// A kind of number that `/metrics` tells, by its name.
package struct MetricFamily: Sendable {
  /// What it is to a collector.
  package enum Kind: String, Sendable {
    case counter
    case gauge
    case histogram
    case info
  }

  /// The name, without what samples have behind it.
  package let name: String
  package let kind: Kind
  /// The unit, which is the name's end; nil if it is a plain number.
  package let unit: String?
  /// The labels, in order.
  package let labels: [String]
  /// What it is.
  package let help: String

  init(
    _ name: String, _ kind: Kind, unit: String? = nil, labels: [String] = [], help: String
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.labels = labels
    self.help = help
  }
}

extension MetricFamily {
  static let run = Self(
    "patchbay_run", .info, labels: ["pipeline", "run_id", "seed", "clock", "version"],
    help: "Which run it is.")
  static let events = Self(
    "patchbay_events", .counter, labels: ["fate"],
    help:
      "Events that sources emitted, and what became of them: emitted, delivered, rejected, failed, abandoned."
  )
  static let elapsed = Self(
    "patchbay_elapsed_seconds", .gauge, unit: "seconds",
    help: "Time on the run's clock since its start.")
  static let injected = Self(
    "patchbay_injection_events", .counter, labels: ["outcome"],
    help: "Events that injectors have judged: accepted, failed, unknown.")
  static let attempts = Self(
    "patchbay_injection_attempts", .counter,
    help: "Attempts, one for each event and each request that carried it.")
  static let statuses = Self(
    "patchbay_injection_statuses", .counter, labels: ["status"],
    help: "Events by their last HTTP status; 0 is no answer.")
  static let latency = Self(
    "patchbay_latency_seconds", .histogram, unit: "seconds", labels: ["part"],
    help:
      "Where the time of accepted events went: service, wire, queue, rate_limit, token, backoff, own, response."
  )
  static let labelled = Self(
    "patchbay_labelled_latency_seconds", .histogram, unit: "seconds", labels: ["label", "value"],
    help: "Service time by state or endpoint, where run.latency_by or a threshold asks for it.")
  static let received = Self(
    "patchbay_stage_received", .counter, labels: ["stage", "role", "type"],
    help: "Events that came into a stage; for a source, events emitted.")
  static let sent = Self(
    "patchbay_stage_sent", .counter, labels: ["stage", "role", "type", "port"],
    help: "Events that left a stage by a port.")
  static let written = Self(
    "patchbay_stage_written", .counter, labels: ["stage", "role", "type"],
    help: "Events that a sink has written.")
  static let undelivered = Self(
    "patchbay_stage_undelivered", .counter, labels: ["stage", "role", "type"],
    help: "Events that a sink hasn't written after all attempts.")
  static let inside = Self(
    "patchbay_stage_inside", .gauge, labels: ["stage", "role", "type"],
    help: "Events that are in a stage now.")
  static let found = Self(
    "patchbay_stage_found", .gauge, labels: ["stage", "role", "type", "metric"],
    help:
      "What a stage reports, by the names that thresholds have for it; at most about a second old.")
  static let lag = Self(
    "patchbay_source_lag_seconds", .histogram, unit: "seconds", labels: ["stage"],
    help: "How long after their intended time events left a source.")
  static let channelEvents = Self(
    "patchbay_channel_events", .gauge, labels: ["stage"], help: "Events that wait before a stage.")
  static let channelBatches = Self(
    "patchbay_channel_batches", .gauge, labels: ["stage"], help: "Batches that wait before a stage."
  )
  static let channelCredits = Self(
    "patchbay_channel_credits", .gauge, labels: ["stage"],
    help: "How many batches may wait before a stage until senders have to.")
  static let channelBlocked = Self(
    "patchbay_channel_blocked_seconds", .counter, unit: "seconds", labels: ["stage"],
    help: "How long senders have waited for room before a stage, all together.")
  static let spool = Self(
    "patchbay_spool_events", .gauge, labels: ["stage"], help: "Events that wait in a sink's spool.")
  static let thresholdValue = Self(
    "patchbay_threshold_value", .gauge, labels: ["metric", "condition"],
    help: "The value of a threshold's metric; absent while there is nothing to compute it from.")
  static let thresholdHeld = Self(
    "patchbay_threshold_held", .gauge, labels: ["metric", "condition"],
    help: "Whether a threshold holds: 1 or 0.")
  static let processor = Self(
    "process_cpu_seconds", .counter, unit: "seconds",
    help: "Processor time of the process, user and system.")
  static let memory = Self(
    "process_resident_memory_bytes", .gauge, unit: "bytes", help: "Resident memory of the process.")
  static let files = Self("process_open_fds", .gauge, help: "Open file descriptors of the process.")
  static let processStart = Self(
    "process_start_time_seconds", .gauge, unit: "seconds",
    help: "When the process began, since 1970.")

  /// All of them, in the order in which they are told.
  package static let all: [Self] = [
    run, events, elapsed, injected, attempts, statuses, latency, labelled, received, sent, written,
    undelivered, inside, found, lag, channelEvents, channelBatches, channelCredits, channelBlocked,
    spool, thresholdValue, thresholdHeld, processor, memory, files, processStart,
  ]
}
