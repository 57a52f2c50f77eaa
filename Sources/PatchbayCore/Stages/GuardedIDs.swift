/// A validator behind whose main port no `sequence_id` comes again within so many events.
package protocol IDGuard: Validator {
  /// Within how many events.
  var guardedIDs: Int { get }
}

/// A correlator that looks for ids that come again.
///
/// Where all of its events come straight from a guard, it needn't: the ids of a million events are looked
/// up once then, and not twice.
package protocol IDWatcher: Correlator {
  /// Told before the first event that ids are guarded in front of it, within so many events.
  mutating func idsAreGuarded(within count: Int)
}
