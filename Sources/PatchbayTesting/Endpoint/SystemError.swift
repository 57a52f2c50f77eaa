#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A failed call of the operating system in a test's set-up.
package struct SystemError: Error, CustomStringConvertible {
  let call: String
  let code: Int32

  package init(_ call: String, code: Int32 = errno) {
    self.call = call
    self.code = code
  }

  package var description: String {
    "\(call): \(strerror(code).map { String(cString: $0) } ?? "\(code)")"
  }
}
