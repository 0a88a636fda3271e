import Foundation
import JSONTape

/// Python's `jsonschema`, a judge from outside. Where there is none, tests that ask it fail: a promise that nothing holds
/// is none.
enum IndependentValidator {
    struct Failure: Error {
        var message: String
    }

    /// The Python that has it; `nil` where none does.
    private static let python = [Repository.path(".build/judges/bin/python"), "/usr/bin/env"].first { path in
        FileManager.default.isExecutableFile(atPath: path)
            && (try? run(path, script: "import jsonschema; print('yes')", input: [])) == "yes\n"
    }

    /// Whether each value is valid by the schema (2020-12) in a file.
    static func areValid(_ values: [JSONValue], schema path: String) throws -> [Bool] {
        guard let python else { throw Failure(message: "run scripts/setup-judges first, as make test does") }
        let script = try """
        import json, sys
        from jsonschema import Draft202012Validator
        schema = json.load(open(\(literal(path))))
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for value in json.load(sys.stdin): print(validator.is_valid(value))
        """
        var writer = JSONWriter()
        writer.write(.array(values))
        return try run(python, script: script, input: writer.finish()).split(separator: "\n").map { $0 == "True" }
    }

    /// A text as Python writes it: JSON's strings are Python's too.
    private static func literal(_ text: String) throws -> String {
        var writer = JSONWriter()
        writer.write(text)
        return String(decoding: try writer.finish(), as: UTF8.self)
    }

    private static func run(_ program: String, script: String, input: [UInt8]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = (program == "/usr/bin/env" ? ["python3"] : []) + ["-c", script]
        let standardInput = Pipe()
        let standardOutput = Pipe()
        process.standardInput = standardInput
        process.standardOutput = standardOutput
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The script reads all of its input before it writes, so neither side waits for the other.
        try standardInput.fileHandleForWriting.write(contentsOf: input)
        try standardInput.fileHandleForWriting.close()
        let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(message: "\(program) ended with \(process.terminationStatus)")
        }
        return String(decoding: output, as: UTF8.self)
    }
}
