import GenesysCloud
import NIOHTTP1
import PatchbayCore

extension ListenerPolicy.Fields {
  init(_ headers: HTTPHeaders) {
    self.init(
      host: headers["Host"], origin: headers["Origin"], fetchSite: headers["Sec-Fetch-Site"])
  }
}

extension Refusal {
  /// The answer to a request that isn't meant for the sandbox; its code is none of the platform's.
  init(_ refusal: ListenerPolicy.Refusal) {
    self.init(
      PlatformError("sandbox.refused", status: refusal.status, refusal.description))
  }
}
