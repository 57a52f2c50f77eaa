import ContactModel
import GenesysCloud
import HTTPDelivery
import HTTPTesting
import HTTPTransport
import PatchbayCore
import PatchbayJSON
import PatchbayRuntime
import PatchbayTesting
import Reports
import Testing

/// What `patchbay doctor` looks at, what it says, and that it asks for nothing but reads.
struct CheckupTests {
  private func config(
    sandbox: JSONValue? = nil, genesys: [JSONValue.Member] = [],
    injector: String = "genesys-events", agent: String = ""
  ) -> String {
    var connections: [JSONValue.Member] = []
    if case .object(let members)? = sandbox {
      connections.append(.init("sandbox", .object([.init("type", "genesys-sandbox")] + members)))
    }
    let login: [JSONValue.Member] = [
      .init("type", "genesys-cloud"), .init("client_id", "sandbox"),
      .init("client_secret", "sandbox"),
    ]
    let changed = login.filter { member in !genesys.contains { $0.name == member.name } }
    connections.append(.init("genesys", .object(changed + genesys)))
    let config: JSONValue = [
      "run": ["clock": "virtual", "directory": "${FOLDER}/runs"],
      "connections": .object(connections),
      "sources": ["desk": ["type": "scenario", "agent_id": .string(agent)]],
      "injectors": [
        "inject": ["type": .string(injector), "inputs": ["desk"], "connection": "genesys"]
      ],
      "sinks": ["console": ["type": "stdout", "inputs": ["inject", "inject.failed"]]],
    ]
    return config.text()
  }

  private func examine(
    _ config: String, network: (any HTTPNetwork)? = nil,
    clock: any PipelineClock = ManualClock()
  ) async throws -> CheckupReport {
    let rehearsal = try Rehearsal()
    let result = rehearsal.plan(config)
    let plan = try #require(result.plan, "\(result.issues.map { $0.rendered(file: "config") })")
    var environment = RunEnvironment(
      console: rehearsal.console, input: rehearsal.input, logger: Rehearsal.logger, clock: clock)
    if let network { environment.values.network = network }
    return await Checkup(plan, in: environment).run()
  }

  private func checks(_ path: String, _ report: CheckupReport) -> [Check] {
    report.entries.first { $0.path == path }?.checks ?? []
  }

  // MARK: At the sandbox

  @Test func `at the sandbox all is well`() async throws {
    let report = try await examine(config())
    #expect(
      CheckupText(report).text == """
        run  folder
          ✓ run folder   \(report.folder) may be written to

        connections.genesys  genesys-cloud
          ✓ login        the client got a token, good for 1d
          ✓ API          answers for the organisation "Sandbox" and the client "sandbox"
          ✓ clock        agrees with this machine's within 2s
          ✓ rate limit   300 requests in a window, which ends in 60s; 1 made

        injectors.inject  genesys-events
          ✓ permissions  presence:userPresence:inject, routing:routingstatus:inject, \
        conversation:conversation:inject
          ✓ presences    the organisation has all that events name

        Not looked at: sources.desk, sinks.console
        7 good, 0 doubtful, 0 bad, 0 unchecked

        """)
  }

  @Test(arguments: [
    (
      "client_id", "refused with HTTP 400 (invalid_client: client not found)",
      "check \"client_id\", and \"region\": a client exists in its organisation's region alone"
    ),
    (
      "client_secret", "refused with HTTP 401 (invalid_client: authentication failed)",
      "check \"client_secret\"; a new one can be made on the OAuth client's page"
    ),
  ])
  func `a wrong login is told, and what needs it isn't tried`(
    option: String, finding: String, cure: String
  ) async throws {
    let report = try await examine(config(genesys: [.init(option, "wrong")]))
    #expect(checks("connections.genesys", report) == [.bad("login", finding, cure: cure)])
    #expect(
      checks("injectors.inject", report) == [
        .unchecked("connection", "connections.genesys must be mended first")
      ])
  }

  @Test func `missing permissions are named one by one`() async throws {
    let report = try await examine(
      config(sandbox: ["permissions": ["routing:routingstatus:inject"]]))
    let cure = "add it to a role of the OAuth client"
    #expect(
      checks("injectors.inject", report).filter { $0.verdict != .good } == [
        .bad("permission", "presence:userPresence:inject is missing", cure: cure),
        .bad("permission", "conversation:conversation:inject is missing", cure: cure),
      ])
  }

  @Test func `the tutorial's endpoint takes a permission of its own`() async throws {
    let good = try await examine(config(injector: "genesys-workspace"))
    #expect(checks("injectors.inject", good) == [.good("permissions", "interactions:read")])
    let bad = try await examine(
      config(sandbox: ["permissions": ["analytics:query"]], injector: "genesys-workspace"))
    #expect(checks("injectors.inject", bad).map(\.verdict) == [.bad])
  }

  @Test(arguments: [
    ("-5m", "5m behind"), ("2h", "2h ahead of"), ("-20s", "20s behind"), ("30s", "30s ahead of"),
  ])
  func `clocks that disagree`(
    skew: String, difference: String
  ) async throws {
    let report = try await examine(
      config(sandbox: ["faults": ["clock_skew": .string(skew)]]))
    let check = try #require(
      checks("connections.genesys", report).first { $0.subject == "clock" })
    #expect(check.verdict == .doubtful)
    #expect(check.finding == "the server's is \(difference) this machine's")
  }

  @Test func `a used-up rate limit is told`() async throws {
    let report = try await examine(config(sandbox: ["rate_limit": "1/min"]))
    let check = try #require(checks("connections.genesys", report).last)
    #expect(check.verdict == .doubtful)
    #expect(check.finding.hasPrefix("1 request in a window"))
    #expect(checks("injectors.inject", report).map(\.verdict) == [.good, .unchecked])
  }

  @Test func `nobody listens`() async throws {
    let report = try await examine(config(genesys: [.init("region", "http://127.0.0.1:1")]))
    let check = try #require(checks("connections.genesys", report).first)
    #expect(check.verdict == .bad)
    #expect(check.finding.hasPrefix("no answer: 127.0.0.1:1: "), "\(check)")
    #expect(
      check.cure == "check that the server runs, host and port, and firewalls in between")
  }

  @Test func `a sandbox that can't have its port`() async throws {
    try await Rehearsal.withSandbox([:], clock: RealClock()) { url in
      let port = Int(url.split(separator: ":").last ?? "") ?? 0
      let report = try await examine(config(sandbox: ["port": .integer(port)]))
      let check = try #require(checks("connections.sandbox", report).first)
      #expect(check.verdict == .bad)
      #expect(check.finding.contains("\(port)"), "\(check)")
      let unchecked = Check.unchecked(
        "connection", "connections.sandbox must be mended first")
      #expect(checks("connections.genesys", report) == [unchecked])
      #expect(checks("injectors.inject", report).map(\.verdict) == [.unchecked])
      let run = try await Rehearsal().run(config(sandbox: ["port": .integer(port)]))
      #expect(run.failures.count == 1)
      #expect(run.failures.first?.hasPrefix("connections.sandbox: ") == true, "\(run.failures)")
      #expect(run.events.emitted == 0 && run.exitCode == .failure)
    }
  }

  // MARK: At the real platform, as far as a script can stand in for it

  private let real: [JSONValue.Member] = [
    .init("region", "eu-central-1"), .init("allow_real_platform", true),
  ]

  /// Answers as the official client's models say, with changes by path.
  private func platform(_ changes: [String: HTTPResponse] = [:]) -> ScriptedNetwork {
    ScriptedNetwork { request in
      let path = request.url.split(separator: "?")[0]
      if let change = changes.first(where: { path.hasSuffix($0.key) }) { return change.value }
      if path.hasSuffix("/oauth/token") {
        return .answer(
          200, [:], ["access_token": "t", "token_type": "bearer", "expires_in": 86_400])
      }
      if path.hasSuffix("/tokens/me") {
        return .answer(
          200, ["Date": "Thu, 26 Nov 2026 10:00:00 GMT"],
          [
            "organization": ["id": "o", "name": "Bank"],
            "OAuthClient": ["id": "c", "name": "Rehearsals"],
          ])
      }
      if path.hasSuffix("/subjects/me") {
        let policies: [JSONValue] = [
          ["domain": "routing", "entityName": "*", "actions": ["*"]],
          ["domain": "presence", "entityName": "userPresence", "actions": ["view", "inject"]],
          ["domain": "conversation", "entityName": "conversation", "actions": ["inject"]],
        ]
        return .answer(200, [:], ["grants": [["role": ["policies": .array(policies)]]]])
      }
      return .answer(
        200, [:],
        ["entities": .array(SystemPresence.allCases.map { ["id": .string($0.idText)] })])
    }
  }

  /// Three minutes and a half before the scripted platform's time.
  private let clock = ManualClock(
    start: Timestamp("2026-11-26T09:56:30Z") ?? Timestamp(nanoseconds: 0))

  @Test func `only reads are sent, and to the region's hosts`() async throws {
    let network = platform()
    let report = try await examine(config(genesys: real), network: network, clock: clock)
    #expect(
      network.lines == [
        "POST https://login.mypurecloud.de/oauth/token",
        "GET https://api.mypurecloud.de/api/v2/tokens/me",
        "POST https://login.mypurecloud.de/oauth/token",
        "GET https://api.mypurecloud.de/api/v2/authorization/subjects/me?includeFullRoles=true",
        "GET https://api.mypurecloud.de/api/v2/presence/definitions",
      ])
    #expect(network.requests.allSatisfy { $0.method == "POST" || $0.body.isEmpty })
    #expect(
      checks("connections.genesys", report) == [
        .good("login", "the client got a token, good for 1d"),
        .good("API", "answers for the organisation \"Bank\" and the client \"Rehearsals\""),
        .doubtful(
          "clock", "the server's is 3m30s ahead of this machine's",
          cure: "set this machine's clock by NTP: events carry its time, and tokens end by it"),
        .unchecked("rate limit", "the answer names none"),
      ])
  }

  @Test func `a token that the API refuses points to the region`() async throws {
    let body: JSONValue = ["message": "Invalid login credentials.", "code": "bad.credentials"]
    let report = try await examine(
      config(genesys: real), network: platform(["/tokens/me": .answer(401, [:], body)]),
      clock: clock)
    #expect(
      checks("connections.genesys", report).dropFirst().first
        == .bad(
          "API",
          "the token that the login gave is refused: HTTP 401: Invalid login credentials.",
          cure: "check that \"region\" is the organisation's; or it was revoked meanwhile"))
  }

  @Test func `a client of the wrong grant is told`() async throws {
    let words = "client is not authorized to use the client_credential grant type"
    let body: JSONValue = ["error": "unauthorized_client", "description": .string(words)]
    let report = try await examine(
      config(genesys: real), network: platform(["/oauth/token": .answer(400, [:], body)]),
      clock: clock)
    #expect(
      checks("connections.genesys", report) == [
        .bad(
          "login", "refused with HTTP 400 (unauthorized_client: \(words))",
          cure: "give the OAuth client the grant type Client Credentials")
      ])
  }

  @Test func `what can't be read is unchecked, not good`() async throws {
    let clock = ManualClock(
      start: Timestamp("2026-11-26T10:00:00Z") ?? .init(nanoseconds: 0))
    let report = try await examine(
      config(genesys: real),
      network: platform([
        "/subjects/me": .answer(403, [:], ["message": "No.", "code": "not.authorized"]),
        "/presence/definitions": .answer(
          200, [:], ["entities": [["id": "6a3af858-942f-489d-9700-5f9bcdcdae9b"]]]),
      ]), clock: clock)
    let found = checks("injectors.inject", report)
    #expect(found.map(\.verdict) == [.unchecked, .doubtful, .bad])
    #expect(
      found.first
        == .unchecked(
          "permissions", "the platform doesn't tell those of this client: HTTP 403: No.",
          cure: """
            look for presence:userPresence:inject, routing:routingstatus:inject, \
            conversation:conversation:inject in the roles of the OAuth client
            """))
    #expect(found[1].finding.contains("no away, break, busy, idle,"))
  }

  @Test(arguments: [500, 503, 504])
  func `a platform that fails is bad, and said to fail`(status: Int) async throws {
    let failure = HTTPResponse.answer(status, ["Date": "Thu, 26 Nov 2026 10:00:00 GMT"])
    let report = try await examine(
      config(genesys: real), network: platform(["/tokens/me": failure]), clock: clock)
    let check = try #require(
      checks("connections.genesys", report).first { $0.subject == "API" })
    #expect(check.verdict == .bad)
    #expect(check.finding == "/api/v2/tokens/me is refused: HTTP \(status)")
    let rights = try await examine(
      config(genesys: real), network: platform(["/subjects/me": failure]), clock: clock)
    #expect(
      checks("injectors.inject", rights).first?.finding
        == "they can't be read now: HTTP \(status)")
  }

  @Test func `a platform that answers something else isn't taken for one`() async throws {
    let other = HTTPResponse.answer(200, [:], ["hello": "world"])
    let report = try await examine(
      config(genesys: real), network: platform(["/tokens/me": other]), clock: clock)
    #expect(checks("connections.genesys", report)[1].verdict == .bad)
    for path in ["/subjects/me", "/presence/definitions"] {
      let report = try await examine(
        config(genesys: real), network: platform([path: other]), clock: clock)
      #expect(checks("injectors.inject", report).contains { $0.verdict == .unchecked })
    }
  }

  // MARK: Agents

  private let agent = "5a6b7c8d-1111-4222-8333-444455556666"

  @Test func `invented agents are no users of a real organisation`() async throws {
    let report = try await examine(config(genesys: real), network: platform(), clock: clock)
    let check = try #require(checks("injectors.inject", report).last)
    #expect(check.subject == "agents" && check.verdict == .bad)
    #expect(check.cure?.contains("\"agent_id\"") == true)
  }

  @Test func `an agent who is named is looked up`() async throws {
    let user = HTTPResponse.answer(200, [:], ["id": .string(agent), "name": "Ann"])
    let known = try await examine(
      config(genesys: real, agent: agent), network: platform(["/users/\(agent)": user]),
      clock: clock)
    #expect(checks("injectors.inject", known).last == .good("agent", "\(agent) is Ann there"))
    let network = platform(["/users/\(agent)": .answer(404, [:], ["message": "No."])])
    let unknown = try await examine(
      config(genesys: real, agent: agent), network: network, clock: clock)
    #expect(network.lines.last == "GET https://api.mypurecloud.de/api/v2/users/\(agent)")
    #expect(
      checks("injectors.inject", unknown).last
        == .bad(
          "agent", "the organisation has no user \(agent)",
          cure: "give the id of a user: it stands in the address of the user's page"))
    let sandbox = try await examine(config(agent: agent))
    #expect(checks("injectors.inject", sandbox).last?.verdict == .doubtful)
  }

  // MARK: Elsewhere

  @Test(arguments: [
    (200, Check.Verdict.good), (404, .good), (405, .good), (301, .doubtful), (401, .doubtful),
    (403, .doubtful), (500, .doubtful), (503, .doubtful),
  ])
  func `endpoints are asked for their header fields alone`(
    status: Int, verdict: Check.Verdict
  ) async throws {
    let network = ScriptedNetwork { _ in .answer(status) }
    let report = try await examine(
      #"""
      {
        "sources": { "desk": { "type": "scenario" } },
        "injectors": {
          "send": {
            "type": "http", "inputs": ["desk"], "url": "https://target.example/events?key=1",
            "headers": { "Authorization": "Bearer x" }
          }
        },
        "sinks": {
          "qa": { "type": "qa-http", "inputs": ["send"], "url": "https://qa.example/runs" },
          "rest": { "type": "stdout", "inputs": ["send.failed"] }
        }
      }
      """#, network: network)
    #expect(
      network.lines == [
        "HEAD https://target.example/events?key=1", "HEAD https://qa.example/runs",
      ])
    #expect(network.requests.first?.headers.first("Authorization") == "Bearer x")
    #expect(checks("injectors.send", report).map(\.verdict) == [verdict])
    #expect(checks("sinks.qa", report).map(\.verdict) == [verdict])
  }

  @Test(arguments: [
    ("sh", Check.Verdict.good, "/sh may be started; its arguments weren't looked at"),
    ("/etc", .bad, "can't start /etc: it is a folder"),
    ("no-such-program", .bad, "can't start no-such-program: it is in no folder of PATH"),
    ("/etc/passwd", .bad, "can't start /etc/passwd: Permission denied"),
    ("./nothing", .bad, "can't start ./nothing: No such file or directory"),
  ])
  func `programs must be there, and aren't started`(
    program: String, verdict: Check.Verdict, end: String
  ) async throws {
    let report = try await examine(
      #"""
      {
        "sources": { "desk": { "type": "scenario" } },
        "validators": {
          "judge": { "type": "subprocess", "inputs": ["desk"], "command": ["\#(program)"] }
        },
        "sinks": { "out": { "type": "subprocess", "inputs": ["judge"], "command": ["\#(program)"] } }
      }
      """#)
    for path in ["validators.judge", "sinks.out"] {
      let check = try #require(checks(path, report).first)
      #expect(check.verdict == verdict)
      #expect(check.finding.hasSuffix(end), "\(check)")
    }
  }

  @Test func `a folder is no input file, and a file no folder for runs`() async throws {
    let report = try await examine(
      #"""
      {
        "run": { "directory": "/etc/passwd/runs" },
        "sources": { "file": { "type": "jsonl", "path": "${FOLDER}" } },
        "sinks": { "console": { "type": "stdout", "inputs": ["file"] } }
      }
      """#)
    #expect(checks("sources.file", report).first?.finding.hasSuffix(": it is a folder") == true)
    #expect(
      checks("run", report).first?.finding
        == "can't make /etc/passwd/runs: /etc/passwd is no folder")
  }

  @Test func `input files must be there, and aren't opened`() async throws {
    let report = try await examine(
      #"""
      {
        "sources": { "file": { "type": "jsonl", "path": "${FOLDER}/nothing.jsonl" } },
        "sinks": { "console": { "type": "stdout", "inputs": ["file"] } }
      }
      """#)
    let check = try #require(checks("sources.file", report).first)
    #expect(check.verdict == .bad)
    #expect(check.finding.hasSuffix("nothing.jsonl: No such file or directory"))
    #expect(report.unexamined == ["sinks.console"])
  }
}

extension CheckupReport {
  /// The folder of runs that it names.
  fileprivate var folder: String {
    let finding = entries.first?.checks.first?.finding ?? ""
    return String(finding.prefix { $0 != " " })
  }
}
