import AuditLog
import PatchbayCore
import PatchbayJSON

extension OptionGroup {
  /// The options that take effect when nothing is said.
  static var standard: Self {
    do {
      return try Self([:])
    } catch {
      preconditionFailure("\(Self.self) needs options: \(error)")
    }
  }
}

extension AuditLogSink.Options {
  /// A simulated run seals at each write; a timer, which runs in real time, would come when it likes.
  static var sealedWithoutTimer: AuditLogSink.Options {
    do {
      return try AuditLogSink.Options(["seal_time": "60s"])
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
