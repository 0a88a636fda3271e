import ContractGenerator
import ContractModel
import ContractPipeline
import Foundation
import MetricsCompiler
import MonitoringCompiler
import MonitoringGenerator
import SchemaCompiler
import TestSupport
import Testing

/// Numbers at the limits of what a number can be. One that overflows would end the process.
@Suite(.timeLimit(.minutes(20)))
struct NumberLimitTests {
    private static let limits = [
        "9223372036854775807", "-9223372036854775808", "9223372036854", "18446744073709551616", "1e308", "1e-320", "0",
        "-1",
    ]

    /// Compiles a contract and makes all that is generated from it, as far as it has no errors.
    private func use(_ folder: String) throws -> [Diagnostic] {
        var diagnostics = Diagnostics()
        if let checked = CheckedContract(at: folder, diagnostics: &diagnostics) {
            let templates = try #require(TemplateSet(diagnostics: &diagnostics))
            _ = MonitoringGenerator(checked.contract.contract, checked.monitoring).generate(format: .prometheus)
            _ = ContractGenerator(checked.contract, metrics: checked.monitoring.metrics, templates: templates)
                .generate(diagnostics: &diagnostics)
        }
        return diagnostics.sorted
    }

    @Test("a bounded label of the greatest number is an error", arguments: ["{max: N}", "{property: /id, max: N}"])
    func boundedLabel(label: String) throws {
        let manifest = """
            contract: Limits
            version: 1.0.0
            service: s
            topics: {t: {purpose: p, partitions: 1, replication: 1, retention: 7d}}
            messages:
              M: {schema: m.schema.json, topic: t, key: /id, discriminator: /type, events: {e: {}}}
            metrics:
              families:
                limits_calls_total:
                  {type: counter, help: Calls, labels: {l: \(label.replacing("N", with: "9223372036854775807"))}}
            """
        let schema =
            #"{"type": "object", "properties": {"id": {"type": "string"}, "type": {"type": "string", "enum": ["e"]}}, "required": ["id", "type"]}"#
        try Contracts.inFolder(["topics.yaml": manifest, "m.schema.json": schema]) { folder in
            let findings = try use(folder)
            #expect(findings.contains { $0.rule == .invalidValue && $0.message.hasPrefix("'max' must be at most") })
            #expect(findings.count { $0.message.contains("9223372036854775807") } == 1)
        }
    }

    @Test("any number is accepted or reported, without a trap", arguments: 0..<40)
    func anyNumber(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let schemas = Contracts.root.appending(path: "schemas")
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: schemas.path)
        where name.hasSuffix(".json") || name == "topics.yaml" {
            files[name] = try String(contentsOf: schemas.appending(path: name), encoding: .utf8)
        }
        for name in ["topics.yaml", try #require(files.keys.sorted().randomElement(using: &random))] {
            let text = try #require(files[name])
            let numbers = text.matches(of: /[0-9]+(\.[0-9]+)?/).map(\.range)
            let range = try #require(numbers.randomElement(using: &random))
            files[name] = text.replacingCharacters(
                in: range, with: try #require(Self.limits.randomElement(using: &random)))
        }
        try Contracts.inFolder(files) { folder in _ = try use(folder) }
    }
}
