// swift-tools-version: 6.2

import PackageDescription

/// A product of Patchbay.
func patchbay(_ product: String) -> Target.Dependency {
  .product(name: product, package: "patchbay")
}

let package = Package(
  name: "http-plugin",
  platforms: [.macOS(.v15)],
  products: [.library(name: "HelpDesk", targets: ["HelpDesk"])],
  dependencies: [
    // From elsewhere:
    // .package(url: "https://github.com/OWNER/patchbay", from: "0.1.0", traits: ["HTTP"])
    .package(name: "patchbay", path: "../..", traits: ["HTTP"])
  ],
  targets: [
    .target(
      name: "HelpDesk", dependencies: [patchbay("HTTPDelivery"), patchbay("PatchbayKit")],
      path: "Sources"),
    .testTarget(
      name: "HelpDeskTests",
      dependencies: [
        "HelpDesk", patchbay("HTTPDelivery"), patchbay("HTTPTesting"), patchbay("PatchbayKit"),
        patchbay("PatchbayTesting"),
      ], path: "Tests"),
  ],
  swiftLanguageModes: [.v6]
)
