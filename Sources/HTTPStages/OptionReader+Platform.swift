import ContactModel
import PatchbayCore

extension OptionReader {
  /// Declares `allow_real_platform`, and refuses a host of the real platform without it, as the
  /// connection to the platform does.
  mutating func refuseRealPlatform(_ host: String?) {
    let isAllowed = value(
      "allow_real_platform", default: false,
      doc: "Whether the host may be one of Genesys Cloud; load tests need its approval.")
    let isReal = host.map { PlatformRegions.contain(host: $0) } ?? false
    check(
      !isReal || isAllowed, at: "url",
      "is a host of the real platform; set \"allow_real_platform\": true once its owner agrees")
  }
}
