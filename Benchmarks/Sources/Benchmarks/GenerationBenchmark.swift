import Foundation

/// How long the tool takes to generate the TDA contract, and contracts of many messages.
struct GenerationBenchmark {
    let tool: URL
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    func run() throws {
        // Beside the sources, as real output is: a machine's temporary folder may be of another kind.
        let folder = root.appending(path: ".build/generation-benchmark-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        print("Generating, whole runs of the tool")
        let tda = try median(5) {
            try generate(root.appending(path: "schemas"), to: folder.appending(path: "tda-\($0)"))
        }
        print("  the TDA contract: \(Int(tda * 1000)) ms (goal 50 ms: \(tda <= 0.05 ? "reached" : "MISSED"))")
        var times: [Double] = []
        for count in [250, 500, 1000] {
            let contract = folder.appending(path: "contract-\(count)")
            try makeContract(of: count, in: contract)
            let time = try median(3) { try generate(contract, to: folder.appending(path: "out-\(count)-\($0)")) }
            times.append(time / Double(count))
            print(
                "  \(count) messages: \(Int(time * 1000)) ms, \(String(format: "%.2f", time / Double(count) * 1000)) ms each"
                    + (count == 1000 ? " (goal 2000 ms: \(time <= 2 ? "reached" : "MISSED"))" : ""))
        }
        let growth = times[2] / times[0]
        print("  a message of 1000 takes \(String(format: "%.2f", growth)) x as long as one of 250 (1 is linear)")
    }

    private func median(_ rounds: Int, _ measure: (Int) throws -> Double) rethrows -> Double {
        try (0..<rounds).map(measure).sorted()[rounds / 2]
    }

    private func generate(_ contract: URL, to output: URL) throws -> Double {
        let process = Process()
        process.executableURL = tool
        process.arguments = ["generate", contract.path, "--output", output.path]
        process.standardOutput = FileHandle.nullDevice
        // waitUntilExit looks only every so often, which would be most of a short run.
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        let start = ContinuousClock.now
        try process.run()
        ended.wait()
        let time = ContinuousClock.now - start
        guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    private struct Failure: Error {
        var status: Int32
    }

    /// A contract of so many messages, each like the TDA platform's job message.
    private func makeContract(of count: Int, in folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let schema = try String(contentsOf: root.appending(path: "schemas/job.schema.json"), encoding: .utf8)
        var manifest = """
            contract: Many
            version: 1.0.0
            service: many
            topics: {many: {partitions: 1, replication: 1}}
            messages:

            """
        for index in 0..<count {
            try Data(schema.replacing("\"job.", with: "\"m\(index).").utf8)
                .write(to: folder.appending(path: "m\(index).schema.json"))
            manifest += """
                  M\(index)Message:
                    schema: m\(index).schema.json
                    topic: many
                    key: /payload/job_id
                    discriminator: /metadata/message_type
                    envelope:
                      /metadata/message_id: "{payload.job_id}-{id}"
                      /metadata/timestamp: "{now}"
                      /metadata/source_service: "{service}"
                    events:
                      m\(index).submitted: {fixed: {/payload/status: submitted}}
                      m\(index).started: {fixed: {/payload/status: running}}
                      m\(index).completed: {fixed: {/payload/status: completed}, requires: [/payload/result_id]}
                      m\(index).failed: {fixed: {/payload/status: failed}, requires: [/payload/error_message]}
                      m\(index).cancelled: {fixed: {/payload/status: cancelled}}

                """
        }
        try Data(manifest.utf8).write(to: folder.appending(path: "topics.yaml"))
    }
}
