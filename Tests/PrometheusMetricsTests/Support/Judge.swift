import Foundation

/// Programs from outside that read what is written here. Where one is missing its tests fail.
enum Judge {
    struct Failure: Error {
        var message: String
    }

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// What `promtool check metrics` says of an exposition: nothing where it finds no fault.
    static func promtool(_ exposition: [UInt8]) throws -> String {
        let (output, status) = try run("/usr/bin/env", ["promtool", "check", "metrics"], input: exposition)
        return status == 0 ? output : output + "promtool ended with \(status)"
    }

    /// One sample as Python's prometheus_client reads it: numbers as the bits of a double, so that NaN compares too.
    struct Sample: Hashable, Decodable {
        var family: String
        var type: String
        var help: String
        var unit: String
        var name: String
        var labels: [String: String]
        var value: UInt64

        var number: Double { Double(bitPattern: value) }
    }

    static func python(_ exposition: [UInt8], isOpenMetrics: Bool) throws -> [Sample] {
        let python = root + "/.build/judges/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(message: "run scripts/setup-judges first, as make test does")
        }
        let script = """
            import json, struct, sys
            from prometheus_client.\(isOpenMetrics ? "openmetrics." : "")parser import text_string_to_metric_families
            text = sys.stdin.buffer.read().decode("utf-8")
            print(json.dumps([
                {"family": f.name, "type": f.type, "help": f.documentation, "unit": f.unit, "name": s.name,
                 "labels": s.labels, "value": struct.unpack("<Q", struct.pack("<d", s.value))[0]}
                for f in text_string_to_metric_families(text) for s in f.samples]))
            """
        let (output, status) = try run(python, ["-c", script], input: exposition)
        guard status == 0 else { throw Failure(message: output) }
        return try JSONDecoder().decode([Sample].self, from: Data(output.utf8))
    }

    private static func run(
        _ program: String, _ arguments: [String], input: [UInt8]
    ) throws -> (output: String, status: Int32) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let standardInput = Pipe()
        let standardOutput = Pipe()
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = standardOutput
        try process.run()
        // Both programs read all of their input before they write, so neither side waits for the other.
        try standardInput.fileHandleForWriting.write(contentsOf: input)
        try standardInput.fileHandleForWriting.close()
        let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (String(decoding: output, as: UTF8.self), process.terminationStatus)
    }
}
