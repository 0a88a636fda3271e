public import EventContracts
import Logging
public import ServiceLifecycle

extension Producer: Service {
    /// Runs the producer in a `ServiceGroup`: starts it, waits for graceful shutdown, and shuts it down.
    ///
    /// If the task is cancelled instead, the messages that the producer has accepted are still delivered within the
    /// configuration's deadline.
    ///
    /// - Throws: ``ProducerError`` if the producer cannot start. It is then shut down: messages that wait for the start fail
    ///   with the reason.
    public func run() async throws {
        do {
            // A transport that takes long to start does not delay a shutdown.
            try await cancelWhenGracefulShutdown { try await self.start() }
            try await gracefulShutdown()
        } catch ProducerError.cancelled {
            logger.debug("the producer was stopped while it started")
        } catch is CancellationError {
            // It ends the service in the same way.
            logger.debug("the producer's task was cancelled")
        } catch {
            await shutdown()
            throw error
        }
        await shutdown()
    }
}
