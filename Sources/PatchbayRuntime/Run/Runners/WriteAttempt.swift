import PatchbayCore

/// A batch on its way into a sink: what is left of it, and how often it was tried.
struct WriteAttempt: Sendable {
  private(set) var rest: TrackedBatch
  private let account: any WriteAccount
  private var number = 1

  init(_ batch: TrackedBatch, _ account: any WriteAccount) {
    rest = batch
    self.account = account
  }

  /// Settles the result of a try, and waits until the next one.
  ///
  /// - Parameter write: what gives the result of the try, from what is left of the batch.
  /// - Returns: whether it is to be tried again.
  mutating func complete(_ write: (EventBatch) async throws -> WriteResult) async -> Bool {
    let problem: String
    do {
      let result = try await write(rest.batch)
      guard let left = account.settle(result, of: rest) else { return false }
      rest = left
      problem = result.problem ?? "did not take \(left.count) events"
    } catch let error as DeliveryError {
      account.reject(rest, error.description)
      return false
    } catch is CancellationError where account.services.control.has(.cut) {
      account.abandon(rest)
      return false
    } catch {
      problem = "\(error)"
    }
    guard await account.mayTryAgain(after: number, problem) else {
      account.giveUp(rest, problem)
      return false
    }
    number += 1
    return true
  }
}
