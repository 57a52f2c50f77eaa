import PatchbayCore
import PatchbayRuntime

/// The line that shows how far a run is.
enum ProgressLine {
  static func text(_ progress: RunProgress) -> String {
    let seconds = progress.elapsedNanoseconds / 1_000_000_000
    var parts = ["\(seconds)s", "\(progress.events.emitted) emitted"]
    if progress.injection.attempted > 0 {
      parts.append("\(progress.injection.accepted)/\(progress.injection.attempted) accepted")
    }
    parts.append("\(progress.events.settled) settled")
    if progress.events.rejected > 0 { parts.append("\(progress.events.rejected) rejected") }
    if progress.events.failed > 0 { parts.append("\(progress.events.failed) failed") }
    return parts.joined(separator: "  ")
  }
}
