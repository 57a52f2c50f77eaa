import Foundation
import PatchbayTesting
import Testing

/// More connections than the sandbox may have descriptors.
@Suite(.needsProgram, .waitsForPrograms, .serialized)
struct DescriptorLimitTests {
  /// Connects until nobody accepts any more; each line on its input frees all connections or asks
  /// for an answer, and it says what came.
  private static let client = #"""
    import socket, sys
    host, port = sys.argv[1], int(sys.argv[2])
    held = []
    for _ in range(200):
        one = socket.socket()
        one.settimeout(5)
        one.connect((host, port))
        held.append(one)
    print("held", flush=True)
    sys.stdin.readline()
    for one in held:
        one.close()
    last = socket.socket()
    last.settimeout(30)
    last.connect((host, port))
    last.sendall(b"GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n" % sys.argv[3].encode())
    print(last.recv(12).decode(), flush=True)
    """#

  @Test(arguments: [false, true])
  func `it waits for a free one instead of asking all the time, and serves again`(
    onNotificationPort: Bool
  ) throws {
    let folder = try TemporaryFolder.make()
    let sandbox = Process()
    sandbox.executableURL = URL(filePath: "/bin/sh")
    let notificationPort = try Self.freePort()
    sandbox.arguments = [
      "-c",
      "ulimit -n 128; exec \"$0\" sandbox --options '{\"notification_port\": \(notificationPort)}'",
      Program.path ?? "",
    ]
    sandbox.currentDirectoryURL = URL(filePath: folder)
    let output = Pipe()
    sandbox.standardOutput = output
    try sandbox.run()
    defer { sandbox.terminate() }
    var text = ""
    while sandbox.isRunning, text.firstMatch(of: /127\.0\.0\.1:([0-9]+)/) == nil {
      text += String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    }
    let port = try #require(text.firstMatch(of: /127\.0\.0\.1:([0-9]+)/)).1

    let client = Process()
    let (orders, answers) = (Pipe(), Pipe())
    client.executableURL = URL(filePath: "/usr/bin/env")
    client.arguments = [
      "python3", "-c", Self.client, "127.0.0.1",
      onNotificationPort ? notificationPort : String(port),
      onNotificationPort ? "/elsewhere" : "/sandbox/state",
    ]
    client.standardInput = orders
    client.standardOutput = answers
    try client.run()
    #expect(line(of: answers) == "held")
    let before = try processorTicks(of: sandbox.processIdentifier)
    let start = ContinuousClock.now
    Thread.sleep(forTimeInterval: 2)
    let ticks = try processorTicks(of: sandbox.processIdentifier) - before
    let seconds = Double((ContinuousClock.now - start).components.seconds)
    // A loop that asks all the time takes all of a processor: 100 ticks a second.
    #expect(Double(ticks) < 20 * seconds, "\(ticks) ticks in \(seconds) s")
    orders.fileHandleForWriting.write(Data("go\n".utf8))
    let answer = line(of: answers)
    #expect(answer.hasPrefix(onNotificationPort ? "HTTP/1.1 4" : "HTTP/1.1 200"), "\(answer)")
    client.waitUntilExit()
  }

  private func line(of pipe: Pipe) -> String {
    var text = ""
    while !text.hasSuffix("\n") {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      text += String(decoding: data, as: UTF8.self)
    }
    return text.trimmingCharacters(in: .newlines)
  }

  private static func freePort() throws -> String {
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = [
      "python3", "-c",
      "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])",
    ]
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The processor time that a process has had, in hundredths of a second.
  private func processorTicks(of process: Int32) throws -> Int {
    let text = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    let fields = text.drop { $0 != ")" }.split(separator: " ").dropFirst()
    return try [
      fields.index(fields.startIndex, offsetBy: 11), fields.index(fields.startIndex, offsetBy: 12),
    ]
    .reduce(0) { $0 + (try #require(Int(fields[$1]))) }
  }
}
