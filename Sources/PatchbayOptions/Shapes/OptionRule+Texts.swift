// Rules for texts that somebody else will take: the file system, or whoever reads a line.

extension OptionRule where Value == String {
  /// Demands a path that a file system can take: no NUL, at most 4 095 bytes, and 255 for each name in it.
  ///
  /// Those are Linux's `PATH_MAX` and `NAME_MAX`. The empty text passes; `nonEmpty` refuses it.
  public static var path: Self {
    .that("a path without NUL, of at most 4095 bytes and 255 for each name in it") { path in
      path.utf8.count <= 4_095 && !path.utf8.contains(0)
        && path.utf8.split(separator: UInt8(ascii: "/")).allSatisfy { $0.count <= 255 }
    }
  }

  /// Demands the name of a file in a folder: no slash, no control character, neither `.` nor `..`, at
  /// most 255 bytes.
  public static var fileName: Self {
    .that(
      "a file name of at most 255 bytes, without \"/\" and control characters, not \".\" or \"..\"",
      pattern: "^[^/]+$"
    ) { name in
      !["", ".", ".."].contains(name) && !name.contains("/") && name.utf8.count <= 255
        && name.isOnOneLine
    }
  }

  /// Demands a text that stays on its line and drives no terminal: no control characters, line
  /// separators, or marks that turn the direction of writing.
  public static var oneLine: Self {
    .that("a text on one line, without control characters") { $0.isOnOneLine }
  }
}

extension String {
  /// Whether it has no control characters, line separators, or marks that turn the direction of writing;
  /// joiners within emoji are fine.
  package var isOnOneLine: Bool {
    unicodeScalars.allSatisfy { scalar in
      let category = scalar.properties.generalCategory
      return category != .control && category != .lineSeparator && category != .paragraphSeparator
        && !scalar.properties.isBidiControl
    }
  }
}
