// swift-tools-version: 6.2

import Foundation
import PackageDescription

/// Every target of ours: imports are internal unless they say otherwise, and warnings are errors.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// The product of another package; with a trait, one that is fetched and built only for it.
func product(_ name: String, _ package: String, for trait: String? = nil) -> Target.Dependency {
  .product(name: name, package: package, condition: trait.flatMap { .when(traits: [$0]) })
}

let coreMetrics = product("CoreMetrics", "swift-metrics")
let deque = product("DequeModule", "swift-collections")
let histogram = product("Histogram", "hdrhistogram-swift")
let logging = product("Logging", "swift-log")
let systemFiles = product("SystemPackage", "swift-system")

let plugins = PluginFolder.usable

let ownPackages: [Package.Dependency] = [
  .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
  .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
  .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
  .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
  .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
  .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
  .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  .package(
    url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
  .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
]

let products: [Product] = [
  .executable(name: "patchbay", targets: ["PatchbayCLI"]),
  .library(name: "PatchbayKit", targets: ["PatchbayKit"]),
  .library(name: "PatchbayTesting", targets: ["PatchbayTesting"]),
  .library(name: "AuditLog", targets: ["AuditLog"]),
  .library(name: "ContactCenter", targets: ["ContactCenter"]),
  .library(name: "Dashboard", targets: ["Dashboard"]),
  .library(name: "ExportStages", targets: ["ExportStages"]),
  .library(name: "GenesysCloud", targets: ["GenesysCloud"]),
  .library(name: "GenesysNotifications", targets: ["GenesysNotifications"]),
  .library(name: "GenesysSandbox", targets: ["GenesysSandbox"]),
  .library(name: "HTTPDelivery", targets: ["HTTPDelivery", "HTTPTransport"]),
  .library(name: "HTTPStages", targets: ["HTTPStages"]),
  .library(name: "HTTPTesting", targets: ["HTTPTesting"]),
  .library(name: "Reports", targets: ["Reports"]),
  .library(name: "SubprocessStages", targets: ["SubprocessStages"]),
]

// A package that depends on this one with `traits: []` gets core, runtime and general stages, and
// fetches nothing for the rest.
let traits: Set<Trait> = [
  .default(enabledTraits: ["CLI"]),
  .trait(
    name: "CLI", description: "The program `patchbay`.",
    enabledTraits: [
      "AuditLog", "ContactCenter", "Dashboard", "HTTP", "Notifications", "Sandbox",
      "ServiceLifecycle", "Subprocess",
    ]),
  .trait(
    name: "AuditLog", description: "The audit sinks, hashes of configurations; swift-crypto."),
  .trait(name: "ContactCenter", description: "The domain's stages: scenario, call-log, ..."),
  .trait(
    name: "Dashboard", description: "A run's page and metrics while it goes on; Hummingbird."),
  .trait(name: "HTTP", description: "The HTTP stages and Genesys Cloud; needs libcurl."),
  .trait(
    name: "Notifications", description: "The source genesys-notifications; SwiftNIO and its TLS.",
    enabledTraits: ["HTTP"]),
  .trait(name: "Sandbox", description: "The embedded sandbox.", enabledTraits: ["HTTP"]),
  .trait(name: "ServiceLifecycle", description: "PipelineService, for swift-service-lifecycle."),
  .trait(name: "Subprocess", description: "Stages that are programs in any language."),
]

// Arrows point down only: a stage imports PatchbayCore, never the runtime; the runtime imports no
// stage; both meet in PatchbayCLI or in an embedder's program. docs/architecture.md draws it and
// says why each dependency is here.
let modules: [Target] = [
  // Without Foundation nobody else links the C library's mathematics.
  .target(
    name: "PatchbayJSON", swiftSettings: strict,
    linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
  .target(name: "PatchbayOptions", dependencies: ["PatchbayJSON"], swiftSettings: strict),
  .target(name: "CFileSystem"),
  .target(
    name: "PatchbayCore",
    dependencies: [
      "CFileSystem", "PatchbayJSON", "PatchbayOptions", histogram, logging, systemFiles,
    ],
    swiftSettings: strict),
  .target(
    name: "PatchbayRuntime",
    dependencies: [
      "PatchbayCore", "PatchbayJSON", coreMetrics, deque, logging,
      product("Crypto", "swift-crypto", for: "AuditLog"),
    ], swiftSettings: strict),

  .target(
    name: "PatchbayStages", dependencies: ["PatchbayCore", "PatchbayJSON", logging],
    swiftSettings: strict),
  .target(
    name: "ContactModel", dependencies: ["PatchbayCore", "PatchbayJSON"], swiftSettings: strict),
  .target(
    name: "EventMapping", dependencies: ["PatchbayCore", "PatchbayJSON"],
    swiftSettings: strict),
  .target(name: "CZlib", linkerSettings: [.linkedLibrary("z")]),
  .target(
    name: "ContactCenter",
    dependencies: [
      "ContactModel", "CZlib", "EventMapping", "PatchbayCore", "PatchbayJSON", logging,
      product("Crypto", "swift-crypto", for: "ContactCenter"),
      product("DequeModule", "swift-collections", for: "ContactCenter"),
      product("HeapModule", "swift-collections", for: "ContactCenter"),
    ], resources: [.embedInCode("Records/presets.json")], swiftSettings: strict),
  .target(
    name: "AuditLog",
    dependencies: [
      "PatchbayCore", "PatchbayJSON", logging, product("Crypto", "swift-crypto", for: "AuditLog"),
    ],
    swiftSettings: strict),

  .target(
    name: "SubprocessStages",
    dependencies: [
      "PatchbayCore", "PatchbayJSON", logging,
      product("Subprocess", "swift-subprocess", for: "Subprocess"),
      systemFiles,
    ], swiftSettings: strict),

  .target(name: "CLibcurl", linkerSettings: [.linkedLibrary("curl")]),
  .target(
    name: "HTTPTransport",
    dependencies: [
      "CLibcurl", "PatchbayOptions", product("DequeModule", "swift-collections", for: "HTTP"),
      product("HeapModule", "swift-collections", for: "HTTP"),
    ], swiftSettings: strict),
  .target(
    name: "HTTPDelivery",
    dependencies: [
      "HTTPTransport", "PatchbayCore", logging, product("Crypto", "swift-crypto", for: "HTTP"),
    ], swiftSettings: strict),
  .target(
    name: "HTTPStages",
    dependencies: [
      "ContactModel", "HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON",
    ], swiftSettings: strict),
  .target(
    name: "GenesysCloud",
    dependencies: [
      "ContactModel", "HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON",
    ], swiftSettings: strict),
  .target(
    name: "GenesysNotifications",
    dependencies: [
      "ContactModel", "GenesysCloud", "HTTPDelivery", "HTTPTransport", "PatchbayCore",
      "PatchbayJSON", logging,
      product("AsyncAlgorithms", "swift-async-algorithms", for: "Notifications"),
      product("DequeModule", "swift-collections", for: "Notifications"),
      product("NIOCore", "swift-nio", for: "Notifications"),
      product("NIOHTTP1", "swift-nio", for: "Notifications"),
      product("NIOPosix", "swift-nio", for: "Notifications"),
      product("NIOSSL", "swift-nio-ssl", for: "Notifications"),
      product("NIOWebSocket", "swift-nio", for: "Notifications"),
    ], swiftSettings: strict),
  .target(
    name: "GenesysSandbox",
    dependencies: [
      "ContactModel", "GenesysCloud", "PatchbayCore", "PatchbayJSON", logging,
      product("Crypto", "swift-crypto", for: "Sandbox"),
      product("HTTPTypes", "swift-http-types", for: "Sandbox"),
      product("DequeModule", "swift-collections", for: "Sandbox"),
      product("HeapModule", "swift-collections", for: "Sandbox"),
      product("NIOCore", "swift-nio", for: "Sandbox"),
      product("NIOHTTP1", "swift-nio", for: "Sandbox"),
      product("NIOPosix", "swift-nio", for: "Sandbox"),
      product("NIOWebSocket", "swift-nio", for: "Sandbox"),
    ], swiftSettings: strict),

  .target(
    name: "GenesysRecorder",
    dependencies: [
      "ContactModel", "GenesysCloud", "GenesysSandbox", "HTTPTransport", "PatchbayCore",
      "PatchbayJSON", logging, systemFiles,
      product("NIOCore", "swift-nio", for: "Sandbox"),
      product("NIOHTTP1", "swift-nio", for: "Sandbox"),
      product("NIOPosix", "swift-nio", for: "Sandbox"),
    ], swiftSettings: strict),

  .target(
    name: "PatchbayKit",
    dependencies: [
      "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayStages", coreMetrics, logging,
      product("ServiceLifecycle", "swift-service-lifecycle", for: "ServiceLifecycle"),
    ], swiftSettings: strict),
  .target(
    name: "PatchbayTesting",
    dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayRuntime", logging],
    swiftSettings: strict),
  .target(
    name: "HTTPTesting", dependencies: ["HTTPTransport", "PatchbayJSON"], swiftSettings: strict),
  .target(
    name: "PipelineTesting",
    dependencies: [
      "HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime",
      "PatchbayTesting", logging,
    ], swiftSettings: strict),
  .target(
    name: "Reports", dependencies: ["PatchbayCore", "PatchbayJSON"],
    resources: [.embedInCode("Page/page.css"), .embedInCode("Page/live.js")], swiftSettings: strict),

  .target(
    name: "ExportStages", dependencies: ["PatchbayCore", "PatchbayJSON", "Reports"],
    swiftSettings: strict),
  .target(
    name: "Dashboard",
    dependencies: [
      "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "Reports", logging,
      product("HTTPTypes", "swift-http-types", for: "Dashboard"),
      product("Hummingbird", "hummingbird", for: "Dashboard"),
      product("NIOCore", "swift-nio", for: "Dashboard"),
      product("NIOPosix", "swift-nio", for: "Dashboard"),
    ], swiftSettings: strict),

  // SwiftPM watches a target's folder: this one makes it look again when Plugins/ changes.
  .target(
    name: "PluginsWatch", path: "Plugins",
    exclude: PluginFolder.entries(of: Context.packageDirectory + "/Plugins")
      .filter { $0 != "Watch.swift" },
    sources: ["Watch.swift"]),
  .target(
    name: "InstalledPlugins",
    dependencies: ["PatchbayCore", "PatchbayRuntime", "PluginsWatch"]
      + plugins.map(\.dependency),
    swiftSettings: [.define(PluginFolder.fingerprint)], plugins: ["PluginRegistry"]),
  // The default folder of such a target would be Plugins/ itself.
  .plugin(
    name: "PluginRegistry", capability: .buildTool(), path: "BuildTools/PluginRegistry"),
  // Counted by Benchmarks/instructions/check.py; no product, since nobody else needs it.
  .executableTarget(
    name: "counted-work",
    dependencies: ["ContactCenter", "PatchbayCore", "PatchbayJSON", "PatchbayTesting"],
    path: "Benchmarks/instructions/Sources", swiftSettings: strict),
  // Measured by Benchmarks/scale/curves.py.
  .executableTarget(
    name: "measured-parts",
    dependencies: [
      "ContactCenter", "PatchbayCore", "PatchbayKit", "PatchbayRuntime", coreMetrics, logging,
    ], path: "Benchmarks/scale/Sources", swiftSettings: strict),
  .executableTarget(
    name: "PatchbayCLI",
    dependencies: [
      "AuditLog", "ContactCenter", "Dashboard", "ExportStages", "GenesysCloud",
      "GenesysNotifications",
      "GenesysRecorder", "GenesysSandbox", "HTTPStages", "InstalledPlugins", "PatchbayCore",
      "PatchbayJSON", "PatchbayKit",
      "PatchbayRuntime",
      "PatchbayStages", "PipelineTesting", "Reports", "SubprocessStages", logging,
      product("ArgumentParser", "swift-argument-parser", for: "CLI"),
      product("UnixSignals", "swift-service-lifecycle", for: "CLI"),
    ], swiftSettings: strict),
]

let tests: [Target] = [
  // Fed by `make fuzz`, and in short by its tests.
  .target(
    name: "FuzzTargets",
    dependencies: [
      "AuditLog", "ContactCenter", "EventMapping", "ExportStages", "GenesysCloud",
      "GenesysNotifications", "HTTPDelivery", "HTTPTransport", "PatchbayCore", "PatchbayJSON",
      "PatchbayRuntime",
      "PatchbayStages",
      "SubprocessStages",
    ], path: "Tests/Fuzzing/Targets", swiftSettings: strict),
  .testTarget(
    name: "FuzzTests", dependencies: ["FuzzTargets", "PatchbayCore"], path: "Tests/Fuzzing/Tests",
    swiftSettings: strict),
  // Run by `make simulate`, and in short by its tests.
  .target(
    name: "Simulation",
    dependencies: [
      "AuditLog", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayStages",
      "PatchbayTesting", systemFiles,
    ], path: "Tests/Simulation/Harness", swiftSettings: strict),
  .executableTarget(
    name: "simulate", dependencies: ["Simulation"], path: "Tests/Simulation/Program",
    swiftSettings: strict),
  .testTarget(
    name: "SimulationTests", dependencies: ["PatchbayTesting", "simulate"],
    path: "Tests/Simulation/Tests", swiftSettings: strict),
  .testTarget(
    name: "PatchbayTestingTests",
    dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayTesting"], swiftSettings: strict),
  .testTarget(
    name: "PatchbayKitTests",
    dependencies: [
      "PatchbayCore", "PatchbayKit", "PatchbayTesting", coreMetrics,
      product("ServiceLifecycle", "swift-service-lifecycle", for: "ServiceLifecycle"),
      product("MetricsTestKit", "swift-metrics"),
    ], swiftSettings: strict),
  .testTarget(
    name: "PatchbayJSONTests", dependencies: ["PatchbayJSON"], swiftSettings: strict),
  .testTarget(
    name: "PatchbayOptionsTests", dependencies: ["PatchbayJSON", "PatchbayOptions"],
    swiftSettings: strict),
  .testTarget(
    name: "PatchbayCoreTests",
    dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayTesting", logging],
    swiftSettings: strict),
  .testTarget(
    name: "GenesysRecorderTests",
    dependencies: ["GenesysRecorder", "PatchbayCore", "PatchbayJSON"], swiftSettings: strict),
  .testTarget(
    name: "GenesysSandboxTests",
    dependencies: [
      "GenesysCloud", "GenesysSandbox", "PatchbayCore", "PatchbayJSON", "PatchbayTesting", logging,
      product("NIOCore", "swift-nio", for: "Sandbox"),
      product("NIOPosix", "swift-nio", for: "Sandbox"),
    ],
    swiftSettings: strict),
  .testTarget(
    name: "HTTPTransportTests", dependencies: ["HTTPTransport", "PatchbayTesting"],
    swiftSettings: strict),
  .testTarget(
    name: "HTTPDeliveryTests",
    dependencies: [
      "HTTPDelivery", "HTTPTesting", "HTTPTransport", "PatchbayCore", "PatchbayJSON",
      "PatchbayRuntime", "PatchbayTesting", logging,
    ], swiftSettings: strict),
  .testTarget(
    name: "HTTPStagesTests",
    dependencies: [
      "HTTPDelivery", "HTTPStages", "HTTPTesting", "HTTPTransport", "PatchbayCore",
      "PatchbayJSON", "PatchbayTesting",
    ], swiftSettings: strict),
  .testTarget(
    name: "PatchbayRuntimeTests",
    dependencies: [
      "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayTesting", coreMetrics,
      logging,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "EventMappingTests",
    dependencies: ["EventMapping", "PatchbayCore", "PatchbayJSON", "PatchbayTesting"],
    swiftSettings: strict),
  .testTarget(
    name: "ContactCenterTests",
    dependencies: [
      "ContactCenter", "ContactModel", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime",
      "PatchbayTesting", logging,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "GenesysCloudTests",
    dependencies: ["ContactModel", "GenesysCloud", "PatchbayCore"], swiftSettings: strict),
  .testTarget(
    name: "GenesysNotificationsTests",
    dependencies: [
      "ContactModel", "GenesysNotifications", "HTTPDelivery", "PatchbayCore", "PatchbayJSON",
      "PatchbayTesting",
      product("NIOCore", "swift-nio", for: "Notifications"),
      product("NIOHTTP1", "swift-nio", for: "Notifications"),
      product("NIOPosix", "swift-nio", for: "Notifications"),
      product("NIOSSL", "swift-nio-ssl", for: "Notifications"),
      product("NIOWebSocket", "swift-nio", for: "Notifications"),
    ], swiftSettings: strict),
  .testTarget(
    name: "AuditLogTests",
    dependencies: [
      "AuditLog", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime", "PatchbayTesting",
    ], swiftSettings: strict),
  .testTarget(
    name: "DashboardTests",
    dependencies: ["Dashboard", "PatchbayCore", "PatchbayJSON", "PatchbayTesting"],
    swiftSettings: strict),
  .testTarget(
    name: "ExportStagesTests",
    dependencies: ["ExportStages", "PatchbayCore", "PatchbayJSON", "PatchbayTesting"],
    swiftSettings: strict),
  .testTarget(
    name: "ReportsTests",
    dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayTesting", "Reports"],
    swiftSettings: strict),
  .testTarget(
    name: "PipelineTestingTests",
    dependencies: [
      "ContactCenter", "ExportStages", "GenesysCloud", "GenesysNotifications", "GenesysSandbox",
      "AuditLog",
      "HTTPStages", "HTTPTransport", "PatchbayCore", "PatchbayJSON", "PatchbayRuntime",
      "PatchbayStages",
      "PatchbayTesting", "PipelineTesting", "SubprocessStages",
    ],
    swiftSettings: strict),
  .testTarget(
    name: "RehearsalTests",
    dependencies: [
      "AuditLog", "ContactCenter", "ContactModel", "ExportStages", "GenesysCloud",
      "GenesysNotifications", "GenesysSandbox", "HTTPDelivery", "HTTPStages", "HTTPTesting",
      "HTTPTransport",
      "PatchbayCore",
      "PatchbayJSON",
      "PatchbayRuntime", "PatchbayStages", "PatchbayTesting", "PipelineTesting", "Reports",
      "SubprocessStages", logging,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "SubprocessStagesTests",
    dependencies: [
      "PatchbayCore", "PatchbayJSON", "PatchbayKit", "PatchbayRuntime", "PatchbayTesting",
      "SubprocessStages", logging,
    ], swiftSettings: strict),
  .testTarget(
    name: "CommandLineTests",
    dependencies: ["PatchbayCore", "PatchbayJSON", "PatchbayTesting"],
    swiftSettings: strict),
]

let package = Package(
  name: "patchbay",
  platforms: [.macOS(.v15)],
  products: products + plugins.map { .library(name: $0.name, targets: [$0.name]) },
  traits: traits.union(PluginFolder.traits),
  dependencies: ownPackages + PluginFolder.packages(beside: ownPackages),
  targets: modules + tests + plugins.flatMap(\.targets),
  swiftLanguageModes: [.v6]
)

// `make fuzz` has the targets compiled so that libFuzzer sees which ways they go.
if Context.environment["PATCHBAY_FUZZING"] != nil {
  package.products.append(
    .library(name: "FuzzTargets", type: .static, targets: ["FuzzTargets"]))
  for target in modules + tests where target.type == .regular {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-sanitize=fuzzer"])]
  }
}

// MARK: Plugins

/// What a plugin's `plugin.json` may say; `docs/writing-a-stage.md` describes it.
struct PluginManifest: Decodable {
  struct Package: Decodable {
    /// Where it is, as in `.package(url:from:)`.
    let url: String
    /// The least version.
    let from: String
    /// The products that the plugin imports.
    let products: [String]

    /// The name that SwiftPM gives it.
    var identity: String {
      let name = url.split(separator: "/").last.map(String.init) ?? url
      return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
    }
  }

  struct SystemLibrary: Decodable {
    /// A header by which its presence is told.
    let header: String
    /// The Debian package that brings it.
    let debian: String
  }

  var trait: String?
  var packages: [Package]?
  var systemLibraries: [SystemLibrary]?
  /// Modules of this package that it imports beside PatchbayCore.
  var modules: [String]?
}

/// A folder of Plugins/ that holds Swift files: a module of that name.
struct PluginFolder {
  let name: String
  let manifest: PluginManifest

  private static let plugins = Context.packageDirectory + "/Plugins"
  private var path: String { "\(Self.plugins)/\(name)" }

  static let all: [PluginFolder] = entries(of: plugins).filter { name in
    entries(of: "\(plugins)/\(name)").contains { $0.hasSuffix(".swift") }
  }.map { name in
    let path = "\(plugins)/\(name)/plugin.json"
    guard let data = FileManager.default.contents(atPath: path) else {
      return PluginFolder(name: name, manifest: PluginManifest())
    }
    do {
      return PluginFolder(
        name: name, manifest: try JSONDecoder().decode(PluginManifest.self, from: data))
    } catch {
      refuse("Plugins/\(name)/plugin.json: \(error); see docs/writing-a-stage.md")
    }
  }

  /// What switches plugins on, also those that lack a library.
  static var traits: [Trait] {
    Set(all.compactMap(\.manifest.trait)).sorted().map {
      .trait(name: $0, description: "Builds a plugin that has dependencies of its own.")
    }
  }

  /// Those whose system libraries are installed.
  static var usable: [PluginFolder] { all.filter(\.missingLibraries.isEmpty) }

  /// The system libraries that it needs and that aren't installed.
  var missingLibraries: [PluginManifest.SystemLibrary] {
    (manifest.systemLibraries ?? []).filter { library in
      !Self.headerFolders.contains {
        FileManager.default.fileExists(atPath: "\($0)/\(library.header)")
      }
    }
  }

  /// Where the compiler finds headers.
  ///
  /// What a plugin needs of an Apple system comes with it.
  private static let headerFolders: [String] = {
    #if os(Linux)
      var folders = ["/usr/include", "/usr/local/include"]
      for name in entries(of: "/usr/include") where name.hasSuffix("-linux-gnu") {
        folders.append("/usr/include/\(name)")
      }
    #else
      let sdk = "/Library/Developer/CommandLineTools/SDKs/MacOSX.sdk"
      var folders = ["\(sdk)/usr/include", "/opt/homebrew/include", "/usr/local/include"]
    #endif
    for variable in ["CPATH", "C_INCLUDE_PATH"] {
      let value = Context.environment[variable] ?? ""
      folders += value.split(separator: ":").map(String.init)
    }
    return folders
  }()
}

extension PluginFolder {
  private var condition: TargetDependencyCondition? {
    manifest.trait.flatMap { .when(traits: [$0]) }
  }

  /// How the program depends on it.
  var dependency: Target.Dependency { .target(name: name, condition: condition) }

  /// The module, and its tests if it has a folder of them.
  var targets: [Target] {
    let entries = Self.entries(of: path)
    let own = (manifest.packages ?? []).flatMap { package in
      package.products.map {
        Target.Dependency.product(name: $0, package: package.identity, condition: condition)
      }
    }
    let modules = (manifest.modules ?? []).map { Target.Dependency.target(name: $0) }
    let module = Target.target(
      name: name, dependencies: ["PatchbayCore", logging] + modules + own,
      path: "Plugins/\(name)",
      exclude: entries.filter { $0 == "Tests" || $0.contains(".") && !$0.hasSuffix(".swift") },
      packageAccess: false)
    guard entries.contains("Tests") else { return [module] }
    let tests = Target.testTarget(
      name: "\(name)Tests",
      dependencies: [
        .target(name: name), "PatchbayCore", "PatchbayKit", "PatchbayTesting", logging,
      ] + own,
      path: "Plugins/\(name)/Tests", packageAccess: false)
    return [module, tests]
  }

  /// The packages that plugins need and this one doesn't, each once.
  static func packages(beside known: [Package.Dependency]) -> [Package.Dependency] {
    var seen = Set(known.map { identity(of: $0) })
    return usable.flatMap { $0.manifest.packages ?? [] }.compactMap { package in
      guard seen.insert(package.identity.lowercased()).inserted else { return nil }
      guard let version = Version(package.from) else {
        refuse("\(package.from) is no version such as 1.2.3; \(package.url) wants one")
      }
      return .package(url: package.url, from: version)
    }
  }

  private static func identity(of dependency: Package.Dependency) -> String {
    guard case .sourceControl(_, let location, _) = dependency.kind else { return "" }
    let name = location.split(separator: "/").last.map(String.init) ?? location
    return name.lowercased()
  }

  /// What the plugins are, as a name.
  ///
  /// By it `BuildTools/PluginRegistry`, which computes it the same way, sees whether this file was
  /// evaluated since Plugins/ changed.
  static var fingerprint: String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for plugin in all {
      let manifest = FileManager.default.contents(atPath: "\(plugin.path)/plugin.json") ?? Data()
      let missing = plugin.missingLibraries.map(\.header).joined(separator: " ")
      for byte in Array(plugin.name.utf8) + manifest + Array(missing.utf8) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
    }
    return "PLUGINS_" + String(hash, radix: 16)
  }

  /// The entries of a folder, sorted, without hidden ones.
  static func entries(of folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func refuse(_ message: String) -> Never {
    FileHandle.standardError.write(Data("\(message)\n".utf8))
    exit(1)
  }
}
