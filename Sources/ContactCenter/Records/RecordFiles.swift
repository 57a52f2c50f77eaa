import EventMapping
import PatchbayCore
import PatchbayJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files that paths and patterns name.
enum RecordFiles {
  /// In how many chunks of a file its first time is looked for.
  private static let headChunks = 16

  /// The files, of a pattern in the order of their names, each once.
  ///
  /// - Throws: `UnreadableInput` if there is none for a pattern.
  static func named(by paths: [String]) throws -> [String] {
    var seen: Set<String> = []
    return try paths.flatMap { try files(of: $0) }.filter { seen.insert($0).inserted }
  }

  /// Whether a path names files by a pattern; one of a file that has such a name is none.
  static func isPattern(_ path: String) -> Bool {
    path.contains { "*?[".contains($0) } && access(path, F_OK) != 0
  }

  /// The files that options name, where there are several in the order of their first times.
  ///
  /// Those in whose beginning nothing has a time come last. Pipes can be read once: with one of them, the order is
  /// as given.
  ///
  /// - Parameter mapping: by which they are read, if each record is an event.
  /// - Throws: `UnreadableInput` if there is none for a pattern, or one can't be read.
  static func inOrder(
    _ options: RecordsOptions, _ mapping: MappingConnection?
  ) async throws -> [String] {
    let paths = try named(by: options.path)
    if paths.count == 1 || !paths.allSatisfy(RegularFile.isOne) { return paths }
    var firsts: [(path: String, time: Timestamp?)] = []
    for path in paths { firsts.append((path, try await firstTime(of: path, options, mapping))) }
    let timed = firsts.compactMap { first in first.time.map { (first.path, $0) } }
    // Those of one time stay in the order of their names.
    return timed.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
      .map(\.element.0) + firsts.filter { $0.time == nil }.map(\.path)
  }

  /// The first time in the beginning of a file; nil if there is none, whatever is wrong with it: that is told when
  /// it is read.
  private static func firstTime(
    of path: String, _ options: RecordsOptions, _ mapping: MappingConnection?
  ) async throws -> Timestamp? {
    let input = try await RecordInput.open(path)
    var services = ServiceReader(options, isBrief: false)
    let valuePaths = services.names.map { ValuePath($0) }
    var events = mapping?.makeRecordReader(ids: "")
    var records = RecordReader(path, options, names: mapping?.places ?? services.names)
    for _ in 0..<headChunks {
      guard let chunk = try? await input.next(), let items = try? records.items(in: chunk) else {
        return nil
      }
      for item in items {
        if events != nil {
          var batch = EventBatch(symbols: SymbolTable())
          let hasOne = try? events?.append(
            item, 1, to: &batch, intended: Timestamp(nanoseconds: 0))
          if hasOne ?? false, batch[0].has(.timestamp) { return batch[0].timestamp }
          continue
        }
        let time: Timestamp? =
          switch item {
          case .row(let fields, _): services.time(of: fields)
          case .object(let scopes, _):
            services.time(of: ObjectFields(scopes: scopes, paths: valuePaths))
          case .nothing, .whole, .problem: nil
          }
        if let time { return time }
      }
      if chunk.isEmpty { return nil }
    }
    return nil
  }

  /// What `glob(3)` finds; a path without a pattern, or of a file that has such a name, is itself.
  private static func files(of path: String) throws -> [String] {
    guard isPattern(path) else { return [path] }
    var found = glob_t()
    defer { globfree(&found) }
    let result = glob(path, 0, nil, &found)
    let files = (0..<Int(found.gl_pathc)).compactMap {
      found.gl_pathv[$0].map { String(cString: $0) }
    }
    if result != 0 || files.isEmpty { throw UnreadableInput("no file matches \(path)") }
    return files
  }
}
