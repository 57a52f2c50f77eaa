/// Where real organisations of Genesys Cloud are.
package enum PlatformRegions {
  /// The platform's regions by AWS name, from the official Python SDK 269.0.0
  /// (`purecloud_region_hosts.py`).
  package static let domains = [
    "us-east-1": "mypurecloud.com", "us-east-2": "use2.us-gov-pure.cloud",
    "us-west-2": "usw2.pure.cloud", "ca-central-1": "cac1.pure.cloud",
    "sa-east-1": "sae1.pure.cloud", "mx-central-1": "mxc1.pure.cloud",
    "eu-west-1": "mypurecloud.ie", "eu-west-2": "euw2.pure.cloud",
    "eu-central-1": "mypurecloud.de", "eu-central-2": "euc2.pure.cloud",
    "eusc-de-east-1": "edee1.eusc-pure.cloud", "me-central-1": "mec1.pure.cloud",
    "ap-south-1": "aps1.pure.cloud", "ap-southeast-1": "apse1.pure.cloud",
    "ap-southeast-2": "mypurecloud.com.au", "ap-northeast-1": "mypurecloud.jp",
    "ap-northeast-2": "apne2.pure.cloud", "ap-northeast-3": "apne3.pure.cloud",
  ]

  /// Whether a host, in any case, belongs to the real platform: one of its domains or a name below one.
  package static func contain(host: String) -> Bool {
    let host = host.lowercased()
    return domains.values.contains { host == $0 || host.hasSuffix("." + $0) }
  }
}
