import CLibcurl

/// Sets options of one easy handle and remembers the first refusal.
struct OptionWriter {
  let handle: UnsafeMutableRawPointer
  /// `CURLE_OK`, or why libcurl refused the first option that it refused.
  private(set) var result = CURLE_OK

  init(_ handle: UnsafeMutableRawPointer) {
    self.handle = handle
  }

  mutating func set(_ option: CURLoption, _ value: Int) {
    note(clibcurl_set_long(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: String) {
    note(clibcurl_set_string(handle, option, value))
  }

  mutating func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
    note(clibcurl_set_pointer(handle, option, value))
  }

  /// Takes a string option back, its default included.
  mutating func clear(_ option: CURLoption) {
    note(clibcurl_set_string(handle, option, nil))
  }

  /// Takes the result of a setting that has a function of its own.
  mutating func note(_ code: CURLcode) {
    if result == CURLE_OK { result = code }
  }
}
