// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "subprocess-benchmark",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "patchbay", path: "../..", traits: ["Subprocess"])],
  targets: [
    .executableTarget(
      name: "sink",
      dependencies: [
        .product(name: "PatchbayKit", package: "patchbay"),
        .product(name: "SubprocessStages", package: "patchbay"),
      ],
      path: "Sink")
  ],
  swiftLanguageModes: [.v6]
)
