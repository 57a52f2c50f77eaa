/// Brings messages to a receiver by calls that block; belongs to one thread at a time.
protocol MessageCarrier: AnyObject {
  /// How often it has connected.
  var connections: Int { get }

  /// Connects, unless it is connected.
  ///
  /// - Throws: `PipelineError` with what to do, `CancellationError` when stopped.
  func connect(until stop: StopFlag) throws

  /// Hands messages over in order, as far as it gets; connects if need be.
  ///
  /// After a problem it is not connected.
  func carry(_ messages: [[UInt8]], until stop: StopFlag) -> Handover

  /// Ends the connection and makes sure of what can be made sure of.
  ///
  /// - Throws: `PipelineError` if something handed over is known to be lost, or may be.
  func close(until stop: StopFlag) throws
}
