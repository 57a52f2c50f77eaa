package import PatchbayCore

extension Timestamp {
  /// The time as the platform writes it: `yyyy-MM-ddTHH:mm:ss.SSSZ`, cut to milliseconds.
  package var platformText: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(30)
    appendRFC3339(to: &bytes)
    // Nine decimals and the Z, of which three decimals stay.
    bytes.removeLast(7)
    bytes.append(UInt8(ascii: "Z"))
    return String(decoding: bytes, as: UTF8.self)
  }
}
