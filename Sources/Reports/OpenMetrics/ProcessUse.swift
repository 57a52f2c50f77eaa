import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What this process takes of the machine; what the system doesn't tell is absent.
package struct ProcessUse: Sendable {
  /// User and system time.
  package var processorSeconds: Double
  package var residentBytes: Int?
  package var openFiles: Int?
  /// When it began, since 1970.
  package var startSeconds: Double?

  /// As it is now.
  package static var current: ProcessUse {
    var use = ProcessUse(
      processorSeconds: 0, residentBytes: nil, openFiles: nil, startSeconds: nil)
    // The fields of proc(5)'s stat behind the name, which may have blanks in it.
    let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
    if let stat = text("/proc/self/stat"), let name = stat.lastIndex(of: ")") {
      let fields = stat[stat.index(after: name)...].split(separator: " ")
      if fields.count > 21 {
        use.processorSeconds = ((Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)) / ticks
        use.residentBytes = Int(fields[21]).map { $0 * Int(sysconf(Int32(_SC_PAGESIZE))) }
        if let boot = bootSeconds, let start = Double(fields[19]) {
          use.startSeconds = boot + start / ticks
        }
      }
    }
    let files = FolderListing.names(in: "/proc/self/fd")
    if !files.isEmpty { use.openFiles = files.count }
    return use
  }

  private static var bootSeconds: Double? {
    text("/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
      .flatMap { Double($0.dropFirst(6)) }
  }

  private static func text(_ path: String) -> String? {
    (try? InputFile.contents(of: path, upTo: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
  }
}
