import ContractModel

/// A report of findings while a command runs. Past a limit, it only counts them.
struct FindingsReport {
    private let reporter: Reporter
    private let limit: Int
    private var count = 0
    private var firstOmitted: SourceLocation?

    /// - Parameter limit: The number of findings that are shown.
    init(_ reporter: Reporter, limit: Int) {
        self.reporter = reporter
        self.limit = limit
    }

    /// Reports findings, which come after all those that were added before.
    mutating func add(_ diagnostics: Diagnostics) {
        guard !diagnostics.isEmpty else { return }
        let sorted = diagnostics.sorted
        let shown = sorted.prefix(max(limit - count, 0))
        count += sorted.count
        if firstOmitted == nil { firstOmitted = sorted.dropFirst(shown.count).first?.location }
        show(shown)
    }

    /// Reports the number of findings that were not shown.
    mutating func finish() {
        if let firstOmitted {
            show([
                Diagnostic(
                    .warning, .invalidMessage, at: firstOmitted, "\(count - limit) more findings are not shown",
                    hint: "--max-findings shows more of them")
            ])
        }
    }

    private mutating func show(_ diagnostics: some Collection<Diagnostic>) {
        guard !diagnostics.isEmpty else { return }
        var shown = Diagnostics()
        for diagnostic in diagnostics { shown.append(diagnostic) }
        reporter.report(shown)
    }
}
