import ContractModel
import Foundation

/// A folder in the temporary directory, for as long as a test's body runs.
struct ContractFolder {
    let path: String

    static func with<Result>(
        _ files: [String: String] = [:], _ body: (ContractFolder) throws -> Result
    ) throws -> Result {
        let url = FileManager.default.temporaryDirectory.appending(path: "contract-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        let folder = ContractFolder(path: url.path)
        for (name, text) in files { try folder.write(Array(text.utf8), to: name) }
        return try body(folder)
    }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ bytes: [UInt8], to name: String) throws {
        let url = URL(filePath: file(name))
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    /// Reads the contract in the folder.
    func read() -> Reading { Reading(self.path) }
}

/// What came of reading a contract.
struct Reading {
    let contract: Contract?
    let diagnostics: [Diagnostic]
    /// The diagnostics as text, their paths from the contract's folder.
    let text: String

    init(_ folder: String) {
        var diagnostics = Diagnostics()
        contract = ContractReader.read(folder, diagnostics: &diagnostics)
        self.diagnostics = diagnostics.sorted
        text = DiagnosticRenderer(format: .text).render(diagnostics.sorted)
            .replacing(folder + "/", with: "")
    }

    var rules: [Rule] { diagnostics.map(\.rule) }

    /// Reads a manifest that stands beside a sound schema for it.
    static func of(_ manifest: String, files: [String: String] = [:]) throws -> Reading {
        try ContractFolder.with(
            ["topics.yaml": manifest, "order.schema.json": Manifest.schema].merging(files) { $1 }
        ) { $0.read() }
    }
}
