import ArgumentParser
import ContractExchange
import ContractGenerator
import ContractModel
import MonitoringGenerator
import SchemaCompiler

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a contract in the forms that other tools read.",
        discussion: """
            EXAMPLES
              event-contracts export asyncapi my-contract --output asyncapi.yaml
              event-contracts export backstage my-contract --output catalog-info.yaml --check
              event-contracts export kafka-topics my-contract --cluster my-cluster | kubectl apply -f -
              event-contracts export json-schema my-contract --output bundled

            \(ExitStatus.help)
            """,
        subcommands: [AsyncAPI.self, Backstage.self, KafkaTopics.self, JSONSchemas.self])
}

extension AsyncAPIVersion: ExpressibleByArgument {}
extension KafkaTopicExport.Version: ExpressibleByArgument {}

/// The form of encrypted values in an export.
struct ValueOptions: ParsableArguments {
    @Flag(help: "Describe plain values, none of them encrypted. (default: what is sent)")
    var plain = false

    var form: ValueForm { plain ? .plain : .sent }
}

/// The file of an export.
struct ExportOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "The file to write. (default: standard output)", completion: .file())
    var output: String?

    @Flag(help: "Write nothing; print a diff and exit with 1 if the file differs.")
    var check = false

    @OptionGroup var options: ReportOptions

    func validate() throws {
        if check, output == nil { throw ValidationError("--check needs the --output to compare with.") }
    }

    /// Compiles a contract and writes one of its forms; `nil` is a form that can't be written, which is reported.
    func write(
        _ contract: ContractArgument,
        _ form: (CompiledContract, inout Diagnostics) throws -> String?
    ) throws {
        var diagnostics = Diagnostics()
        let (compiled, _) = try contract.compile(options.reporter, diagnostics: &diagnostics)
        guard let text = try form(compiled, &diagnostics), !diagnostics.hasErrors else {
            options.reporter.report(diagnostics)
            throw ExitCode(1)
        }
        guard let output else {
            options.reporter.report(diagnostics)
            StandardStream.output.write(text)
            return
        }
        guard !output.isEmpty else { throw ExitStatus.usage("expected a file to write, found an empty name") }
        let (folder, name) = PathName.split(output)
        try FileOutput(folder: folder.isEmpty ? "." : folder, suffixes: [], reporter: options.reporter).put(
            [GeneratedFile(name: name, contents: text)], check: check, diagnostics: diagnostics)
    }
}

extension Export {
    struct AsyncAPI: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "asyncapi",
            abstract: "Write an AsyncAPI document: channels, operations, messages and Kafka bindings.",
            discussion: """
                An operation is seen from a service: what it sends and what it receives. With --service, the document \
                describes this service alone. Schemas and examples are those of what is sent: encrypted values are \
                strings. Parts of the manifest that AsyncAPI has no place for are written as x-event-contracts, which \
                'event-contracts import asyncapi' reads.
                """)

        @OptionGroup var contract: ContractArgument

        @Option(name: .customLong("asyncapi-version"), help: "The version of AsyncAPI: 3.0, or 3.1.")
        var version: AsyncAPIVersion = .version30

        @Option(help: "A service of the contract, whose operations are described. (default: all)")
        var service: String?

        @OptionGroup var values: ValueOptions
        @OptionGroup var file: ExportOptions

        func run() throws {
            try file.write(contract) { contract, diagnostics in
                let export = ContractExport(contract, values: values.form, diagnostics: &diagnostics)
                let services = export.services
                if let service, !services.contains(service) {
                    let hint = Suggestion.hint(for: service, among: services)
                    throw ExitStatus.usage(
                        "the contract has no service '\(service)'" + (hint.isEmpty ? "" : "; \(hint)"))
                }
                return export.asyncAPI(version: version, service: service)
            }
        }
    }

    struct Backstage: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a catalog-info.yaml for Backstage.",
            discussion: """
                The contract is a system, each topic an API, and each service a component that provides and consumes \
                APIs. Owners and lifecycles are those of the manifest.
                """)

        @OptionGroup var contract: ContractArgument
        @OptionGroup var file: ExportOptions

        func run() throws {
            try file.write(contract) { contract, diagnostics in
                ContractExport(contract, diagnostics: &diagnostics).backstage(diagnostics: &diagnostics)
            }
        }
    }

    struct KafkaTopics: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a KafkaTopic of Strimzi for each topic.")

        @OptionGroup var contract: ContractArgument

        @Option(help: "The name of the Kafka resource that the topics belong to.")
        var cluster: String

        @Option(help: "The namespace of the resources.")
        var namespace: ResourceMetadata.Namespace?

        @Option(help: "A label of the resources; repeatable.")
        var label: [ResourceMetadata.Label] = []

        @Option(
            name: .customLong("api-version"), help: "The version of the resource: v1, or v1beta2 (Strimzi before 0.49)."
        )
        var version: KafkaTopicExport.Version = .v1

        @OptionGroup var file: ExportOptions

        func validate() throws {
            guard ResourceMetadata.Namespace(cluster) != nil else {
                throw ValidationError("invalid name '\(cluster)' of a Kafka resource.")
            }
        }

        func run() throws {
            try file.write(contract) { contract, _ in
                KafkaTopicExport(
                    contract, version: version, cluster: cluster,
                    metadata: ResourceMetadata(namespace: namespace, labels: label)
                ).text()
            }
        }
    }

    struct JSONSchemas: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "json-schema",
            abstract: "Write the schema of each message in one file.",
            discussion: """
                Schemas of other files become definitions, so that a file refers to nothing outside of it. A schema of \
                an earlier draft is written twice: in its own draft, and in 2020-12; one whose files have different \
                drafts is written in 2020-12 alone. It is the schema of what is sent: encrypted values are strings.
                """)

        @OptionGroup var contract: ContractArgument

        @Option(name: .shortAndLong, help: "The folder to write the files to.", completion: .directory)
        var output: String

        @OptionGroup var values: ValueOptions

        @Flag(help: "Write nothing; print a diff and exit with 1 if files differ.")
        var check = false

        @OptionGroup var options: ReportOptions

        func run() throws {
            var diagnostics = Diagnostics()
            let (compiled, _) = try contract.compile(options.reporter, diagnostics: &diagnostics)
            let export = ContractExport(compiled, values: values.form, diagnostics: &diagnostics)
            guard !diagnostics.hasErrors else {
                options.reporter.report(diagnostics)
                throw ExitCode(1)
            }
            try FileOutput(folder: output, suffixes: [ContractExport.schemaSuffix], reporter: options.reporter).put(
                export.jsonSchemas(), check: check, diagnostics: diagnostics)
        }
    }
}
