import ArgumentParser
import ContractModel
import JSONTape
import SchemaCompiler

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Holds messages against a contract.",
        usage: "event-contracts validate [<contract>] --message <message> <file> [--format <format>]",
        discussion: """
            Reads one JSON text, or JSON lines where the file's name ends in .jsonl or .ndjson, or where it holds \
            several texts. Each failure is written with its line and the JSON Pointer of the value. Exits with 1 \
            where a message is not valid.

            EXAMPLES
              event-contracts validate my-contract --message OrderMessage orders.jsonl
              curl -s https://example.org/orders/1 | event-contracts validate --message OrderMessage -

            \(ExitStatus.help)
            """)

    @Option(help: "The message that the texts should be, such as JobMessage.")
    var message: String

    @Argument(
        help: ArgumentHelp(
            "The contract, where it is not the default, and the file with messages; - reads standard input.",
            valueName: "paths"),
        completion: .file())
    var paths: [String]

    @OptionGroup var options: ReportOptions

    /// The most bytes of messages that are read at once.
    private static let maximumSize = 1 << 30

    private var file: String { paths.last ?? "-" }

    func validate() throws {
        if file.isEmpty { throw ValidationError("expected a file, found an empty name") }
        guard paths.count > 2 else { return }
        throw ValidationError("expected a contract and one file, found \(paths.count) paths")
    }

    func run() throws {
        let contract = ContractPath(paths.count > 1 ? paths.first : nil)
        var diagnostics = Diagnostics()
        let compiled = try contract.compile(options.reporter, diagnostics: &diagnostics).contract
        guard let declaration = compiled.messages.first(where: { $0.name == message }) else {
            let names = compiled.messages.map(\.name)
            throw ExitStatus.usage(
                "the contract has no message '\(message)'; \(Suggestion.hint(for: message, among: names))")
        }
        guard let bytes = readInput(diagnostics: &diagnostics) else {
            options.reporter.report(diagnostics)
            throw ExitCode(1)
        }
        let interpreter = PlanInterpreter(plan: declaration.plan, rules: declaration.rules)
        var checker = MessageChecker(file: file == "-" ? "<stdin>" : file, interpreter: interpreter)
        checker.check(bytes)
        diagnostics.append(checker.diagnostics)
        options.reporter.report(diagnostics)
        if options.format == .text {
            StandardStream.output.write("\(checker.count) checked, \(checker.invalidCount) not valid\n")
        }
        if checker.invalidCount > 0 { throw ExitCode(1) }
    }

    private func readInput(diagnostics: inout Diagnostics) -> [UInt8]? {
        file == "-"
            ? FileReader.readStandardInput(maximumSize: Self.maximumSize, diagnostics: &diagnostics)
            : FileReader.read(
                file, maximumSize: Self.maximumSize, allowsStreams: true, diagnostics: &diagnostics)
    }
}

/// Checks the texts of one file, and counts.
struct MessageChecker {
    private let file: String
    private let interpreter: PlanInterpreter
    private(set) var diagnostics = Diagnostics()
    private(set) var count = 0
    private(set) var invalidCount = 0

    init(file: String, interpreter: PlanInterpreter) {
        self.file = file
        self.interpreter = interpreter
    }

    /// One text where the whole is one, else a text a line.
    mutating func check(_ bytes: [UInt8]) {
        var tape = JSONTape()
        guard isCalledLines || (try? tape.parse(bytes)) == nil else {
            check(bytes[...], startingAt: 1)
            return
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard isCalledLines || looksLikeLines(lines, with: &tape) else {
            check(bytes[...], startingAt: 1)
            return
        }
        for (index, line) in lines.enumerated() where !line.allSatisfy(Self.isWhitespace) {
            if count.isMultiple(of: 1000), count > 0 { Terminal.showProgress("Checked \(count) messages ...") }
            check(line, startingAt: index + 1)
        }
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(byte) }

    private var isCalledLines: Bool { file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson") }

    /// Whether a text that is not one JSON text is meant as lines: at least half of several are objects or arrays.
    private func looksLikeLines(_ lines: [ArraySlice<UInt8>], with tape: inout JSONTape) -> Bool {
        let told = lines.filter { !$0.allSatisfy(Self.isWhitespace) }
        var whole = 0
        for line in told where (try? tape.parse(line)) != nil {
            if [.object, .array].contains(tape.kind(at: .root)) { whole += 1 }
        }
        return told.count > 1 && whole > 0 && whole * 2 >= told.count
    }

    private mutating func check(_ text: ArraySlice<UInt8>, startingAt line: Int) {
        count += 1
        var tape = JSONTape()
        do {
            try tape.parse(text)
        } catch {
            invalidCount += 1
            diagnostics.error(
                .invalidJSON, at: place(of: error.offset, in: text, startingAt: line), error.reason.rawValue,
                hint: error.reason == .trailingBytes ? "of several texts, write each on one line (JSON lines)" : nil)
            return
        }
        let failures = interpreter.failures(in: tape)
        if !failures.isEmpty { invalidCount += 1 }
        for failure in failures {
            let pointer = failure.instance.tokens.isEmpty ? "the root" : failure.instance.description
            diagnostics.error(
                .invalidMessage, at: place(of: failure.offset, in: text, startingAt: line),
                "\(pointer): \(failure.message)", hint: "by \(failure.schema)")
        }
        if failures.count == AllFailures.defaultLimit {
            diagnostics.warning(
                .invalidMessage, at: SourceLocation(file: file, line: line),
                "there may be more: only the first \(failures.count) failures of a message are shown")
        }
    }

    private func place(of offset: Int, in text: ArraySlice<UInt8>, startingAt line: Int) -> SourceLocation {
        let place = SourceLocation(file: file, line: line)
        return text.prefix(offset).reduce(into: place) { $0.step(over: $1) }
    }
}
