import PatchbayCore
import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension ProgramOptions {
  /// What the program takes over from this process's environment; credentials are not among it.
  private static let inherited = ["HOME", "LANG", "LC_ALL", "PATH", "TMPDIR", "TZ", "USER"]

  /// How the program is started: in a session of its own, so that ctrl-C at the terminal ends the
  /// run's sources and not the program, which has batches to finish.
  var configuration: Configuration {
    var platform = PlatformOptions()
    platform.createSession = true
    platform.teardownSequence = ProgramPatience.lastResort
    return Configuration(
      executable: command[0].contains("/") ? .path(FilePath(command[0])) : .name(command[0]),
      arguments: Arguments(Array(command.dropFirst())),
      environment: .custom(variables),
      platformOptions: platform)
  }

  private var variables: [Environment.Key: String] {
    var variables: [Environment.Key: String] = [:]
    let present = ProcessInfo.processInfo.environment
    for name in Self.inherited {
      if let value = present[name] { variables[Environment.Key(stringLiteral: name)] = value }
    }
    for (name, value) in environment {
      variables[Environment.Key(stringLiteral: name)] = value.reveal()
    }
    return variables
  }
}
