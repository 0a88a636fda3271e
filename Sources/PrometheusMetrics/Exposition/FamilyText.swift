/// All that is written for a family in one format and never changes, put together once.
struct FamilyText: Sendable {
    /// The lines before the samples.
    let header: [UInt8]
    /// The names of the samples, as ``FamilyDescription/Kind`` numbers them: for a histogram those of the buckets, the
    /// sum and the count.
    let sampleNames: [[UInt8]]
    /// For each bucket of a histogram, its `le`.
    let upperBounds: [[UInt8]]
    /// OpenMetrics calls a sum of values that may be negative no counter, and forbids it beside a bound below zero, and
    /// the count with it (1.0, "Histogram").
    let includesSum: Bool

    init(name: String, help: String, unit: String?, kind: FamilyDescription.Kind, format: ExpositionFormat) {
        let familyName: String
        var samples = [name]
        var bounds: [Double] = []
        let type: String
        switch kind {
        case .counter, .secondsCounter:
            type = "counter"
            // In OpenMetrics the family has no `_total` and its samples always do; in the older text both are the name.
            familyName = format == .openMetrics ? MetricNames.counterFamily(name) : name
            if format == .openMetrics { samples = [familyName + "_total"] }
        case .gauge:
            type = "gauge"
            familyName = name
        case .histogram(let upperBounds):
            type = "histogram"
            familyName = name
            samples = [name + "_bucket", name + "_sum", name + "_count"]
            bounds = upperBounds + [.infinity]
        }
        let helpLine = Array("# HELP \(familyName) ".utf8) + Escaping.help(help, for: format) + [UInt8(ascii: "\n")]
        let typeLine = Array("# TYPE \(familyName) \(type)\n".utf8)
        switch format {
        case .text:
            header = helpLine + typeLine
            upperBounds = bounds.map { Array("le=\"\(NumberText.bound($0))\"".utf8) }
            includesSum = true
        case .openMetrics:
            let unitLine = unit.map { Array("# UNIT \(familyName) \($0)\n".utf8) } ?? []
            header = typeLine + unitLine + helpLine
            upperBounds = bounds.map { Array("le=\"\(NumberText.canonical($0))\"".utf8) }
            includesSum = bounds.allSatisfy { $0 >= 0 }
        }
        sampleNames = samples.map { Array($0.utf8) }
    }
}
