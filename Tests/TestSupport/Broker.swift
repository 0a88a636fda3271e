import Foundation

/// A Kafka broker for one test: noida-db, which scripts/setup-kafka installs, or Apache Kafka. It has a port and data of its
/// own.
package final class Broker: Sendable {
    /// A broker that can't be started.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(description: String) { self.description = description }
    }

    /// The port on 127.0.0.1.
    package let port: UInt16
    /// The process, which `stop()` ends; used by one test only, one call after another.
    private nonisolated(unsafe) var process: Process
    private let folder: URL
    private let program: BrokerProgram

    /// `127.0.0.1:PORT`.
    package var address: String { "127.0.0.1:\(port)" }

    /// Starts a broker, and returns when it answers.
    package init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "event-contracts-broker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        program = BrokerProgram.chosen(folder: folder)
        // Between the choice of a free port and the broker's use of it, another program can take it.
        for _ in 0..<5 {
            let port = try Self.freePort()
            try program.prepare(port: port)
            if let process = try Self.start(program, port: port) {
                self.port = port
                self.process = process
                return
            }
        }
        try? FileManager.default.removeItem(at: folder)
        throw Failure(description: "the broker does not start; run scripts/setup-kafka")
    }

    deinit {
        kill()
        program.remove()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs a body with a broker, and stops the broker then.
    package static func run<Result>(_ body: (Broker) async throws -> Result) async throws -> Result {
        let broker = try Broker()
        defer { withExtendedLifetime(broker) {} }
        return try await body(broker)
    }

    /// Kills the broker as a crash would; asked to end, it waits for its clients. Records that it acknowledged in its last
    /// second can be missing afterwards (seen with kcat: of 1,000 acknowledged right before the end, all), and so can topics,
    /// unless ``save()`` came in between.
    package func kill() {
        program.kill(process)
    }

    /// Writes all topics and records to the disk. Connections end.
    package func save() throws {
        try program.save()
    }

    /// Starts the broker again after its end, with its port and its data.
    package func restart() throws {
        guard let process = try Self.start(program, port: port) else {
            throw Failure(description: "the broker does not start again")
        }
        self.process = process
    }

    /// - Returns: `nil` where the process ended before it was ready.
    private static func start(_ program: BrokerProgram, port: UInt16) throws -> Process? {
        let output = Pipe()
        let process = try program.start(port: port, output: output)
        var said = ""
        while !said.contains(program.isReady) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                process.waitUntilExit()
                return nil
            }
            said += String(decoding: more, as: UTF8.self)
        }
        // A program whose log nobody reads stops when the pipe is full. Not a readabilityHandler, which many brokers at a time make
        // crash: libdispatch reads a source that the handler has cancelled already (seen with Swift 6.3.1 on Linux).
        Thread.detachNewThread {
            while !output.fileHandleForReading.availableData.isEmpty {}
        }
        return process
    }

    /// Returns a port that nothing uses, below those that systems give to outgoing connections: these can't take the port
    /// while a killed broker has not started again.
    private static func freePort() throws -> UInt16 {
        for _ in 0..<100 {
            let port = UInt16.random(in: 10_000..<32_000)
            if try isFree(port) { return port }
        }
        throw Failure(description: "no free port")
    }

    private static func isFree(_ port: UInt16) throws -> Bool {
        guard let descriptor = try LoopbackSocket.bound(to: port) else { return false }
        close(descriptor)
        return true
    }
}
