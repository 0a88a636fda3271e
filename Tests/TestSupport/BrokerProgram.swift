import Foundation

/// The program that a broker of a test is: noida-db, or with `EVENT_CONTRACTS_TEST_KAFKA=IMAGE` in the environment Apache
/// Kafka in a container.
enum BrokerProgram: Sendable {
    case noida(folder: URL)
    case container(name: String, image: String)

    /// The program that the environment asks for.
    ///
    /// - Parameter folder: The folder for the broker's data, unless a container holds them.
    static func chosen(folder: URL) -> BrokerProgram {
        let image = ProcessInfo.processInfo.environment["EVENT_CONTRACTS_TEST_KAFKA"] ?? ""
        return image.isEmpty ? .noida(folder: folder) : .container(name: folder.lastPathComponent, image: image)
    }

    /// Prepares the first start on a port. Fails where there is no such program.
    func prepare(port: UInt16) throws {
        switch self {
        case .noida:
            guard FileManager.default.isExecutableFile(atPath: Self.noidaDB.path) else {
                throw Broker.Failure(description: "no Kafka broker for tests; run scripts/setup-kafka")
            }
        case .container(let name, let image):
            remove()
            try Self.docker(
                ["create", "--name", name, "--publish", "127.0.0.1:\(port):\(port)"] + Self.environment(port: port) + [
                    image
                ]
            )
        }
    }

    /// Starts the program, which writes ``isReady`` when it listens.
    func start(port: UInt16, output: Pipe) throws -> Process {
        let process = Process()
        switch self {
        case .noida(let folder):
            process.executableURL = Self.noidaDB
            process.arguments = [
                "start", "--data-dir", folder.appending(path: "data").path, "--only", "kafka", "--kafka-port",
                String(port),
            ]
        case .container(let name, _):
            process.executableURL = Self.env
            process.arguments = ["docker", "start", "--attach", name]
        }
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// The words that the program writes when it listens.
    var isReady: String {
        switch self {
        case .noida: "press Ctrl-C to stop"
        case .container: "Kafka Server started"
        }
    }

    /// Ends the program as a crash would.
    func kill(_ process: Process) {
        guard process.isRunning else { return }
        switch self {
        case .noida: Foundation.kill(process.processIdentifier, SIGKILL)
        case .container(let name, _): try? Self.docker(["kill", name])
        }
        process.waitUntilExit()
    }

    /// Makes the program write what it has to the disk.
    func save() throws {
        // The files of a container survive the end of its program.
        guard case .noida(let folder) = self else { return }
        let process = Process()
        process.executableURL = Self.noidaDB
        process.arguments = ["restart", "kafka", "--data-dir", folder.appending(path: "data").path]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Broker.Failure(description: "the broker does not save") }
    }

    /// Removes what the program leaves behind outside of its folder.
    func remove() {
        if case .container(let name, _) = self { try? Self.docker(["rm", "--force", name]) }
    }

    private static let noidaDB = OutsideProgram.root.appending(path: ".build/kafka/broker")
    private static let env = URL(filePath: "/usr/bin/env")

    /// One node that is broker and controller, as strict as noida-db: topics are not created by being asked for.
    private static func environment(port: UInt16) -> [String] {
        [
            "NODE_ID": "1", "PROCESS_ROLES": "broker,controller", "CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
            "LISTENERS": "PLAINTEXT://:\(port),CONTROLLER://:9093",
            "ADVERTISED_LISTENERS": "PLAINTEXT://127.0.0.1:\(port)", "CONTROLLER_LISTENER_NAMES": "CONTROLLER",
            "LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "OFFSETS_TOPIC_REPLICATION_FACTOR": "1", "AUTO_CREATE_TOPICS_ENABLE": "false",
        ].sorted { $0.key < $1.key }.flatMap { ["--env", "KAFKA_\($0.key)=\($0.value)"] }
    }

    private static func docker(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = env
        process.arguments = ["docker"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Broker.Failure(description: "docker \(arguments[0]) failed")
        }
    }
}
