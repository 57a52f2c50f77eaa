import PatchbayCore

/// One thing that goes wrong on purpose with a notification.
enum NotificationFault: CaseIterable {
  case lost
  case duplicated
  case reordered
  case closing
  case cut
}

extension NotificationFaults {
  /// What goes wrong with a notification, if anything: one draw against disjoint intervals.
  ///
  /// - Parameters:
  ///   - key: its topic.
  ///   - number: how many were sent up to it.
  func draw(seed: UInt64, key: UInt64, number: UInt64) -> NotificationFault? {
    var random = KeyedRandom(
      seed: seed, purpose: "genesys-sandbox notification fault", key, number)
    let draw = random.unit()
    var upper = 0.0
    for fault in NotificationFault.allCases {
      upper += fraction(of: fault)
      if draw < upper { return fault }
    }
    return nil
  }

  private func fraction(of fault: NotificationFault) -> Double {
    switch fault {
    case .lost: lost
    case .duplicated: duplicated
    case .reordered: reordered
    case .closing: closing
    case .cut: cut
    }
  }
}
