import ArgumentParser
import ContractModel
import SchemaCompiler

struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of a message in one text.",
        discussion: """
            The text has all that the schema refers to in other files. It is the schema of what is sent: encrypted \
            values are strings, and their own limits, which are checked before they are encrypted, are not part of it. \
            A schema registry gets the same text, and 'event-contracts validate --encrypted' checks by it. With --plain, \
            it is the schema of the values themselves.

            EXAMPLES
              event-contracts schema OrderMessage my-contract
              event-contracts schema OrderMessage my-contract --plain > order.schema.json

            \(ExitStatus.help)
            """)

    @Argument(help: "The message, such as JobMessage.")
    var message: String

    @OptionGroup var contract: ContractArgument

    @Flag(help: "Print the schema of plain values, none of them encrypted.")
    var plain = false

    @OptionGroup var options: ReportOptions

    func run() throws {
        var diagnostics = Diagnostics()
        let compiled = try contract.compile(options.reporter, diagnostics: &diagnostics).contract
        let message = compiled.messages[try compiled.index(ofMessage: message)]
        let text =
            plain
            ? compiled.plainSchemaText(of: message, diagnostics: &diagnostics)
            : compiled.wireSchemaText(of: message, diagnostics: &diagnostics)
        options.reporter.report(diagnostics)
        guard let text else { throw ExitCode(1) }
        StandardStream.output.write(text + "\n")
    }
}
