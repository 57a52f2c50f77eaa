/// An injector whose calls are best made on executors of its own, such as the threads that carry its
/// requests: a call begins and ends there, and no thread has to wake another for it.
package protocol ExecutorOwner: Injector {
  /// The executors, among which calls are divided; none for any. Asked once, after `open`.
  var taskExecutors: [any TaskExecutor] { get }
}
