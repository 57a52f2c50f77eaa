import Foundation
import PatchbayCore
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A disk that fails as a seed says, and that knows what a failure of power would leave of it.
final class SimulatedDisk: DiskSimulation {
  /// What goes wrong.
  enum Trouble: Sendable, Equatable {
    case none
    /// Changes with these numbers fail.
    case failure(Set<Int>, Errno)
    /// From one number to another there is no room.
    case full(Range<Int>)
    /// Nothing is changed any more from this number on: the process is killed there.
    case kill(at: Int)
    /// Like a kill, and the machine loses what wasn't saved.
    case powerFailure(at: Int)
  }

  private struct State {
    var count = 0
    var hasCrashed = false
    var descriptors: Set<CInt> = []
    /// How long each file was when it was last saved.
    var saved: [String: Int] = [:]
    /// Files that were replaced since their folders were saved, with what was there before.
    var replaced: [String: [UInt8]?] = [:]
    var faults = 0
  }

  private let trouble: Trouble
  /// Is told, once, when the process is to be taken as killed.
  private let whenCrashed: @Sendable () -> Void
  private let state = Mutex(State())

  /// Makes the disk of a process.
  ///
  /// - Parameters:
  ///   - trouble: what goes wrong.
  ///   - before: that of the process before, unless the power failed since: what that had written without
  ///     saving it may still be lost.
  ///   - whenCrashed: is told, once, when the process is to be taken as killed.
  init(
    _ trouble: Trouble, after before: SimulatedDisk?, whenCrashed: @escaping @Sendable () -> Void
  ) {
    self.trouble = trouble
    self.whenCrashed = whenCrashed
    guard let before else { return }
    let (saved, replaced) = before.state.withLock { ($0.saved, $0.replaced) }
    state.withLock { ($0.saved, $0.replaced) = (saved, replaced) }
  }

  /// Whether the process is to be taken as killed.
  var hasCrashed: Bool { state.withLock { $0.hasCrashed } }
  /// How many changes were asked for.
  var count: Int { state.withLock { $0.count } }
  /// How many of them failed.
  var faults: Int { state.withLock { $0.faults } }

  func admit(_ change: DiskChange) -> DiskAdmission {
    let (admission, crashes) = state.withLock { state in
      let before = state.hasCrashed
      let admission = decide(change, &state)
      return (admission, state.hasCrashed && !before)
    }
    if crashes { whenCrashed() }
    return admission
  }

  private func decide(_ change: DiskChange, _ state: inout State) -> DiskAdmission {
    if state.hasCrashed { return .part(0, .ioError) }
    state.count += 1
    let number = state.count
    var admission = DiskAdmission.all
    switch trouble {
    case .none: break
    case .failure(let numbers, let problem):
      // A file that can't be removed does no harm.
      if case .remove = change { break }
      if numbers.contains(number) { admission = Self.part(of: change, number, problem) }
    case .full(let range):
      guard range.contains(number) else { break }
      switch change {
      case .write: admission = Self.part(of: change, number, .noSpace)
      case .open, .replace, .resize, .save, .remove: break
      }
    case .kill(let end), .powerFailure(let end):
      guard number >= end else { break }
      state.hasCrashed = true
      return Self.part(of: change, number, .ioError)
    }
    if admission != .all { state.faults += 1 }
    return admission
  }

  /// A write is let through in part, anything else not at all.
  private static func part(
    of change: DiskChange, _ number: Int, _ problem: Errno
  ) -> DiskAdmission {
    guard case .write(_, let bytes) = change else { return .part(0, problem) }
    return .part(bytes * (number % 5) / 5, problem)
  }

  func opened(_ path: String, _ descriptor: FileDescriptor) {
    state.withLock { state in
      state.descriptors.insert(descriptor.rawValue)
      // What nobody has written to since the machine was started is safe.
      if state.saved[path] == nil { state.saved[path] = Self.length(of: path) }
    }
  }

  func closing(_ descriptor: FileDescriptor) {
    _ = state.withLock { $0.descriptors.remove(descriptor.rawValue) }
  }

  func saved(_ path: String) {
    let length = Self.length(of: path)
    state.withLock { $0.saved[path] = length }
  }

  func replacing(_ path: String) {
    let before = try? InputFile.contents(of: path, upTo: .max)
    state.withLock { state in
      if state.replaced[path] == nil { state.replaced[path] = .some(before) }
      // The file that takes the place was saved.
      state.saved[path] = .max
    }
  }

  func savedNames(in folder: String, isDeep: Bool) {
    state.withLock { state in
      for path in state.replaced.keys where Self.isIn(path, folder, isDeep) {
        state.replaced[path] = nil
      }
      guard isDeep else { return }
      for path in state.saved.keys where Self.isIn(path, folder, true) { state.saved[path] = .max }
    }
  }

  private static func isIn(_ path: String, _ folder: String, _ isDeep: Bool) -> Bool {
    guard path.hasPrefix(folder + "/") else { return false }
    return isDeep || !path.dropFirst(folder.count + 1).contains("/")
  }

  private static func length(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Lets go of what the process had open; what it was is never used again.
  func crash() {
    let descriptors = state.withLock { state in
      state.hasCrashed = true
      defer { state.descriptors = [] }
      return state.descriptors
    }
    for descriptor in descriptors { close(descriptor) }
  }

  /// Takes away what wasn't saved when the power failed: some of it, as the seed says.
  func losePower(_ random: inout KeyedRandom) {
    let (saved, replaced) = state.withLock { ($0.saved, $0.replaced) }
    for (path, before) in replaced.sorted(by: { $0.key < $1.key }) where random.next() % 2 == 0 {
      if let before {
        try? Data(before).write(to: URL(filePath: path))
      } else {
        unlink(path)
      }
    }
    for (path, length) in saved.sorted(by: { $0.key < $1.key }) {
      let present = Self.length(of: path)
      guard present > length, replaced[path] == nil else { continue }
      let left = length + Int(random.next() % UInt64(present - length + 1))
      truncate(path, off_t(left))
    }
  }
}
