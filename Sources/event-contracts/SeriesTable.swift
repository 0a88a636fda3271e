import ContractModel
import MetricsCompiler

/// A table of the number of series of each metric family.
enum SeriesTable {
    static func write(_ metrics: CompiledMetrics) {
        var rows = [("family", "from the start", "at most")]
        rows += metrics.families.map { ($0.name, "\($0.initialSeries)", "\($0.maximumSeries)") }
        rows.append(("all", "\(metrics.initialSeries)", "\(metrics.maximumSeries)"))
        let widths = (
            rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0, rows.map(\.2.count).max() ?? 0
        )
        var text = "series:\n"
        for (name, initial, most) in rows {
            text += "  " + name + padding(name, widths.0) + "  " + padding(initial, widths.1) + initial + "  "
            text += padding(most, widths.2) + most + "\n"
        }
        StandardStream.output.write(text)
    }

    private static func padding(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: width - text.count)
    }
}
