import ArgumentParser
import ContractEvolution
import ContractExchange
import ContractModel
import SchemaCompiler

struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Validate messages against a contract.",
        usage: "event-contracts validate [<contract>] <file> [--message <message>] [--records] [<options>]",
        discussion: """
            Reads one JSON text, or JSON lines where the file's name ends in .jsonl or .ndjson, or where it holds \
            several texts. Lines are validated as they are read, so a file may be of any size and a pipe need not end. \
            Each failure is written with its line and the JSON Pointer of the value. Exits with 1 where a message is \
            not valid.

            With --format json, each text has a line of JSON on standard output, in the output formats of JSON Schema: \
            "valid", and with --detail basic "errors" with "instanceLocation", "keywordLocation", \
            "absoluteKeywordLocation" and "error".

            The message of each text is found by its discriminator, unless --message states it. With --records, the \
            texts are records as JSONLinesTransport writes them, and the value of each is validated. State the names \
            of topics where the service that wrote them has other ones than the contract: some messages are identified \
            by their topic alone.

            EXAMPLES
              event-contracts validate my-contract orders.jsonl
              event-contracts validate my-contract --records records.jsonl
              event-contracts validate --records --topic-prefix dev_ records.jsonl
              curl -s https://example.org/orders/1 | event-contracts validate -

            \(ExitStatus.help)
            """)

    @Option(help: "The message to validate all texts as, such as JobMessage. (default: found by the discriminator)")
    var message: String?

    @Flag(help: "Read the lines as records of JSONLinesTransport.")
    var records = false

    @Option(
        help: ArgumentHelp(
            "The prefix of topic names in records, as in KAFKA_TOPIC_PREFIX. (default: the contract's)",
            valueName: "prefix"))
    var topicPrefix: String?

    @Option(
        name: .customLong("topic"),
        help: ArgumentHelp(
            "The whole name of a topic in records, as in KAFKA_<KEY>_TOPIC. May be repeated.", valueName: "key=name"))
    var topics: [String] = []

    @Flag(help: "Validate messages as they are sent, with encrypted values.")
    var encrypted = false

    @Argument(
        help: ArgumentHelp(
            "The contract, where it is not the default, and the file with messages; - reads standard input.",
            valueName: "paths"),
        completion: .file())
    var paths: [String]

    @Option(help: "The number of findings to show; the rest are counted.")
    var maxFindings = 1000

    @Option(help: "Stop at this many messages that are not valid.")
    var stopAfter: Int?

    @Option(help: "The parts of a result that --format json writes.")
    var detail: MessageResult.Detail = .basic

    @OptionGroup var options: ReportOptions

    private var file: String { paths.last ?? "-" }

    func validate() throws {
        if file.isEmpty { throw ValidationError("expected a file, found an empty name") }
        if maxFindings < 0 {
            throw ValidationError("expected a number from 0 for --max-findings, found \(maxFindings)")
        }
        if let stopAfter, stopAfter < 1 {
            throw ValidationError("expected a number from 1 for --stop-after, found \(stopAfter)")
        }
        if !records, topicPrefix != nil || !topics.isEmpty {
            throw ValidationError("expected --records with --topic-prefix and --topic: messages have no topic")
        }
        guard paths.count > 2 else { return }
        throw ValidationError("expected a contract and one file, found \(paths.count) paths")
    }

    func run() throws {
        let contract = ContractPath(paths.count > 1 ? paths.first : nil)
        var diagnostics = Diagnostics(today: .today)
        let compiled = try contract.compile(options.reporter, diagnostics: &diagnostics).contract
        let interpreters =
            encrypted
            ? MessageInterpreter.allEncrypted(of: compiled, diagnostics: &diagnostics)
            : MessageInterpreter.all(of: compiled)
        guard !diagnostics.hasErrors else {
            options.reporter.report(diagnostics)
            throw ExitCode(1)
        }
        let messages = try choice(in: compiled, interpreters)
        guard let input = openInput(diagnostics: &diagnostics) else {
            options.reporter.report(diagnostics)
            throw ExitCode(1)
        }
        // Results of texts, and not findings, are JSON.
        let isJSON = options.format == .json
        let reporter = Reporter(format: isJSON ? .text : options.format, showsSource: false)
        var report = FindingsReport(reporter, limit: maxFindings)
        report.add(diagnostics)
        var checker = MessageChecker(
            file: input.path, content: records ? .record : .message, messages: messages)
        let isRead = check(MessageTexts(input, isLines: records), with: &checker, &report)
        report.finish()
        if options.format == .text {
            let end = checker.invalidCount == stopAfter ? "; stopped there" : ""
            StandardStream.output.write("\(checker.count) checked, \(checker.invalidCount) not valid\(end)\n")
        }
        if checker.invalidCount > 0 || !isRead { throw ExitCode(1) }
    }

    private func choice(
        in contract: CompiledContract, _ interpreters: [MessageInterpreter]
    ) throws -> MessageChoice {
        let topics = try TopicNames(of: contract.contract.topics, prefix: topicPrefix, renamed: topics)
        guard let message else {
            return MessageChoice(among: contract, interpreters: interpreters, topics: topics)
        }
        let index = try contract.index(ofMessage: message)
        return MessageChoice(only: index, of: contract, interpreters: interpreters)
    }

    private func openInput(diagnostics: inout Diagnostics) -> InputFile? {
        if file == "-" { return InputFile.standardInput }
        return InputFile(file, allowsStreams: true, diagnostics: &diagnostics)
    }

    /// Checks text after text and reports what is found.
    ///
    /// - Returns: Whether all that should be read could be.
    private func check(
        _ texts: consuming MessageTexts, with checker: inout MessageChecker, _ report: inout FindingsReport
    ) -> Bool {
        var isAtEnd = false
        while !isAtEnd, checker.invalidCount != stopAfter {
            var diagnostics = Diagnostics()
            if let text = texts.next(diagnostics: &diagnostics) {
                checker.check(text, diagnostics: &diagnostics)
                if options.format == .json {
                    StandardStream.output.write(checker.result.text(detail))
                    diagnostics = Diagnostics()
                }
                if checker.count.isMultiple(of: 1000) { Terminal.showProgress("Checked \(checker.count) messages ...") }
            } else {
                isAtEnd = true
            }
            report.add(diagnostics)
        }
        return !texts.hasFailed
    }
}
