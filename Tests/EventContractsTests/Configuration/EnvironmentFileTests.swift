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
        "the forms of a line",
        arguments: [
            ("A=b", "b"), ("A = b ", "b"), ("export A=b", "b"), ("  A=b # note", "b"), ("A=b#c", "b#c"), ("A=", ""),
            ("A=#c", "#c"), ("A= #c", "#c"), ("A=b=c", "b=c"), (#"A="b # c""#, "b # c"), (#"A='b\n'"#, #"b\n"#),
            (#"A="b\n\"\\\x" # note"#, "b\n\"\\\\x"), ("A=x\nA=y", "y"), ("# A=x\r\n\r\nA=y\r\nB=z\r\n", "y"),
            ("\u{FEFF}A=b", "b"), ("A=ü 😀", "ü 😀"), ("A=it's", "it's"), ("A=\" b \"", " b "), (#"A='a\'b'"#, "a'b"),
            ("A=\"-----BEGIN\nabc\n-----END\"\nB=1", "-----BEGIN\nabc\n-----END"), ("my.app-name=1\nA=b", "b"),
            ("A=b\u{C}c\u{2028}d", "b\u{C}c\u{2028}d"), ("A=\"\u{301}abc\"", "\u{301}abc"),
            ("'A'=b", "b"), (#"A='C:\'"#, #"C:\"#), ("A=$B", "$B"), ("A=a$", "a$"),
        ])
    func values(text: String, expected: String) {
        let file = parse(text)
        #expect(file.values["A"] == expected)
        #expect(file.problems.isEmpty)
    }

    @Test(
        "a reference is expanded, except in single quotes",
        arguments: [
            ("B=b\nA=x${B}y", "xby"), ("B=b\nA=\"${B} ${B}\"", "b b"), ("A=${HOME}", "/home/me"),
            ("HOME=other\nA=${HOME}", "/home/me"), ("A=${C:-x y}z", "x yz"), ("C=\nA=${C:-x}", "x"),
            ("A=${EMPTY:-x}", "x"), ("EMPTY=file\nA=${EMPTY}", "file"), ("A=${C:-}", ""), ("A='${B}'", "${B}"),
            (#"A="\${B}""#, "${B}"), ("C=\nA=${C}", ""), ("A=${HOME} # ${B}", "/home/me"), ("A=${HOME}#", "/home/me#"),
        ])
    func references(text: String, expected: String) {
        let file = EnvironmentFile(
            Array(text.utf8), path: ".env", environment: ["HOME": "/home/me", "EMPTY": ""])
        #expect(file.values["A"] == expected)
        #expect(file.problems.isEmpty)
    }

    @Test(
        "a reference that can't be expanded is a problem, and is not quoted",
        arguments: [
            "A=${hunter2}", "A=hunter2${", "A=hunter2${}", "A=${hunter2:-a", "A=${B:?hunter2}", "A=${B-hunter2}",
            "A=\"hunter2 ${hunter2} \"", "A=${A}", "A=\"${hunter2\n}\"", "A=${ hunter2 }",
        ])
    func brokenReferences(text: String) {
        let file = parse(text + "\nC=1")
        #expect(file.problems.map(\.subject) == [".env:1"])
        #expect(!file.problems.contains { $0.message.contains("hunter2") })
        #expect(file.values == ["C": "1"])
        #expect(file.invalidNames == ["A"])
    }

    @Test("variables are those of the file and of the environment, which wins unless its value is empty")
    func variables() throws {
        let file = try TemporaryFile("A=file\nB=file\nC=file\n")
        defer { file.remove() }
        let environment = ["B": "environment", "C": "", "D": "environment"]
        let read = try EnvironmentFileSource.required(file.path).variables(environment: environment)
        #expect(read == ["A": "file", "B": "environment", "C": "file", "D": "environment"])
        #expect(try EnvironmentFileSource.none.variables(environment: environment) == environment)
        #expect(try EnvironmentFileSource.optional(file.path + "x").variables(environment: ["A": "1"]) == ["A": "1"])
        #expect(throws: ConfigurationError.self) {
            try EnvironmentFileSource.required(file.path + "x").variables(environment: [:])
        }
    }

    @Test("references can't expand to more than a file may contain")
    func expansionLimit() {
        let lines = (1...40).map { "A\($0)=${A\($0 - 1)}${A\($0 - 1)}" }
        let file = parse("A0=x\n" + lines.joined(separator: "\n"))
        #expect(file.problems.first?.message == "expected ${NAME} to expand to less text")
        #expect(file.values.values.map(\.utf8.count).reduce(0, +) <= EnvironmentFile.maximumSize * 2)
    }

    @Test(
        "a quoted value that contains a line which sets a variable lacks a quote",
        arguments: [
            "A=\"x\nKAFKA_SASL_PASSWORD=hunter2\nB=\"", "A='\r\n  export KAFKA_ACKS = hunter2'",
            "A=\"x\n# y\nschema_registry_url=hunter2\"",
        ])
    func missingQuote(text: String) {
        let file = parse(text + "\nC=1")
        #expect(
            file.problems == [
                EnvironmentFile.Problem(
                    subject: ".env:1",
                    message: "the quoted value contains a line that sets a variable; a closing quote is missing")
            ])
        #expect(file.values == ["C": "1"])
    }

    @Test("lines that can't be read are all reported, by number and without their content; the others are read")
    func problems() {
        let file = parse("OK=1\nhunter2 hunter2\n=hunter2\r\nA=\"hunter2\rB='x' hunter2\nhunter2\nC='\nD=1")
        #expect(file.problems.map(\.subject) == [".env:2", ".env:3", ".env:4", ".env:5", ".env:6", ".env:7"])
        #expect(!file.problems.contains { $0.message.contains("hunter2") })
        #expect(file.values == ["OK": "1", "D": "1"])
    }

    @Test(
        "invalid UTF-8 is a problem",
        arguments: [
            [0x41, 0x3D, 0x00], [0x41, 0x3D, 0xFF], [0xC3],
            Array(repeating: 0x23, count: EnvironmentFile.maximumSize + 1),
        ] as [[UInt8]])
    func noText(bytes: [UInt8]) throws {
        let file = try TemporaryFile(bytes: bytes)
        defer { file.remove() }
        #expect(EnvironmentFile(.optional(file.path), environment: [:])?.problems.count == 1)
    }

    @Test(
        "a directory, a device, a path with a NUL byte is a problem",
        arguments: ["/", "/dev/zero", "a\0b"])
    func noFile(path: String) {
        #expect(EnvironmentFile(.optional(path), environment: [:])?.problems.count == 1)
    }

    @Test("a missing file is a problem where it is required")
    func missingFile() {
        let path = "/nonexistent/.env"
        #expect(EnvironmentFile(.none, environment: [:]) == nil)
        #expect(EnvironmentFile(.optional(path), environment: [:])?.problems.isEmpty == true)
        #expect(
            EnvironmentFile(.required(path), environment: [:])?.problems
                == [EnvironmentFile.Problem(subject: path, message: "no such file")])
        #expect(
            EnvironmentFile(.required(""), environment: [:])?.problems.map(\.subject) == ["environment file ''"])
    }

    @Test("files at random are read as python-dotenv reads them, except for a name alone, which is a problem")
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
                return {"values": values, "broken": sum(b.error or (b.key is not None and b.value is None) for b in bindings)}
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
        let alphabet = Array("AB=\"'\\#\n\r\t export é${}:-".utf8) + [0, 0xFF]
        var generator = SeededGenerator(seed: 42)
        for _ in 0..<20_000 {
            let bytes = (0..<40).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            _ = EnvironmentFile(bytes, path: ".env")
        }
    }
}
