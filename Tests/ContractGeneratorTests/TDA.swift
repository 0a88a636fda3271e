import ContractGenerator
import ContractModel
import ContractPipeline
import Foundation
import MetricsCompiler
import MonitoringCompiler
import SchemaCompiler
import Testing

/// The repository's own contract, and contracts made for a test.
enum Contracts {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func compile(_ path: String) throws -> CompiledContract {
        var diagnostics = Diagnostics()
        let checked = CheckedContract(at: path, diagnostics: &diagnostics)
        return try #require(checked, "\(DiagnosticRenderer(format: .text).render(diagnostics.sorted))").contract
    }

    static func tda() throws -> CompiledContract {
        try compile(root.appending(path: "schemas").path)
    }

    static func generate(_ contract: CompiledContract) throws -> [GeneratedFile] {
        var diagnostics = Diagnostics()
        let templates = try #require(TemplateSet(diagnostics: &diagnostics))
        let metrics = MetricsCompiler.compile(contract, diagnostics: &diagnostics)
        let files = ContractGenerator(contract, metrics: metrics, templates: templates)
            .generate(diagnostics: &diagnostics)
        // What the contract allows of the metrics is left out by its check alone.
        #expect(!diagnostics.hasErrors)
        return files
    }

    /// Runs a test with files in a folder that is removed after it.
    static func inFolder<Value>(_ files: [String: String], _ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return try body(folder.path)
    }
}
