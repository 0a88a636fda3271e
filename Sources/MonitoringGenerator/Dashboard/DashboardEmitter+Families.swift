import ContractModel
import MetricsCompiler
import MonitoringCompiler

/// Panels that show a metric family by its type alone, whatever drives it.
extension DashboardEmitter {
    func panel(of family: CompiledFamily) -> DashboardPanel {
        let labels = family.labels.map(\.name)
        func panel(
            _ unit: String, _ queries: [DashboardPanel.Query], isNotNegative: Bool = true
        ) -> DashboardPanel {
            DashboardPanel(
                title: family.declaration.help.value, summary: "`\(family.name)`", unit: unit, queries: queries,
                isNotNegative: isNotNegative, width: 12)
        }
        switch family.kind {
        case .counter:
            return panel(
                unit(of: family).map { $0 == "bytes" ? "Bps" : "ops" } ?? "ops",
                [.init(expression: rate(family.name, by: labels), legend: legend(labels))])
        case .gauge where isTime(family):
            // A time of 0 means that it has not happened yet.
            return panel(
                "s",
                [
                    .init(
                        expression: "time() - " + PromQLText.max("\(selector(family.name)) > 0", by: labels),
                        legend: legend(labels))
                ])
        case .gauge:
            return panel(
                unit(of: family) ?? "short",
                [.init(expression: selector(family.name), legend: legend(["instance"] + labels))],
                isNotNegative: family.isFromProducer)
        case .histogram:
            return panel(
                unit(of: family) ?? "short", quantiles(of: family), isNotNegative: family.buckets.allSatisfy { $0 >= 0 }
            )
        }
    }

    /// Returns three quantiles of what has been observed.
    func quantiles(of family: CompiledFamily, _ matching: [(String, String)] = []) -> [DashboardPanel.Query] {
        let buckets = rate(family.name + "_bucket", matching, by: ["le"])
        return [0.5, 0.95, 0.99].map { quantile in
            .init(
                expression: "histogram_quantile(\(PromQLText.number(quantile)), \(buckets))",
                legend: "p\(Int((quantile * 100).rounded()))")
        }
    }

    /// Returns whether a gauge has seconds since 1970, of which a person wants to know how long ago that is.
    private func isTime(_ family: CompiledFamily) -> Bool {
        if case .producer(.lastSuccess)? = family.source { return true }
        return family.name.hasSuffix("_timestamp_seconds")
    }

    /// Returns Grafana's name for a family's base unit; `nil` where it has none.
    private func unit(of family: CompiledFamily) -> String? {
        let units = [
            "seconds": "s", "bytes": "bytes", "ratio": "percentunit", "celsius": "celsius", "volts": "volt",
            "amperes": "amp", "joules": "joule", "grams": "massg", "meters": "lengthm", "kelvin": "kelvin",
        ]
        let name = family.name.hasSuffix("_total") ? family.name.dropLast("_total".count) : family.name[...]
        let words = name.split(separator: "_")
        return units[family.declaration.unit?.value ?? words.last.map(String.init) ?? ""]
    }
}
