import Glibc
import PatchbayTesting

/// nginx on 127.0.0.1, with one port for plain text and one for TLS.
struct Nginx {
  static let path = "/usr/sbin/nginx"
  static let isInstalled =
    access(path, X_OK) == 0 && access(PrivateAuthority.openssl, X_OK) == 0

  let url: String
  let tlsURL: String
  let authority: PrivateAuthority

  /// Runs nginx while the body runs.
  ///
  /// It inherits sockets that listen already, as when it replaces itself by a newer version.
  /// So there is no moment at which it can't be connected to.
  static func run<Value>(_ body: (Nginx) async throws -> Value) async throws -> Value {
    try await TemporaryDirectory.run { directory in
      let authority = try PrivateAuthority(in: directory)
      let plain = try TCPSocket.listening()
      defer { close(plain.descriptor) }
      let tls = try TCPSocket.listening()
      defer { close(tls.descriptor) }
      let file = directory + "/nginx.conf"
      try TemporaryDirectory.write(
        settings(plainPort: plain.port, tlsPort: tls.port, directory, authority), to: file)
      let process = try await start(
        file, in: directory, descriptors: [plain.descriptor, tls.descriptor])
      defer { process.terminate() }
      return try await body(
        Nginx(
          url: "http://127.0.0.1:\(plain.port)", tlsURL: "https://127.0.0.1:\(tls.port)",
          authority: authority))
    }
  }

  /// Starts it and waits until it has read its settings: connections are taken by the system from the first moment on, so
  /// one that hasn't come up would only be seen as a server that never answers.
  private static func start(
    _ file: String, in directory: String, descriptors: [Int32]
  ) async throws -> ChildProcess {
    for attempt in 1...2 {
      let process = try ChildProcess(
        path, ["-p", directory, "-c", file, "-e", directory + "/error.log"],
        environment: ["NGINX=3;4;"], descriptors: descriptors, output: directory + "/output.log")
      for _ in 0..<1_000 {
        if access(directory + "/nginx.pid", F_OK) == 0 { return process }
        try await Task.sleep(for: .milliseconds(10))
      }
      process.terminate()
      let logs = ["error.log", "output.log"].map {
        (try? TemporaryDirectory.read(directory + "/" + $0)) ?? ""
      }
      print("nginx didn't come up, attempt \(attempt): \(logs)")
    }
    throw SystemError("nginx didn't come up twice", code: ETIMEDOUT)
  }

  private static func settings(
    plainPort: Int, tlsPort: Int, _ directory: String, _ authority: PrivateAuthority
  ) -> String {
    """
    daemon off;
    worker_processes 1;
    pid \(directory)/nginx.pid;
    events {}
    http {
      access_log off;
      client_body_temp_path \(directory)/bodies;
      proxy_temp_path \(directory)/proxy;
      fastcgi_temp_path \(directory)/fastcgi;
      uwsgi_temp_path \(directory)/uwsgi;
      scgi_temp_path \(directory)/scgi;
      client_max_body_size 16m;
      client_body_buffer_size 16m;
      server {
        listen 127.0.0.1:\(plainPort);
        listen 127.0.0.1:\(tlsPort) ssl http2;
        ssl_certificate \(authority.certificateFile);
        ssl_certificate_key \(authority.keyFile);
        location = /plain { return 200 "$request_method $content_length $http_expect"; }
        location = /protocol { return 200 "$server_protocol"; }
        location = /closed { return 444; }
        location = /accepted { return 202; }
        location = /small { client_max_body_size 1k; return 200; }
        location = /old { keepalive_timeout 0; return 200 "old"; }
        location = /upload {
          proxy_pass http://127.0.0.1:\(plainPort)/plain;
          proxy_set_header Expect "";
        }
      }
    }
    """
  }
}
