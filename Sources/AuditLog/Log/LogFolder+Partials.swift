import PatchbayCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension LogFolder {
  /// Removes partial tiles and bundles that only a tree of more records has.
  ///
  /// - Parameter size: how many records the tree has that counts.
  func removePartials(beyond size: Int) {
    for level in FolderListing.names(in: file("tile")) {
      // Bundles hold records; a tile of a level stands for 256 times as many as one of the level below.
      let records = (0..<(Int(level) ?? 0)).reduce(1) { count, _ in count * Tile.width }
      removePartials(in: file("tile/\(level)"), number: 0, records, beyond: size)
    }
  }

  /// Goes through a folder of tiles, whose names are three digits of their number each.
  private func removePartials(in folder: String, number: Int, _ records: Int, beyond size: Int) {
    for name in FolderListing.names(in: folder) {
      let path = "\(folder)/\(name)"
      if name.hasPrefix("x"), let digits = Int(name.dropFirst()) {
        removePartials(in: path, number: number * 1_000 + digits, records, beyond: size)
      }
      guard name.hasSuffix(".p"), let digits = Int(name.dropLast(2)) else { continue }
      let first = (number * 1_000 + digits) * Tile.width
      for width in FolderListing.names(in: path) {
        guard let count = Int(width), (first + count) * records > size,
          Disk.mayRemove("\(path)/\(width)")
        else { continue }
        unlink("\(path)/\(width)")
      }
    }
  }
}
