import AuditLog
import ContactCenter
import ExportStages
import Foundation
import GenesysCloud
import GenesysNotifications
import GenesysSandbox
import HTTPStages
import HTTPTransport
import Logging
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayStages
import PatchbayTesting
import SubprocessStages

/// A configuration with every stage of the product, run in this process.
struct Rehearsal {
  let folder: String
  let console = CapturedConsole()
  var input = ScriptedInput()
  var variables: [String: String] = [:]

  init() throws { folder = try TemporaryFolder.make() }

  static let registry: StageRegistry = {
    var registry = StageRegistry()
    let modules: [any PluginModule.Type] = [
      GeneralStagesModule.self, ContactCenterModule.self, HTTPStagesModule.self,
      GenesysCloudModule.self, GenesysNotificationsModule.self, GenesysSandboxModule.self,
      AuditLogModule.self, SubprocessStagesModule.self, ExportStagesModule.self,
    ]
    for module in modules { try? registry.load(module) }
    return registry
  }()

  static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  /// The stages that there are; a test may add its own.
  var registry = Self.registry

  func plan(_ config: String) -> PlanResult {
    var variables = variables
    variables["FOLDER"] = folder
    return Planner(registry: registry, variables: variables).plan(Array(config.utf8))
  }

  /// Plans and runs; `${FOLDER}` is the test's own folder.
  func run(
    _ config: String, clock: (any PipelineClock)? = nil, observer: (any RunObserver)? = nil,
    batchSize: Int? = nil
  ) async throws -> RunReport {
    let result = plan(config)
    guard let plan = result.plan else {
      throw PipelineError(result.issues.map { $0.rendered(file: "config") }.joined(separator: "\n"))
    }
    var environment = RunEnvironment(
      console: console, input: input, logger: Self.logger, clock: clock)
    environment.observers = [observer].compactMap(\.self)
    if let batchSize { environment.batchSize = batchSize }
    return await PipelineRun(plan, in: environment).run()
  }

  /// The bytes of a file in the newest run's folder.
  func file(_ prefix: String) throws -> [UInt8]? {
    let manager = FileManager.default
    guard let run = try manager.contentsOfDirectory(atPath: folder + "/runs").max() else {
      return nil
    }
    let names = try manager.contentsOfDirectory(atPath: "\(folder)/runs/\(run)")
    guard let name = names.first(where: { $0.hasPrefix(prefix) }) else { return nil }
    return FileManager.default.contents(atPath: "\(folder)/runs/\(run)/\(name)").map(Array.init)
  }

  /// Runs a body beside a sandbox of its own, which it can ask for its state.
  static func withSandbox<Value: Sendable>(
    _ options: JSONValue, clock: any PipelineClock, seed: UInt64 = 7,
    _ body: @Sendable (_ url: String) async throws -> Value
  ) async throws -> Value {
    let sandbox = try GenesysSandbox(
      options: try SandboxOptions(options), seed: seed, clock: clock, logger: logger)
    let (ready, signal) = AsyncStream.makeStream(of: String.self)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await sandbox.serve { url in signal.yield(url) }
        signal.finish()
      }
      var url: String?
      for await found in ready {
        url = found
        break
      }
      guard let url else { throw PipelineError("the sandbox didn't start") }
      defer { group.cancelAll() }
      return try await body(url)
    }
  }

  /// A GET of the sandbox.
  static func get(_ url: String) async throws -> JSONValue {
    let client = HTTPClient(HTTPClientConfiguration())
    let response = try await client.send(
      HTTPRequest(method: "GET", url: url, maximumResponseBytes: 1 << 28))
    await client.shutdown()
    return try JSONValue(parsing: response.body, limits: JSONLimits(bytes: 1 << 28))
  }
}
