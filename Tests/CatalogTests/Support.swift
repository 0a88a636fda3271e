import ContractExchange
import ContractModel
import ContractPipeline
import Foundation
import SchemaCompiler
import TestSupport
import Testing

/// Contracts that tests export and document.
enum Catalog {
    static let root = OutsideProgram.root.path

    static func checked(_ path: String) throws -> CheckedContract {
        var diagnostics = Diagnostics()
        let checked = CheckedContract(at: path, diagnostics: &diagnostics)
        return try #require(checked, "\(DiagnosticRenderer(format: .text).render(diagnostics.sorted))")
    }

    static func tda() throws -> CheckedContract { try checked(root + "/schemas") }

    static func export(_ path: String, values: ValueForm = .sent) throws -> ContractExport {
        var diagnostics = Diagnostics()
        let export = ContractExport(try checked(path).contract, values: values, diagnostics: &diagnostics)
        #expect(!diagnostics.hasErrors)
        return export
    }

    /// The folders of all contracts among the fixtures, and that of the platform.
    static let folders: [String] = {
        let fixtures = root + "/Tests/Fixtures"
        let names = ["Contracts", "Generated"].flatMap { kind -> [String] in
            let all = (try? FileManager.default.contentsOfDirectory(atPath: fixtures + "/" + kind)) ?? []
            return all.sorted().map { fixtures + "/" + kind + "/" + $0 }
        }
        return [root + "/schemas"] + names.filter { FileManager.default.fileExists(atPath: $0 + "/topics.yaml") }
    }()

    /// Runs a test with files in a folder that is removed after it.
    static func inFolder<Value>(_ files: [String: String], _ body: (String) throws -> Value) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        return try body(folder.path)
    }

    /// A contract with one message, whose schema a test states.
    static func contract(schema: String, message: String = "{schema: m.schema.json, topic: t}") throws
        -> CompiledContract
    {
        let manifest = """
            contract: Shop
            version: 1.0.0
            service: shop
            topics: {t: {partitions: 1, replication: 1}}
            messages: {M: \(message)}
            """
        return try inFolder(["topics.yaml": manifest, "m.schema.json": schema]) { try checked($0).contract }
    }

    /// Asks a judge about all files of a folder; fails with what it finds.
    static func judge(_ kind: String, in folder: String) throws {
        let judges = root + "/Tests/CatalogJudge"
        let script = try String(contentsOfFile: judges + "/judge.py", encoding: .utf8)
        let judge = try OutsideProgram.python("import sys; sys.argv[0:1] = ['judge.py']\n" + script)
        let outcome = try judge.run(judges, kind, folder)
        #expect(outcome.status == 0, "\(outcome.output)")
    }
}
