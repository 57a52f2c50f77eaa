#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's last error.
package enum SystemError {
  /// The reason as the system words it.
  package static var text: String { String(cString: strerror(errno)) }
}
