import PatchbayCore

/// A batch on its way into a sink: what is left of it, and how often it was tried.
struct WriteAttempt: Sendable {
  /// How often a write is tried, and how long the first pause is; each is twice the one before.
  private static let most = 4
  private static let firstPause = Duration.milliseconds(100)

  private(set) var rest: TrackedBatch
  private let account: SinkAccount
  private var number = 1
  private var pause = Self.firstPause

  init(_ batch: TrackedBatch, _ account: SinkAccount) {
    rest = batch
    self.account = account
  }

  /// Settles the result of a try, and waits until the next one.
  ///
  /// - Parameter write: what gives the result of the try, from what is left of the batch.
  /// - Returns: whether it is to be tried again.
  mutating func complete(_ write: (EventBatch) async throws -> WriteResult) async -> Bool {
    let control = account.services.control
    let problem: String
    do {
      let result = try await write(rest.batch)
      guard let left = account.settle(result, of: rest) else { return false }
      rest = left
      problem = result.problem ?? "did not take \(left.count) events"
    } catch let error as DeliveryError {
      account.refuse(rest, error.description)
      return false
    } catch is CancellationError where control.has(.cut) {
      account.counters.abandon(rest)
      return false
    } catch {
      problem = "\(error)"
    }
    guard number < Self.most, !control.has(.cut),
      (try? await account.services.clock.sleep(for: pause)) != nil
    else {
      account.refuse(rest, problem)
      return false
    }
    number += 1
    pause *= 2
    return true
  }
}
