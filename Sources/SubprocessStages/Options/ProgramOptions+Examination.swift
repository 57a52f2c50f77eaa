package import PatchbayCore
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

extension ProgramOptions {
  /// Whether the program is there and may be started; it isn't.
  func check() async -> Check {
    do {
      let path = try await configuration.executable.resolveExecutablePath(
        in: configuration.environment)
      return .executableFile(path.string)
    } catch {
      return .bad(
        "program", "can't start \(command[0]): \(ProgramPlace.problem(with: command[0]))",
        cure: "install it, or give its path in \"command\"")
    }
  }
}

extension SubprocessSource: Examinable {
  /// Looks whether the program is there.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    [await options.program.check()]
  }
}

extension SubprocessSink: Examinable {
  /// Looks whether the program is there.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    [await options.program.check()]
  }
}

extension SubprocessValidator: Examinable {
  /// Looks whether the program is there.
  package func examine(_ context: StageContext, _ input: ForecastInput) async throws -> [Check] {
    [await options.program.check()]
  }
}
