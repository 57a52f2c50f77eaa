import GenesysCloud
public import PatchbayCore

/// How the embedded sandbox behaves.
public struct SandboxOptions: OptionGroup {
  /// How long answers take.
  public let latency: SandboxLatency
  /// What goes wrong, and how often.
  public let faults: SandboxFaults
  /// How many requests a token may make in a fixed window of time; nil for any number.
  public let rateLimit: Rate?
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

  /// Declares and reads the options.
  public init(from options: inout OptionReader) {
    latency = options.value(
      "latency", default: "none", doc: "How long an answer takes, in real time on every clock.")
    faults = options.group("faults", doc: "What goes wrong with event requests, and how often.")
    rateLimit = options.optional(
      "rate_limit",
      doc: """
        How many event requests a token may make in a fixed window on the run's clock, before 429; \
        any number without it.
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
      "permissions", default: WorkspaceAPI.permissions,
      doc: "What tokens permit; posting events takes `\(WorkspaceAPI.requiredPermission)`.")
    bodyLimit = options.value(
      "body_limit", default: .bytes(512_000), .range(.bytes(1)...(.mebibytes(16))),
      doc: "The largest request body, before 413.")
    port = options.value(
      "port", default: 0, .range(0...65_535),
      doc: "The port on the loopback interface; 0 takes any that is free.")
  }
}
