// swift-tools-version: 6.2

import PackageDescription

/// Every target of ours: imports are internal unless they say otherwise, and warnings are errors.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let unixSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle")

// Arrows point down only: a stage imports PatchbayCore, never the runtime; the runtime imports no
// stage; both meet in PatchbayCLI. docs/architecture.md draws it and says why each dependency is here.
let package = Package(
  name: "patchbay",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "patchbay", targets: ["PatchbayCLI"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Without Foundation nobody else links the C library's mathematics.
    .target(
      name: "PatchbayJSON", swiftSettings: strict,
      linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
    .target(name: "PatchbayCore", dependencies: ["PatchbayJSON", logging], swiftSettings: strict),
    .target(
      name: "PatchbayRuntime", dependencies: ["PatchbayCore", "PatchbayJSON", histogram, logging],
      swiftSettings: strict),

    .target(
      name: "PatchbayStages", dependencies: ["PatchbayCore", "PatchbayJSON"],
      swiftSettings: strict),
    .target(
      name: "ContactCenter", dependencies: ["PatchbayCore", crypto, heap], swiftSettings: strict),
    .target(
      name: "AuditLog", dependencies: ["PatchbayCore", "PatchbayJSON"], swiftSettings: strict),

    .target(name: "CLibcurl", linkerSettings: [.linkedLibrary("curl")]),
    .target(name: "HTTPTransport", dependencies: ["CLibcurl"], swiftSettings: strict),
    .target(
      name: "HTTPDelivery", dependencies: ["HTTPTransport", "PatchbayCore", crypto],
      swiftSettings: strict),
    .target(
      name: "HTTPStages",
      dependencies: ["HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON"],
      swiftSettings: strict),
    .target(
      name: "GenesysCloud",
      dependencies: ["HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON"],
      swiftSettings: strict),
    .target(
      name: "GenesysSandbox",
      dependencies: [
        "GenesysCloud", "PatchbayCore", "PatchbayJSON", httpTypes, hummingbird, hummingbirdCore,
        logging, nioCore,
      ],
      swiftSettings: strict),

    .target(
      name: "PipelineTesting",
      dependencies: [
        "HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime",
        "PatchbayTesting", logging,
      ],
      swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["PatchbayCore", "PatchbayJSON"], swiftSettings: strict),
    .executableTarget(
      name: "PatchbayCLI",
      dependencies: [
        "AuditLog", "ContactCenter", "GenesysCloud", "GenesysSandbox", "HTTPStages",
        "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayStages", "PipelineTesting",
        "Reports", argumentParser, logging, unixSignals,
      ],
      swiftSettings: strict),

    .target(
      name: "PatchbayTesting",
      dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayRuntime", logging],
      swiftSettings: strict),
    .testTarget(
      name: "PatchbayJSONTests", dependencies: ["PatchbayJSON"], swiftSettings: strict),
    .testTarget(
      name: "PatchbayCoreTests", dependencies: ["PatchbayCore", "PatchbayJSON", logging],
      swiftSettings: strict),
    .testTarget(
      name: "GenesysSandboxTests",
      dependencies: [
        "GenesysCloud", "GenesysSandbox", "PatchbayCore", "PatchbayJSON", logging, nioCore,
        nioPosix,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "HTTPTransportTests", dependencies: ["HTTPTransport"], swiftSettings: strict),
    .testTarget(
      name: "HTTPDeliveryTests",
      dependencies: ["HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON"],
      swiftSettings: strict),
    .testTarget(
      name: "PatchbayRuntimeTests",
      dependencies: [
        "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayTesting",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ContactCenterTests",
      dependencies: [
        "ContactCenter", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayTesting",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "AuditLogTests",
      dependencies: ["AuditLog", "PatchbayCore", "PatchbayJSON", "PatchbayTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayTesting", "Reports"],
      swiftSettings: strict),
    .testTarget(
      name: "PipelineTestingTests",
      dependencies: [
        "ContactCenter", "GenesysCloud", "GenesysSandbox", "AuditLog", "HTTPStages",
        "HTTPTransport", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayStages",
        "PatchbayTesting", "PipelineTesting",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "RehearsalTests",
      dependencies: [
        "AuditLog", "ContactCenter", "GenesysCloud", "GenesysSandbox", "HTTPStages",
        "HTTPTransport", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayStages",
        "PatchbayTesting", "PipelineTesting", "Reports", logging,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayTesting"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
