public import PatchbayCore

/// What goes wrong with notifications: at most one thing with each.
public struct NotificationFaults: OptionGroup {
  /// The fraction that is never sent.
  public let lost: Double
  /// The fraction that is sent twice.
  public let duplicated: Double
  /// The fraction that is sent after the one that follows it on its channel.
  public let reordered: Double
  /// The fraction after which the socket is closed, with an announcement.
  public let closing: Double
  /// The fraction instead of which the connection breaks off, without a word.
  public let cut: Double
  /// How long before it is closed that is announced, in real time.
  public let closingNotice: Duration

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    func fraction(_ name: String, _ what: String, _ options: inout OptionReader) -> Double {
      options.value(name, default: 0, .range(0...1), doc: "The fraction of notifications \(what).")
    }
    lost = fraction("lost", "that are never sent", &options)
    duplicated = fraction("duplicated", "that are sent twice", &options)
    reordered = fraction(
      "reordered", "that are sent after the one that follows on their channel", &options)
    closing = fraction(
      "closing", "after which `v2.system.socket_closing` is sent and the socket closed", &options)
    cut = fraction("cut", "instead of which the connection breaks off, without a word", &options)
    closingNotice = options.value(
      "closing_notice", default: .seconds(60), .range(.zero ... .seconds(3_600)),
      doc: "How long before the socket is closed that is announced, in real time on every clock.")
    options.check(
      lost + duplicated + reordered + closing + cut <= 1 + 1e-9, at: "lost",
      "the fractions of all faults add up to more than 1; lower some of them")
  }
}
