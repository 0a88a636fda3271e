import Foundation

/// A server on 127.0.0.1 that accepts connections and never sends a byte.
package final class SilentServer: Sendable {
    /// The port on 127.0.0.1.
    package let port: UInt16
    private let descriptor: Int32

    /// `127.0.0.1:PORT`.
    package var address: String { "127.0.0.1:\(port)" }

    /// Starts a server, which accepts connections when this returns.
    package init() throws {
        guard let descriptor = try LoopbackSocket.bound(to: 0), listen(descriptor, 16) == 0 else {
            throw Broker.Failure(description: "no socket")
        }
        self.descriptor = descriptor
        port = LoopbackSocket.port(of: descriptor)
    }

    deinit {
        close(descriptor)
    }

    /// Waits until a client has connected. Its connection stays open until the process ends.
    package func waitForClient() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                _ = accept(self.descriptor, nil, nil)
                continuation.resume()
            }
        }
    }
}
