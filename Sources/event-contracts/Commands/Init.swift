import ArgumentParser
import ContractModel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Start a contract: a small manifest and a schema.",
        discussion: """
            Files that are there already are never overwritten: where one of them is, nothing is written.

            A folder below Sources that has no Swift file gets one: SwiftPM builds a target only if it has sources, and \
            the plugin GenerateContracts runs only if the target is built.

            EXAMPLES
              event-contracts init my-contract
              event-contracts init Sources/MyService

            \(ExitStatus.help)
            """)

    @Argument(help: "The folder to make.", completion: .directory)
    var folder: String

    @OptionGroup var options: ReportOptions

    func run() throws {
        try refuseMisnamedManifest()
        var files = [(ContractReader.manifestName, Self.manifest), ("order.schema.json", Self.schema)]
        if isTargetWithoutSources { files.append(("Target.swift", Self.source)) }
        try NewFiles(reporter: options.reporter).write(files, to: folder)
        options.reporter.suggestLint(of: folder)
    }

    /// Refuses a folder with a manifest that no command reads: a second one would only hide the mistake.
    private func refuseMisnamedManifest() throws {
        let paths = ["topics.yml", "topics.json"].map { PathName.join(folder, $0) }
        guard let path = paths.first(where: { FileManager.default.fileExists(atPath: $0) }) else { return }
        var diagnostics = Diagnostics()
        diagnostics.error(
            .unwritableOutput, at: SourceLocation(file: path),
            "already exists; nothing was written", hint: "rename it to '\(ContractReader.manifestName)'")
        options.reporter.report(diagnostics)
        throw ExitCode(1)
    }

    /// Whether the folder is that of a target of SwiftPM, and nothing in it would be compiled.
    private var isTargetWithoutSources: Bool {
        guard folder.split(separator: "/").dropLast().contains("Sources") else { return false }
        var diagnostics = Diagnostics()
        return FolderReader.files(below: folder, endings: [".swift"], diagnostics: &diagnostics).files.isEmpty
    }

    private static let source = """
        // SwiftPM builds a target only if it has a Swift file. The others are generated from topics.yaml at each build.

        """

    private static let manifest = """
        # A contract: every topic, every message, and what each event means.

        contract: Shop
        version: 1.0.0
        description: Events of the shop.
        service: shop-backend

        topic_prefix: shop_

        topic_defaults:
          replication: 3
          cleanup: delete

        topics:
          orders:
            purpose: Orders and their changes
            partitions: 6
            retention: 7d

        messages:
          OrderMessage:
            description: The state of an order.
            schema: order.schema.json
            topic: orders
            key: /payload/order_id
            headers:
              content-type: application/json
              message-type: "{metadata.message_type}"
            discriminator: /metadata/message_type
            envelope:
              /metadata/message_id: "order-{payload.order_id}-{now.ms}-{id}"
              /metadata/timestamp: "{now}"
              /metadata/source_service: "{service}"
            events:
              order.placed:
                description: A customer has placed an order.
                fixed: {/payload/status: placed}
                requires: [/payload/total]
              order.shipped:
                description: An order is on its way.
                fixed: {/payload/status: shipped}
                requires: [/payload/tracking_code]
              order.cancelled:
                description: An order will not be fulfilled.
                fixed: {/payload/status: cancelled}

        """

    private static let schema = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Order Message",
          "type": "object",
          "properties": {
            "metadata": {
              "type": "object",
              "description": "The sender, the time and the kind of the message.",
              "properties": {
                "message_id": {"type": "string"},
                "message_type": {"type": "string", "enum": ["order.placed", "order.shipped", "order.cancelled"]},
                "timestamp": {"type": "string", "format": "date-time"},
                "source_service": {"type": "string"},
                "version": {"type": "string", "default": "1.0"}
              },
              "required": ["message_id", "message_type", "timestamp", "source_service"]
            },
            "payload": {
              "type": "object",
              "description": "The order.",
              "properties": {
                "order_id": {"type": "string", "minLength": 1},
                "status": {"type": "string", "enum": ["placed", "shipped", "cancelled"]},
                "total": {"type": "number", "minimum": 0, "description": "In the shop's currency."},
                "tracking_code": {"type": "string"}
              },
              "required": ["order_id", "status"]
            }
          },
          "required": ["metadata", "payload"]
        }

        """
}
