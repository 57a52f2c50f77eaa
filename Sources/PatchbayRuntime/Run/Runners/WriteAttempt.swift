import PatchbayCore

/// A batch on its way into a sink: what is left of it, and how often it was tried.
struct WriteAttempt: Sendable {
  /// How often a write is tried, and how long the first pause is; each is twice the one before.
  private static let most = 4
  private static let firstPause = Duration.milliseconds(100)

  private(set) var rest: EventBatch
  private let books: WriteBooks
  private var number = 1
  private var pause = Self.firstPause

  init(_ batch: EventBatch, _ books: WriteBooks) {
    rest = batch
    self.books = books
  }

  /// Books the end of a try, and waits until the next one.
  ///
  /// - Parameter write: what gives the result of the try, from what is left of the batch.
  /// - Returns: whether it is to be tried again.
  mutating func complete(_ write: (EventBatch) async throws -> WriteResult) async -> Bool {
    let problem: String
    do {
      let result = try await write(rest)
      let left = books.enter(result, of: rest)
      if left.isEmpty { return false }
      rest = left
      problem = result.problem ?? "did not take \(left.count) events"
    } catch let error as DeliveryError {
      books.refuse(rest, error.description)
      return false
    } catch {
      problem = "\(error)"
    }
    guard number < Self.most, !books.services.abort.isSet,
      (try? await books.services.clock.sleep(for: pause)) != nil
    else {
      books.refuse(rest, problem)
      return false
    }
    number += 1
    pause *= 2
    return true
  }
}
