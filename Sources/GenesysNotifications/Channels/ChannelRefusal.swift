/// Why a channel couldn't be had.
struct ChannelRefusal: Error, CustomStringConvertible {
  let description: String
  /// Whether asking again would bring the same.
  let isFinal: Bool
}
