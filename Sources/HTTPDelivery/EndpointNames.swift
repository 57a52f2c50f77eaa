import HTTPTransport
import PatchbayCore
import Synchronization

/// The names of the endpoints that a sender sends to: method and path, such as `POST /events`, as symbols.
final class EndpointNames: Sendable {
  /// How many are told apart; paths with ids in them would be as many as there are ids.
  private static let most = 64

  private struct State {
    var names: [String: Symbol] = [:]
    /// The last one, which is usually the next one, too.
    var last: (method: String, url: String, symbol: Symbol)?
  }

  private let symbols: SymbolTable
  private let state = Mutex(State())

  init(_ symbols: SymbolTable) {
    self.symbols = symbols
  }

  /// The name of a request's endpoint; missing for those that are too many.
  func symbol(of request: HTTPRequest) -> Symbol {
    state.withLock { state in
      if let last = state.last, last.url == request.url, last.method == request.method {
        return last.symbol
      }
      let name = "\(request.method) \(Self.path(of: request.url))"
      var symbol = state.names[name]
      if symbol == nil, state.names.count < Self.most {
        symbol = symbols.symbol(name)
        state.names[name] = symbol ?? .missing
      }
      state.last = (request.method, request.url, symbol ?? .missing)
      return symbol ?? .missing
    }
  }

  /// The path without query: the host is the connection's affair.
  private static func path(of url: String) -> Substring {
    let rest = url.prefix { $0 != "?" && $0 != "#" }
    // Behind the scheme's two slashes.
    let host = rest.drop { $0 != "/" }.dropFirst(2)
    let path = host.drop { $0 != "/" }
    return path.isEmpty ? "/" : path
  }
}
