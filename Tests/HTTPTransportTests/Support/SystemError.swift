import Glibc

/// A failed call of the operating system in a test's set-up.
struct SystemError: Error, CustomStringConvertible {
  let call: String
  let code: Int32

  init(_ call: String, code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  var description: String { "\(call): \(strerror(code).map { String(cString: $0) } ?? "\(code)")" }
}
