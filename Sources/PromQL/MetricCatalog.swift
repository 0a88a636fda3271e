package import ContractModel

/// What can be queried: every series that there is, by its family.
package struct MetricCatalog: Sendable {
    package enum Kind: Hashable, Sendable {
        case counter, gauge
        case histogram(bounds: [Double])
        /// A series that a rule records.
        case recorded
    }

    package struct Family: Sendable {
        package var name: String
        package var kind: Kind
        package var labels: [Label]

        package init(name: String, kind: Kind, labels: [Label]) {
            self.name = name
            self.kind = kind
            self.labels = labels
        }
    }

    package struct Label: Sendable {
        package var name: String
        /// `nil` where any value can occur.
        package var values: [String]?

        package init(name: String, values: [String]?) {
            self.name = name
            self.values = values
        }
    }

    /// A series' name, and what is known of it.
    struct Series {
        var family: Family
        var isCounter: Bool
        var isBucket: Bool
        var labels: [Label]
    }

    package var families: [Family]
    /// Labels that Prometheus adds to every series when it scrapes.
    package var targetLabels: [String]
    /// In milliseconds.
    package var scrapeInterval: Int

    package init(families: [Family], targetLabels: [String] = [], scrapeInterval: Int) {
        self.families = families
        self.targetLabels = ["job", "instance"] + targetLabels
        self.scrapeInterval = scrapeInterval
    }

    /// The series that Prometheus has of itself and of every target.
    private static let own: Set<String> = [
        "ALERTS", "ALERTS_FOR_STATE", "scrape_duration_seconds", "scrape_samples_post_metric_relabeling",
        "scrape_samples_scraped", "scrape_series_added", "up",
    ]

    static func isOwn(_ name: String) -> Bool { own.contains(name) }

    func series(_ name: String) -> Series? {
        for family in families {
            let added =
                family.kind == .recorded
                ? [] : targetLabels.map { Label(name: $0, values: nil) }
            switch family.kind {
            case .histogram(let bounds):
                guard name.hasPrefix(family.name) else { continue }
                switch name.dropFirst(family.name.count) {
                case "_bucket":
                    let le = Label(name: "le", values: Self.texts(of: bounds))
                    return Series(
                        family: family, isCounter: true, isBucket: true, labels: family.labels + [le] + added)
                case "_count", "_sum":
                    return Series(family: family, isCounter: true, isBucket: false, labels: family.labels + added)
                default: continue
                }
            case .counter, .gauge, .recorded:
                guard name == family.name else { continue }
                return Series(
                    family: family, isCounter: family.kind == .counter, isBucket: false, labels: family.labels + added)
            }
        }
        return nil
    }

    /// The bounds as either text format writes them.
    private static func texts(of bounds: [Double]) -> [String] {
        bounds.flatMap { bound -> [String] in
            let text = "\(bound)"
            return text.hasSuffix(".0") ? [String(text.dropLast(2)), text] : [text]
        } + ["+Inf"]
    }

    var seriesNames: [String] {
        families.flatMap { family -> [String] in
            if case .histogram = family.kind {
                ["_bucket", "_sum", "_count"].map { family.name + $0 }
            } else {
                [family.name]
            }
        }
    }
}

/// Something that an expression asks for and never gets.
package struct QueryFinding: Hashable, Sendable {
    package var rule: Rule
    package var message: String
    package var hint: String?
    /// Bytes of the text.
    package var range: Range<Int>
}
