import Glibc
import PatchbayTesting

/// A program that a test starts.
struct ChildProcess {
  private let id: pid_t

  /// Starts a program with some of our descriptors, which it has as 3, 4 and so on.
  ///
  /// It has none of the others, lest it keep another test's connections open, and its output
  /// goes to a file or nowhere.
  init(
    _ path: String, _ arguments: [String], environment: [String] = [],
    descriptors: [Int32] = [], output: String = "/dev/null"
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // By way of high numbers, so that none is overwritten before it is copied.
    for (index, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, 900 + Int32(index))
    }
    for index in 0..<Int32(descriptors.count) {
      posix_spawn_file_actions_adddup2(&actions, 900 + index, 3 + index)
    }
    for descriptor in (3 + Int32(descriptors.count))..<1000 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var strings = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for string in strings + variables { free(string) } }
    // Signals that other tests wait for, or ignore, are the program's own again.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var id = pid_t()
    let result = posix_spawn(&id, path, &actions, &attributes, &strings, &variables)
    guard result == 0 else { throw SystemError("posix_spawn \(path)", code: result) }
    self.id = id
  }

  /// Runs a program to its end, which must be a good one.
  static func run(_ path: String, _ arguments: [String]) throws {
    let status = try ChildProcess(path, arguments).wait()
    guard status == 0 else {
      throw SystemError("\(path) \(arguments.joined(separator: " "))", code: status)
    }
  }

  /// Asks the program to end and waits until it has.
  func terminate() {
    kill(id, SIGTERM)
    _ = wait()
  }

  private func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    return status
  }
}
