import PatchbayCore

extension SandboxModel {
  /// How many snapshots there can be.
  static let snapshotLimit = 16

  /// How things stood at a time.
  struct Snapshot: Sendable {
    let time: Timestamp
    fileprivate let organization: Organization
    fileprivate let counts: Counts
    fileprivate let accepted: EventIDs
    fileprivate let attempts: AttemptCounter
    fileprivate let faults: SandboxFaults
    fileprivate let nextFaults: NextFaults
  }

  mutating func takeSnapshot(_ name: String, at now: Timestamp) {
    snapshots[name] = Snapshot(
      time: now, organization: organization, counts: counts, accepted: accepted,
      attempts: attempts, faults: faults, nextFaults: nextFaults)
  }

  /// Goes back to a snapshot, and its time; says whether there is such a one.
  mutating func restore(_ name: String, at now: Timestamp) -> Bool {
    guard let snapshot = snapshots[name] else { return false }
    let outside = now.advanced(by: .zero - clockOffset - faults.clockSkew.offset)
    organization = snapshot.organization
    counts = snapshot.counts
    accepted = snapshot.accepted
    attempts = snapshot.attempts
    faults = snapshot.faults
    nextFaults = snapshot.nextFaults
    clockOffset = snapshot.time.since(outside) - faults.clockSkew.offset
    return true
  }
}
