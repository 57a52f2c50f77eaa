// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "sqlite-benchmark",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "patchbay", path: "../..", traits: ["SQLiteSink"])],
  targets: [
    .executableTarget(
      name: "sink",
      dependencies: [
        .product(name: "PatchbayKit", package: "patchbay"),
        .product(name: "SQLiteSink", package: "patchbay"),
      ],
      path: "Sink")
  ],
  swiftLanguageModes: [.v6]
)
