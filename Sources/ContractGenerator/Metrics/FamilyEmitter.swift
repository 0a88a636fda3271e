import ContractModel
import MetricsCompiler
import SchemaCompiler

/// Writes the type of a metric family: what it is called, and a way to each of its series that a wrong label can't take.
struct FamilyEmitter {
    private let family: CompiledFamily
    private let metrics: CompiledMetrics
    /// `TDA.Metrics`.
    private let namespace: String
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    init(_ family: CompiledFamily, in metrics: CompiledMetrics, namespace: String, access: String) {
        self.family = family
        self.metrics = metrics
        self.namespace = namespace
        self.access = access
    }

    /// `KafkaMessagesProducedSeries`: the ending keeps it apart from labels' types and those of the runtime.
    static func typeName(_ family: CompiledFamily) -> String {
        family.memberName.prefix(1).uppercased() + family.memberName.dropFirst() + "Series"
    }

    /// A name that no label has.
    private func free(_ name: String) -> String {
        family.labels.contains { $0.memberName == name } ? free(name + "InFamily") : name
    }

    /// The family, where a label may have its name.
    private var familyName: String { free("family") == "family" ? "family" : "self.family" }

    /// The function that finds a series' place.
    private var indexName: String { free("index") }

    func emit() -> String {
        var writer = SourceWriter(depth: 1)
        writer.documentation(["`\(family.name)`: \(family.declaration.help.value)"])
        writer.block("\(access)nonisolated struct \(Self.typeName(family)): Sendable") { writer in
            writer.line("\(access)let family: \(familyType)")
            for label in openLabels {
                writer.line("private let \(values(of: label)) = BoundedLabel(atMost: \(maximum(of: label)))")
            }
            writer.line()
            emitInitializer(to: &writer)
            emitMethods(to: &writer)
            emitIndex(to: &writer)
            emitInitialIndices(to: &writer)
        }
        return writer.text
    }

    private var familyType: String {
        switch family.kind {
        case .counter: "CounterFamily"
        case .gauge: "GaugeFamily"
        case .histogram: "HistogramFamily"
        }
    }

    // MARK: Labels

    private var openLabels: [CompiledLabel] { family.labels.filter { maximum(of: $0) > 0 } }

    private func maximum(of label: CompiledLabel) -> Int {
        if case .open(let maximum) = label.values { maximum } else { 0 }
    }

    private func values(of label: CompiledLabel) -> String { label.memberName + "Values" }

    private func type(of label: CompiledLabel) -> String {
        if case .closed(let name) = label.values { name } else { "String" }
    }

    private func count(of label: CompiledLabel) -> Int {
        metrics.labelType(label)?.values.count ?? maximum(of: label) + 1
    }

    /// `topic: TopicLabel, status: StatusLabel`.
    private var parameters: [String] {
        family.labels.map { "\(SwiftName.parameter($0.memberName)): \(type(of: $0))" }
    }

    /// `at: index(topic, status)`; nothing where there is one series.
    private var place: [String] {
        guard !family.labels.isEmpty else { return [] }
        return [
            "at: \(isStatic ? "Self." : "")\(indexName)("
                + family.labels.map { SwiftName.escaped($0.memberName) }.joined(separator: ", ") + ")"
        ]
    }

    // MARK: Parts

    private func emitInitializer(to writer: inout SourceWriter) {
        writer.block("init(mirror: (any MetricMirror)?)") { writer in
            writer.line("family = \(familyType)(")
            writer.indented { writer in
                let help = SwiftLiteral.string(family.declaration.help.value)
                writer.line("\(SwiftLiteral.string(family.name)),")
                writer.line("help: \(help),")
                if let unit = family.declaration.unit { writer.line("unit: \(SwiftLiteral.string(unit.value)),") }
                emitLabels(to: &writer)
                if family.kind == .histogram {
                    writer.line("upperBounds: [" + family.buckets.map { "\($0)" }.joined(separator: ", ") + "],")
                }
                writer.line((hasInitialIndices ? "initially: .only(Self.initialIndices), " : "") + "mirror: mirror)")
            }
        }
    }

    private func emitLabels(to writer: inout SourceWriter) {
        guard !family.labels.isEmpty else { return }
        let labels = family.labels.map { label in
            let source = maximum(of: label) > 0 ? values(of: label) : "\(type(of: label)).texts"
            return "Label(\(SwiftLiteral.string(label.name)), \(source))"
        }
        if let label = labels.first, labels.count == 1 {
            writer.line("labels: [\(label)],")
            return
        }
        writer.line("labels: [")
        writer.indented { writer in
            for label in labels { writer.line(label + ",") }
        }
        writer.line("],")
    }

    private func emitMethods(to writer: inout SourceWriter) {
        switch family.kind {
        case .counter:
            let amount = free("amount")
            emitMethod(
                "Increments the counter.", "increment", ["by \(amount): UInt64 = 1"], ["by: \(amount)"], to: &writer)
            emitReading("The count so far.", "value", "UInt64", to: &writer)
        case .gauge:
            let (value, amount) = (free("value"), free("amount"))
            let by = (["by \(amount): Double = 1"], ["by: \(amount)"])
            emitMethod("Sets the value.", "set", first: "_ \(value): Double", [], argument: value, [], to: &writer)
            emitMethod("Adds to the value.", "increment", by.0, by.1, to: &writer)
            emitMethod("Takes from the value.", "decrement", by.0, by.1, to: &writer)
            emitReading("The value now.", "value", "Double", to: &writer)
        case .histogram:
            let (value, duration) = (free("value"), free("duration"))
            emitMethod("Counts a value.", "observe", first: "_ \(value): Double", [], argument: value, [], to: &writer)
            if family.name.hasSuffix("_seconds") {
                emitMethod(
                    "Counts a duration, in seconds.", "observe", first: "_ \(duration): Duration", [],
                    argument: duration, [], to: &writer)
            }
            emitReading("The observations so far.", "snapshot", "HistogramSnapshot", to: &writer)
        }
    }

    private func emitMethod(
        _ summary: String, _ name: String, first: String? = nil, _ last: [String], argument: String? = nil,
        _ lastArguments: [String], to writer: inout SourceWriter
    ) {
        writer.line()
        writer.documentation([summary])
        writer.function("\(access)func \(name)", (first.map { [$0] } ?? []) + parameters + last, result: nil) {
            writer in
            let arguments = (argument.map { [$0] } ?? []) + place + lastArguments
            writer.line("\(familyName).\(name)(\(arguments.joined(separator: ", ")))")
        }
    }

    private func emitReading(_ summary: String, _ name: String, _ result: String, to writer: inout SourceWriter) {
        writer.line()
        writer.documentation([summary])
        writer.function("\(access)func \(name)", parameters, result: result) { writer in
            writer.line("\(familyName).\(name)(\(place.joined(separator: ", ")))")
        }
    }

    /// The flat index of a series: the labels' numbers in row-major order.
    private func emitIndex(to writer: inout SourceWriter) {
        guard let first = family.labels.first else { return }
        writer.line()
        let parameters = family.labels.map { "_ \(SwiftName.parameter($0.memberName)): \(type(of: $0))" }
        var expression = number(of: first)
        for (position, label) in family.labels.dropFirst().enumerated() {
            let inner = position == 0 ? expression : "(\(expression))"
            expression = "\(inner) * \(count(of: label)) + \(number(of: label))"
        }
        let head = "private \(isStatic ? "static " : "")func \(indexName)"
        writer.function(head, parameters, result: "Int") { writer in
            if writer.fits(expression) {
                writer.line(expression)
                return
            }
            let index = free("index")
            writer.line("var \(index) = \(number(of: first))")
            for label in family.labels.dropFirst() {
                writer.line("\(index) = \(index) * \(count(of: label)) + \(number(of: label))")
            }
            writer.line("return \(index)")
        }
    }

    /// An open label's values are the family's own.
    private var isStatic: Bool { openLabels.isEmpty }

    private func number(of label: CompiledLabel) -> String {
        let name = SwiftName.escaped(label.memberName)
        return maximum(of: label) > 0 ? "\(values(of: label)).index(of: \(name))" : "\(name).rawValue"
    }

    // MARK: The series that exist from the start

    private static let routeDimensions: [MetricDimension] = [.topic, .event, .message]

    private func routeDimension(_ label: CompiledLabel) -> MetricDimension? {
        guard case .dimension(let dimension)? = label.origin, Self.routeDimensions.contains(dimension),
            metrics.labelType(label)?.name == dimension.typeName
        else { return nil }
        return dimension
    }

    /// Whether the series that can happen are those of the contract's routes: an event belongs to one message, and that to
    /// one topic.
    var hasRoutes: Bool {
        if case .message? = family.source { return false }
        return openLabels.isEmpty && family.labels.contains { routeDimension($0) != nil }
    }

    /// Whether not all combinations can happen.
    private var hasInitialIndices: Bool { hasRoutes || family.initialGroups != nil }

    private func emitInitialIndices(to writer: inout SourceWriter) {
        guard hasInitialIndices else { return }
        writer.line()
        writer.documentation(["The series that the contract allows. They exist from the start, with 0."])
        writer.block("private static var initialIndices: [Int]") { writer in
            if let groups = family.initialGroups {
                emitGroups(groups, to: &writer)
                return
            }
            let others = family.labels.filter { routeDimension($0) == nil }
            let (route, indices) = (free("route"), free("indices"))
            let arguments = family.labels.map { label in
                routeDimension(label).map { "\(route).\($0.rawValue)" } ?? SwiftName.escaped(label.memberName)
            }
            writer.line("var \(indices): [Int] = []")
            writer.block("for \(route) in \(namespace).routes") { writer in
                let append = "\(indices).append(\(indexName)(\(arguments.joined(separator: ", "))))"
                emitLoops(over: others[...], append, to: &writer)
            }
            writer.line("return \(indices)")
        }
    }

    private func emitGroups(_ groups: [SeriesGroup], to writer: inout SourceWriter) {
        let indices = free("indices")
        writer.line("var \(indices): [Int] = []")
        for group in groups {
            let sources = Dictionary(
                zip(family.labels, group.values).map { ($0.name, cases(of: $0, $1)) },
                uniquingKeysWith: { first, _ in first })
            // A label with one value needs no loop.
            let arguments = family.labels.map { label in
                let cases = sources[label.name] ?? nil
                return cases?.count == 1 ? cases?[0] ?? "" : SwiftName.escaped(label.memberName)
            }
            let loops = family.labels.filter { (sources[$0.name] ?? nil)?.count != 1 }
            emitLoops(
                over: loops[...], "\(indices).append(\(indexName)(\(arguments.joined(separator: ", "))))", to: &writer
            ) { sources[$0.name] ?? nil }
        }
        writer.line("return \(indices)")
    }

    /// The cases of a label's type that stand for values, `TopicLabel.orders`; `nil` for all of them.
    private func cases(of label: CompiledLabel, _ values: [String]?) -> [String]? {
        guard let values, let type = metrics.labelType(label) else { return nil }
        return type.values.filter { values.contains($0.text) }
            .map { "\(type.name).\(SwiftName.escaped($0.caseName))" }
    }

    /// - Parameter source: The cases of a label's type; `nil` for all of them.
    private func emitLoops(
        over labels: ArraySlice<CompiledLabel>, _ body: String, to writer: inout SourceWriter,
        source: (CompiledLabel) -> [String]? = { _ in nil }
    ) {
        guard let label = labels.first else {
            writer.line(body)
            return
        }
        let head = "for \(SwiftName.escaped(label.memberName)) in "
        let cases = source(label)
        let values = cases.map { "[" + $0.joined(separator: ", ") + "]" } ?? "\(type(of: label)).allCases"
        guard let cases, !writer.fits(head + values + " {") else {
            writer.block(head + values) { emitLoops(over: labels.dropFirst(), body, to: &$0, source: source) }
            return
        }
        writer.line(head + "[")
        writer.indented { writer in cases.forEach { writer.line($0 + ",") } }
        writer.block("]") { emitLoops(over: labels.dropFirst(), body, to: &$0, source: source) }
    }
}

extension SourceWriter {
    /// Writes a function with its parameters in the first line if they fit, otherwise in a line of their own.
    mutating func function(
        _ head: String, _ parameters: [String], result: String?, _ body: (inout SourceWriter) -> Void
    ) {
        let tail = ")" + (result.map { " -> \($0)" } ?? "")
        let single = head + "(" + parameters.joined(separator: ", ") + tail
        if fits(single + " {") {
            block(single, body)
            return
        }
        line(head + "(")
        let inner = parameters.joined(separator: ", ")
        indented { writer in
            if writer.fits(inner) {
                writer.line(inner)
            } else {
                for (index, parameter) in parameters.enumerated() {
                    writer.line(parameter + (index < parameters.count - 1 ? "," : ""))
                }
            }
        }
        block(tail, body)
    }
}
