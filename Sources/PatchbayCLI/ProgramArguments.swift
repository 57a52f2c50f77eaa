import Foundation

/// What the program was started with.
enum ProgramArguments {
  /// The arguments after the program's name.
  ///
  /// On Linux, Swift looks for them next to the environment and finds none where a library that is
  /// loaded before the program, such as libfaketime, has set a variable and thereby moved it. The
  /// system knows them still.
  static var all: [String] {
    let known = CommandLine.arguments
    if !known.isEmpty { return Array(known.dropFirst()) }
    guard let line = FileManager.default.contents(atPath: "/proc/self/cmdline") else { return [] }
    return line.split(separator: 0, omittingEmptySubsequences: false).dropFirst().dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
