import EventContracts
import Foundation
import TestSupport
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
    private func parse(_ text: String) -> EnvironmentFile {
        EnvironmentFile(Array(text.utf8), path: ".env")
    }

    @Test(
        "a line is read as it is meant",
        arguments: [
            ("A=b", "b"), ("A = b ", "b"), ("export A=b", "b"), ("  A=b # note", "b"), ("A=b#c", "b#c"), ("A=", ""),
            ("A=#c", "#c"), ("A= #c", "#c"), ("A=b=c", "b=c"), (#"A="b # c""#, "b # c"), (#"A='b\n'"#, #"b\n"#),
            (#"A="b\n\"\\\x" # note"#, "b\n\"\\\\x"), ("A=x\nA=y", "y"), ("# A=x\r\n\r\nA=y\r\nB=z\r\n", "y"),
            ("\u{FEFF}A=b", "b"), ("A=ü 😀", "ü 😀"), ("A=it's", "it's"), ("A=\" b \"", " b "), (#"A='a\'b'"#, "a'b"),
            ("A=\"-----BEGIN\nabc\n-----END\"\nB=1", "-----BEGIN\nabc\n-----END"), ("my.app-name=1\nA=b", "b"),
            ("FOO\nA=b", "b"), ("A=b\u{C}c\u{2028}d", "b\u{C}c\u{2028}d"), ("A=\"\u{301}abc\"", "\u{301}abc"),
            ("'A'=b", "b"), ("A=${B}", "${B}"), (#"A='C:\'"#, #"C:\"#),
        ])
    func values(text: String, expected: String) {
        let file = parse(text)
        #expect(file.values["A"] == expected)
        #expect(file.problems.isEmpty)
    }

    @Test("lines that can't be read are all told, by number and without their content; the others are read")
    func problems() {
        let file = parse("OK=1\nhunter2 hunter2\n=hunter2\r\nA=\"hunter2\rB='x' hunter2\n\nC='\nD=1")
        #expect(file.problems.map(\.subject) == [".env:2", ".env:3", ".env:4", ".env:5", ".env:7"])
        #expect(!file.problems.contains { $0.message.contains("hunter2") })
        #expect(file.values == ["OK": "1", "D": "1"])
    }

    @Test(
        "what is no text is a problem",
        arguments: [
            [0x41, 0x3D, 0x00], [0x41, 0x3D, 0xFF], [0xC3],
            Array(repeating: 0x23, count: EnvironmentFile.maximumSize + 1),
        ] as [[UInt8]])
    func noText(bytes: [UInt8]) throws {
        let file = try TemporaryFile(bytes: bytes)
        defer { file.remove() }
        #expect(EnvironmentFile(path: file.path).problems.count == 1)
    }

    @Test(
        "a directory, a device, a path with a NUL byte is a problem; a missing file is not",
        arguments: [("/", 1), ("/dev/zero", 1), ("a\0b", 1), ("/nonexistent/.env", 0)])
    func noFile(path: String, problems: Int) {
        #expect(EnvironmentFile(path: path).problems.count == problems)
    }

    @Test("files at random are read as python-dotenv reads them, or told to be broken")
    func agreement() throws {
        let pieces = [
            "A", "B.c", "export ", "=", " = ", "\n", "\r\n", "\n", " ", "\t", "'", "\"", "#", " # ", "x", "y z", "\\n",
            "\\'", "é", "$", "\u{2028}", "A=b\n", "C='d e'\n",
        ]
        var generator = SeededGenerator(seed: 41)
        let texts = (0..<4000).map { _ in
            (0..<Int.random(in: 1...14, using: &generator))
                .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
        }
        let script = """
            import io, json, sys
            from dotenv.parser import parse_stream
            def read(text):
                bindings = list(parse_stream(io.StringIO(text, newline="")))
                values = {b.key: b.value for b in bindings if b.key is not None and b.value is not None}
                return {"values": values, "broken": sum(b.error for b in bindings)}
            print(json.dumps([read(text) for text in json.load(sys.stdin)]))
            """
        struct Judgement: Decodable {
            var values: [String: String]
            var broken: Int
        }
        let outcome = try OutsideProgram.python(script).run(input: Array(try JSONEncoder().encode(texts)))
        let judgements = try JSONDecoder().decode([Judgement].self, from: Data(outcome.output.utf8))
        #expect(judgements.count == texts.count)
        var sound = 0
        for (text, judgement) in zip(texts, judgements) {
            let file = parse(text)
            #expect(file.problems.count == judgement.broken, "\(text.debugDescription)")
            #expect(file.values == judgement.values, "\(text.debugDescription)")
            if file.problems.isEmpty { sound += 1 }
        }
        #expect(sound > 500)
    }

    @Test("bytes at random never trap")
    func garbage() {
        let alphabet = Array("AB=\"'\\#\n\r\t export é".utf8) + [0, 0xFF]
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<20_000 {
            let bytes = (0..<40).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            _ = EnvironmentFile(bytes, path: ".env")
        }
    }
}
