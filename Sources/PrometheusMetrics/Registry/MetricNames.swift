/// The names that Prometheus allows, and those of the series of a family.
enum MetricNames {
    /// Returns whether a name matches `[a-zA-Z_:][a-zA-Z0-9_:]*`.
    static func isMetricName(_ name: String) -> Bool {
        isName(name, colons: true)
    }

    /// Returns whether a name matches `[a-zA-Z_][a-zA-Z0-9_]*` and does not begin with `__`, which Prometheus reserves.
    static func isLabelName(_ name: String) -> Bool {
        isName(name, colons: false) && !name.hasPrefix("__")
    }

    private static func isName(_ name: String, colons: Bool) -> Bool {
        let letters = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            case UInt8(ascii: ":"): colons
            default: false
            }
        }
        guard letters, let first = name.utf8.first else { return false }
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    }

    /// Returns a counter's name without its `_total`: what OpenMetrics calls the family.
    static func counterFamily(_ name: String) -> String {
        name.hasSuffix("_total") ? String(name.dropLast("_total".count)) : name
    }

    /// Returns the name that the unit is at the end of.
    static func unitBearer(_ family: FamilyDescription) -> String {
        switch family.kind {
        case .counter, .secondsCounter: counterFamily(family.name)
        case .gauge, .histogram: family.name
        }
    }

    /// Returns all names that no other family may have, nor one of its samples (OpenMetrics 1.0, "MetricFamily":
    /// suffixes).
    static func taken(by family: FamilyDescription) -> [String] {
        switch family.kind {
        case .counter, .secondsCounter:
            let base = counterFamily(family.name)
            return [base, base + "_total", base + "_created"]
        case .gauge: return [family.name]
        case .histogram: return ["", "_bucket", "_sum", "_count", "_created"].map { family.name + $0 }
        }
    }
}
