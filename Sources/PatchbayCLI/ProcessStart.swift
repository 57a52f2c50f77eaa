#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a process that writes files has to see to before anything else.
enum ProcessStart {
  /// Ends the process.
  static func exit(_ code: Int32) -> Never {
    #if canImport(Glibc)
      Glibc.exit(code)
    #else
      Darwin.exit(code)
    #endif
  }

  /// Makes failures of writing errors of the call, and keeps the numbers of the standard streams from
  /// being given to files.
  static func prepare() {
    // A reader that has gone away, and a limit on the size of files, are errors to be told, not the
    // end of the process.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    // The language's own handler would print a crash that is none.
    signal(SIGQUIT, SIG_DFL)
    // A stream that is closed stays unusable: the first file that is opened would get its number, and
    // what is printed would land in that file.
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 {
      let mode = descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY
      let opened = open("/dev/null", mode)
      if opened >= 0, opened != descriptor {
        dup2(opened, descriptor)
        close(opened)
      }
    }
  }
}
