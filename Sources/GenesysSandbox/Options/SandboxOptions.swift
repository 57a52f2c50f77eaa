import GenesysCloud
public import PatchbayCore

/// How the embedded sandbox behaves.
public struct SandboxOptions: OptionGroup {
  /// What goes wrong, and how often.
  public let faults: SandboxFaults
  /// How many requests a token may make in a fixed window of time.
  ///
  /// The platform's `client.credentials.token.rate.per.minute` is 300
  /// ([limits](https://developer.genesys.cloud/organization/organization/limits)).
  public let rateLimit: RequestLimit
  /// How long a token is good for, on the run's clock.
  ///
  /// The platform's clients have 5 minutes to 48 hours, by default 24 (`accessTokenValiditySeconds`
  /// of `OAuthClient` in its API description).
  public let tokenLifetime: Duration
  /// The id of the one client that there is.
  public let clientID: String
  /// Its secret.
  public let clientSecret: Secret
  /// What its tokens permit.
  public let permissions: [String]
  /// The largest request body.
  ///
  /// The platform's limit is `request.bytes.max`, 512 000 bytes
  /// ([limits](https://developer.genesys.cloud/organization/organization/limits)).
  public let bodyLimit: ByteCount
  /// The port on 127.0.0.1; 0 for any that is free.
  public let port: Int
  /// The port of the notifications' WebSockets on 127.0.0.1; 0 for any that is free.
  public let notificationPort: Int
  /// Names that its ports answer to beside those of the loopback interface, without a port.
  public let hosts: [String]
  /// Web pages that may use its ports beside its own, such as `http://localhost:3000`.
  public let origins: [String]
  /// Whether tokens and channel ids are the same for the same seed, and so no secret.
  public let repeatableIDs: Bool
  /// How often a socket gets a heartbeat, in real time.
  ///
  /// The platform sends one about every 30 seconds (`listenchannel.go` of the official CLI).
  public let heartbeat: Duration
  /// How many users the organisation has from the start, beside those of `seedData`.
  public let agents: Int
  /// A file of users, queues and the like, or nil.
  public let seedData: String?
  /// Whether a user who is named first by an event or a request joins the organisation.
  public let admitsUnknownUsers: Bool
  /// Whether it refuses what it can't obey and whom it doesn't know, where the platform might not.
  public let isStrict: Bool
  /// How many requests the journal holds; the oldest give way.
  public let journal: Int
  /// How many bytes of bodies the journal holds; the oldest give way.
  public let journalBodies: ByteCount

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    faults = options.group(
      "faults", doc: "How slow it is, what goes wrong with requests, and how often.")
    rateLimit = options.value(
      "rate_limit", default: .rate(.perMinute(300)),
      doc: """
        How many requests a token may make in a fixed window on the run's clock, before 429; \
        `off` for any number.
        """)
    tokenLifetime = options.value(
      "token_lifetime", default: .seconds(24 * 3600), .atLeast(.seconds(1)),
      doc: "How long a token is good for, on the run's clock.")
    clientID = options.value(
      "client_id", default: "sandbox", .nonEmpty,
      .that("without a colon", pattern: "^[^:]*$") { !$0.contains(":") },
      doc: "The id of the client that may ask for tokens.")
    clientSecret = options.value(
      "client_secret", default: Secret("sandbox"),
      doc: "The secret of the client that may ask for tokens.")
    permissions = options.value(
      "permissions",
      default: WorkspaceAPI.permissions + PlatformPermission.allCases.map(\.rawValue),
      doc: "What tokens permit; each operation says in the API's description what it takes.")
    bodyLimit = options.value(
      "body_limit", default: .bytes(512_000), .range(.bytes(1)...(.mebibytes(16))),
      doc: "The largest request body, before 413.")
    port = options.value(
      "port", default: 0, .range(0...65_535),
      doc: "The port on the loopback interface; 0 takes any that is free.")
    notificationPort = options.value(
      "notification_port", default: 0, .range(0...65_535),
      doc: "The port of the notifications' WebSockets; 0 takes any that is free.")
    hosts = options.value(
      "hosts", default: [], .each(.hostName),
      doc: "Names that its ports answer to beside `localhost`, `127.0.0.1` and `[::1]`.")
    origins = options.value(
      "origins", default: [], .each(.origin),
      doc: "Web pages of other origins that may use its ports, such as `http://localhost:3000`.")
    repeatableIDs = options.value(
      "repeatable_ids", default: false,
      doc: """
        Whether tokens and channel ids come from the seed; whoever knows it can then guess them.
        """)
    heartbeat = options.value(
      "heartbeat", default: .seconds(30), .range(.milliseconds(10) ... .seconds(3_600)),
      doc: "How often a notification socket gets a heartbeat, in real time on every clock.")
    agents = options.value(
      "agents", default: 0, .range(0...1_000_000),
      doc: "How many users there are from the start, with ids made from the seed.")
    seedData = options.optional(
      "seed_data", .nonEmpty, .path,
      doc: """
        A JSON file of users, queues, skills, wrap-up codes and presences, \
        `{"users": [{"id": "...", "name": "..."}], "queues": [...]}`.
        """)
    admitsUnknownUsers = options.value(
      "unknown_users", default: true,
      doc: "Whether a user or a queue that is named first joins; else it is refused.")
    isStrict = options.value(
      "strict", default: false,
      doc: "Whether unknown users, and members of bodies that change nothing, are refused.")
    journal = options.value(
      "journal", default: 10_000, .range(0...10_000_000),
      doc: "How many requests, and as many notifications, the journal holds; the oldest give way.")
    journalBodies = options.value(
      "journal_bodies", default: .mebibytes(16), .range(.bytes(0)...(.mebibytes(1_024))),
      doc: "How many bytes of the latest requests' and answers' bodies the journal holds.")
  }
}
