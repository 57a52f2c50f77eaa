import Foundation

/// Where the files stand that the tests read.
enum Repository {
  static let root = URL(filePath: #filePath.replacing(#/Tests/RehearsalTests/.*/#, with: ""))
}
