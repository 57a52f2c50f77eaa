import Foundation

/// A folder of Plugins/ that holds Swift files, as Package.swift sees it too.
struct PluginFolder {
  /// A header that must be installed.
  struct SystemLibrary: Decodable {
    let header: String
    let debian: String

    var explanation: String {
      "the header \(header) isn't installed; apt-get install \(debian)"
    }
  }

  private struct Manifest: Decodable {
    var trait: String?
    var systemLibraries: [SystemLibrary]?
  }

  let name: String
  let trait: String?
  let missingLibraries: [SystemLibrary]
  /// Whether a file declares the type by which the module is loaded.
  let declaresEntry: Bool
  private let manifestData: Data

  static func all(in plugins: String) -> [PluginFolder] {
    entries(of: plugins).compactMap { PluginFolder($0, path: "\(plugins)/\($0)") }
  }

  private init?(_ name: String, path: String) {
    let files = Self.entries(of: path).filter { $0.hasSuffix(".swift") }
    if files.isEmpty { return nil }
    self.name = name
    manifestData = FileManager.default.contents(atPath: "\(path)/plugin.json") ?? Data()
    let manifest = try? JSONDecoder().decode(Manifest.self, from: manifestData)
    trait = manifest?.trait
    missingLibraries = (manifest?.systemLibraries ?? []).filter { !Self.isInstalled($0.header) }
    let enumerator = FileManager.default.enumerator(atPath: path)
    let sources = (enumerator?.compactMap { $0 as? String } ?? []).filter {
      $0.hasSuffix(".swift") && !$0.hasPrefix("Tests/")
    }
    declaresEntry = sources.contains { file in
      let text = try? String(contentsOfFile: "\(path)/\(file)", encoding: .utf8)
      return text?.contains("PluginEntry") ?? false
    }
  }

  private static func isInstalled(_ header: String) -> Bool {
    headerFolders.contains { FileManager.default.fileExists(atPath: "\($0)/\(header)") }
  }

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
      let value = ProcessInfo.processInfo.environment[variable] ?? ""
      folders += value.split(separator: ":").map(String.init)
    }
    return folders
  }()

  /// What the plugins are, as a name; Package.swift computes it the same way.
  static func fingerprint(of folders: [PluginFolder]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for folder in folders {
      let missing = folder.missingLibraries.map(\.header).joined(separator: " ")
      for byte in Array(folder.name.utf8) + folder.manifestData + Array(missing.utf8) {
        hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
      }
    }
    return "PLUGINS_" + String(hash, radix: 16)
  }

  private static func entries(of folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
      .filter { !$0.hasPrefix(".") }.sorted()
  }
}
