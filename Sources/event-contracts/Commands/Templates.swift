import ArgumentParser
import ContractGenerator
import ContractModel

struct Templates: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List or export the templates that generated files are made from.",
        discussion: """
            To change how generated files look, export the templates, keep those that you change, and pass their \
            folder to 'generate --templates'. Each file there overrides one of the tool's own.

            EXAMPLES
              event-contracts templates export my-templates
              event-contracts generate my-contract --output Sources/MyContract --templates my-templates
            """,
        subcommands: [List.self, Export.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the templates and the names that each may use.")

        func run() {
            for name in TemplateName.allCases {
                StandardStream.output.write("\(name.fileName)\n    \(name.summary)\n")
                show(name.scope, of: nil, indentation: "    ")
            }
        }

        /// Prints the names that are known everywhere, then those of each section.
        private func show(_ scope: TemplateScope, of section: String?, indentation: String) {
            let names = scope.names.sorted().joined(separator: ", ")
            StandardStream.output.write("\(indentation)\(section.map { "in \($0)" } ?? "names"): \(names)\n")
            for (name, inner) in scope.sections.sorted(by: { $0.key < $1.key }) {
                show(inner, of: name, indentation: indentation + "  ")
            }
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the tool's templates into a folder, to start from.",
            discussion: """
                Where one of them is there already, nothing is written, unless --force is given.

                \(ExitStatus.help)
                """)

        @Argument(help: "The folder to write to.", completion: .directory)
        var folder: String

        @Flag(help: "Overwrite existing templates.")
        var force = false

        @OptionGroup var options: ReportOptions

        func run() throws {
            try NewFiles(reporter: options.reporter, replaceable: force ? .all : .none).write(
                TemplateName.allCases.map { ($0.fileName, $0.source) }, to: folder)
        }
    }
}
