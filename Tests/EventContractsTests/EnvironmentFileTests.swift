import EventContracts
import Foundation
import Testing

@testable import EventContractsConfiguration

/// A file that lives as long as a test.
struct TemporaryFile {
    let path: String

    init(_ text: String) throws {
        try self.init(bytes: Array(text.utf8))
    }

    init(bytes: [UInt8]) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("event-contracts-\(UUID()).env")
        try Data(bytes).write(to: url)
        path = url.path
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }
}

@Suite(".env files")
struct EnvironmentFileTests {
    @Test(
        "a line is read as python-dotenv reads it",
        arguments: [
            ("A=b", "b"), ("A = b ", "b"), ("export A=b", "b"), ("  A=b # note", "b"), ("A=b#c", "b#c"), ("A=", ""),
            ("A=#c", ""), ("A=b=c", "b=c"), (#"A="b # c""#, "b # c"), (#"A='b\n'"#, #"b\n"#),
            (#"A="b\n\"\\\x" # note"#, "b\n\"\\\\x"), ("A=x\nA=y", "y"), ("# A=x\r\n\r\nA=y\r\nB=z\r\n", "y"),
            ("\u{FEFF}A=b", "b"), ("A=ü 😀", "ü 😀"), ("A=it's", "it's"),
        ])
    func values(text: String, expected: String) throws {
        #expect(try EnvironmentFile.parse(text, path: ".env")["A"] == expected)
    }

    @Test("lines that can't be read are all told, by number and without their content")
    func problems() {
        let error = #expect(throws: ConfigurationError.self) {
            try EnvironmentFile.parse("OK=1\nhunter2\n=hunter2\nA=\"hunter2\nB='x' hunter2\nA-B=hunter2", path: ".env")
        }
        #expect(error?.problems.map(\.subject) == [".env:2", ".env:3", ".env:4", ".env:5", ".env:6"])
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test(
        "what is no text is an error",
        arguments: [
            [0x41, 0x3D, 0x00], [0x41, 0x3D, 0xFF], [0xC3],
            Array(repeating: 0x23, count: EnvironmentFile.maximumSize + 1),
        ] as [[UInt8]])
    func noText(bytes: [UInt8]) throws {
        let file = try TemporaryFile(bytes: bytes)
        defer { file.remove() }
        #expect(throws: ConfigurationError.self) { try EnvironmentFile.read(path: file.path) }
    }

    @Test(
        "a directory, a device, a path with a NUL byte is an error; a missing file is not",
        arguments: [("/", false), ("/dev/zero", false), ("a\0b", false), ("/nonexistent/.env", true)])
    func noFile(path: String, isFine: Bool) {
        if isFine {
            #expect(throws: Never.self) { try EnvironmentFile.read(path: path) }
        } else {
            #expect(throws: ConfigurationError.self) { try EnvironmentFile.read(path: path) }
        }
    }

    @Test("bytes at random never trap")
    func garbage() throws {
        let alphabet = Array("AB=\"'\\#\n\r\t export é".utf8) + [0, 0xFF]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let bytes = (0..<40).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
            let file = try TemporaryFile(bytes: bytes)
            defer { file.remove() }
            _ = try? EnvironmentFile.read(path: file.path)
        }
    }
}
