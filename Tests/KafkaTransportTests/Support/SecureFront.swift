import EventContracts
import Foundation
import KafkaTransport
import TestSupport
import Testing

/// A broker behind a program with Apache Kafka's own TLS and SASL code: `Tests/KafkaFront`, which scripts/setup-kafka builds.
final class SecureFront: Sendable {
    /// The ways to connect, each with a port of its own.
    enum Listener: Int, CaseIterable, Sendable {
        case tls
        /// TLS with a client certificate.
        case mutual
        /// SASL without TLS.
        case sasl
        /// SASL over TLS.
        case secure
    }

    /// The password of the user `shop`.
    static let password = "geheim-9d1f"

    /// The front of the suite that runs.
    @TaskLocal static var current: SecureFront?

    /// The broker itself, for judges.
    let broker: Broker
    private let ports: [Int]
    private let process: Process
    /// The front ends with it.
    private let input = Pipe()

    private static let folder = OutsideProgram.root.appending(path: ".build/kafka")

    init() throws {
        broker = try Broker()
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        // Ready in half the time without a compiler for code that runs this briefly.
        process.arguments = [
            "java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp",
            "\(Self.folder.path)/front:\(Self.folder.path)/jars/*", "KafkaFront", String(broker.port),
            Self.folder.appending(path: "front").path,
        ]
        var environment = ProcessInfo.processInfo.environment
        environment["FRONT_PASSWORD"] = Self.password
        // A library that Python's package brings along is not for Java.
        environment["LD_PRELOAD"] = nil
        process.environment = environment
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.hasSuffix("\n") {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                throw Broker.Failure(description: "the secure front does not start; run scripts/setup-kafka --tests")
            }
            said += String(decoding: more, as: UTF8.self)
        }
        ports = said.split(whereSeparator: \.isWhitespace).dropFirst().compactMap { Int($0) }
    }

    /// Ends the front and its broker.
    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        broker.kill()
    }

    /// A configuration that is right for a listener, from which tests take away.
    func configuration(_ listener: Listener) -> KafkaConfiguration {
        var configuration = KafkaConfigurationForTests.make("localhost:\(ports[listener.rawValue])")
        var security = KafkaSecurity()
        security.securityProtocol =
            switch listener {
            case .tls, .mutual: .ssl
            case .sasl: .saslPlaintext
            case .secure: .saslSSL
            }
        if listener != .sasl { security.authoritiesFile = Self.certificate("authority") }
        if listener == .mutual {
            security.certificateFile = Self.certificate("client")
            security.keyFile = Self.key("client")
        }
        if listener == .sasl || listener == .secure {
            security.mechanism = .plain
            security.username = "shop"
            security.password = Secret(Self.password)
        }
        configuration.security = security
        return configuration
    }

    static func certificate(_ name: String) -> String { folder.appending(path: "front/\(name).pem").path }
    static func key(_ name: String) -> String { folder.appending(path: "front/\(name).key").path }
}

/// Starts one front for all tests of a suite.
struct WithSecureFront: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        let front = try SecureFront()
        defer { front.end() }
        try await SecureFront.$current.withValue(front) { try await function() }
    }
}
