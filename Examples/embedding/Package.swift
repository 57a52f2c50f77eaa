// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "embedding",
  platforms: [.macOS(.v15)],
  dependencies: [
    // From elsewhere: .package(url: "https://github.com/OWNER/patchbay", from: "0.1.0", traits: [])
    .package(name: "patchbay", path: "../..", traits: [])
  ],
  targets: [
    .executableTarget(
      name: "embedding",
      dependencies: [.product(name: "PatchbayKit", package: "patchbay")],
      path: "Sources")
  ],
  swiftLanguageModes: [.v6]
)
