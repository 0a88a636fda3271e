import ContractModel

/// The texts of the files that findings are about.
struct SourceFiles: Sendable {
    private let lines: [String: SourceLines]

    /// Reads the files. Those that can't be read have no lines.
    init(of diagnostics: [Diagnostic]) {
        var lines: [String: SourceLines] = [:]
        for file in Set(diagnostics.map(\.location.file)) {
            // The finding itself says so where a file can't be read.
            var ignored = Diagnostics()
            if let bytes = FileReader.read(file, diagnostics: &ignored) { lines[file] = SourceLines(bytes) }
        }
        self.lines = lines
    }

    func excerpt(at location: SourceLocation) -> SourceExcerpt? {
        lines[location.file].flatMap { SourceExcerpt(at: location, in: $0) }
    }
}
