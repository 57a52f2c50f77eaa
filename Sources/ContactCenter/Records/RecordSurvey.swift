import PatchbayCore

/// What has to be known of a whole file before its first service is told: how far services are out of order,
/// and which records are in force.
struct RecordSurvey: Sendable {
  /// How much earlier a service may begin than one before it.
  private(set) var lateness = Duration.zero
  private(set) var versions = RecordVersions()
  private var latest: Timestamp?

  /// Takes in a service, in the order of the file.
  mutating func note(_ service: Service) {
    guard let latest, service.offered < latest else {
      latest = service.offered
      return
    }
    lateness = max(lateness, latest.since(service.offered))
  }

  mutating func finish(_ versions: RecordVersions) { self.versions = versions }
}
