import ContractModel
import MetricsCompiler
import SchemaCompiler

/// An emitter of a metric family: its declaration, and, of one with labels, a type whose subscript finds a series by
/// values that the labels can have.
struct FamilyEmitter {
    private let family: CompiledFamily
    private let metrics: CompiledMetrics
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    init(_ family: CompiledFamily, in metrics: CompiledMetrics, access: String) {
        self.family = family
        self.metrics = metrics
        self.access = access
    }

    /// The type of the property: `KafkaMessagesProducedMetric`, or the series itself where there is one.
    var typeName: String {
        guard !family.labels.isEmpty else { return seriesType }
        return family.memberName.prefix(1).uppercased() + family.memberName.dropFirst() + "Metric"
    }

    private var kindName: String {
        switch family.kind {
        case .counter: "Counter"
        case .gauge: "Gauge"
        case .histogram: "Histogram"
        }
    }

    private var familyType: String { kindName + "Family" }
    private var seriesType: String { kindName + "Series" }

    // MARK: Type

    /// Returns the type of a family with labels; `nil` for one without.
    func emitType() -> String? {
        guard !family.labels.isEmpty else { return nil }
        var writer = SourceWriter(depth: 1)
        writer.documentation(["`\(family.name)`: \(family.declaration.help.value)"])
        writer.block("\(access)nonisolated struct \(typeName): Sendable") { writer in
            writer.line("\(access)let family: \(familyType)")
            for label in openLabels { writer.line("fileprivate let \(values(of: label)): BoundedLabel") }
            writer.line()
            let parameters = family.labels.map { label in
                // A subscript's parameter has a label only where it states one.
                "\(SwiftName.label(label.memberName)) \(SwiftName.parameter(label.memberName)): \(type(of: label))"
            }
            writer.fill("\(access)subscript(", parameters, tail: ") -> \(seriesType) {")
            writer.indented { emitIndex(to: &$0) }
            writer.line("}")
        }
        return writer.text
    }

    /// Writes the flat index of a series: the labels' numbers in row-major order.
    private func emitIndex(to writer: inout SourceWriter) {
        guard let first = family.labels.first else { return }
        var expression = number(of: first)
        for (position, label) in family.labels.dropFirst().enumerated() {
            let inner = position == 0 ? expression : "(\(expression))"
            expression = "\(inner) * \(count(of: label)) + \(number(of: label))"
        }
        let owner = isHidden("family") ? "self.family" : "family"
        guard !writer.fits("\(seriesType)(\(owner), at: \(expression))") else {
            writer.line("\(seriesType)(\(owner), at: \(expression))")
            return
        }
        let index = SwiftLocal.name(["index", "seriesIndex"], besides: Set(family.labels.map(\.memberName)))
        writer.line("var \(index) = \(number(of: first))")
        for label in family.labels.dropFirst() {
            writer.line("\(index) = \(index) * \(count(of: label)) + \(number(of: label))")
        }
        writer.line("return \(seriesType)(\(owner), at: \(index))")
    }

    private func isHidden(_ name: String) -> Bool { family.labels.contains { $0.memberName == name } }

    private func number(of label: CompiledLabel) -> String {
        let name = SwiftName.escaped(label.memberName)
        guard maximum(of: label) > 0 else { return "\(name).rawValue" }
        let values = values(of: label)
        return "\(isHidden(values) ? "self." : "")\(values).index(of: \(name))"
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

    // MARK: Declaration

    /// Writes the assignment that makes the family.
    func emitAssignment(to writer: inout SourceWriter) {
        func local(_ label: CompiledLabel) -> String {
            family.memberName + values(of: label).prefix(1).uppercased() + values(of: label).dropFirst()
        }
        for label in openLabels {
            writer.line("let \(local(label)) = BoundedLabel(atMost: \(maximum(of: label)))")
        }
        var arguments: [CallExpression.Argument] = [
            .expression(SwiftLiteral.string(family.name)),
            .expression("help: \(SwiftLiteral.string(family.declaration.help.value))"),
        ]
        if let unit = family.declaration.unit {
            arguments.append(.expression("unit: \(SwiftLiteral.string(unit.value))"))
        }
        if !family.labels.isEmpty {
            let labels = family.labels.map { label in
                let source = maximum(of: label) > 0 ? local(label) : "\(type(of: label)).texts"
                return CallExpression.Argument.expression("Label(\(SwiftLiteral.string(label.name)), \(source))")
            }
            arguments.append(.call(CallExpression(head: "labels: ", arguments: labels, isList: true)))
        }
        if family.kind == .histogram {
            let bounds = family.buckets.map { CallExpression.Argument.expression("\($0)") }
            arguments.append(.call(CallExpression(head: "upperBounds: ", arguments: bounds, isList: true)))
        }
        if let initial { arguments.append(initial) }
        arguments.append(.expression("mirror: mirror"))
        let target = isHidden("mirror") ? "self.\(family.memberName)" : SwiftName.escaped(family.memberName)
        let others = openLabels.map { label in
            CallExpression.Argument.expression("\(values(of: label)): \(local(label))")
        }
        let head = (family.labels.isEmpty ? "" : "family: ") + familyType
        CallExpression(
            head: "\(target) = \(typeName)",
            arguments: [.call(CallExpression(head: head, arguments: arguments))] + others
        ).write(to: &writer)
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

    /// The expression for the series that the contract allows: they exist, with 0, from the start.
    private var initial: CallExpression.Argument? {
        if let groups = family.initialGroups {
            let combinations = groups.flatMap(combinations)
            return .call(
                CallExpression(
                    head: "initially: .matching",
                    arguments: [
                        .call(CallExpression(head: "", arguments: combinations, isList: true))
                    ]))
        }
        guard hasRoutes else { return nil }
        let numbers = family.labels.map { label in
            routeDimension(label).map { "$0.\($0.rawValue).rawValue" } ?? "nil"
        }
        let routes = CallExpression.Argument.expression("Self.routes.map { [\(numbers.joined(separator: ", "))] }")
        return .call(CallExpression(head: "initially: .matching", arguments: [routes]))
    }

    /// Returns the combinations of labels' numbers of a group: `[TopicLabel.orders.rawValue, nil]`, with `nil` for every number.
    private func combinations(of group: SeriesGroup) -> [CallExpression.Argument] {
        var combinations: [[String]] = [[]]
        for (label, values) in zip(family.labels, group.values) {
            let numbers = cases(of: label, values) ?? ["nil"]
            combinations = combinations.flatMap { start in numbers.map { start + [$0] } }
        }
        return combinations.map { numbers in
            .call(CallExpression(head: "", arguments: numbers.map { .expression($0) }, isList: true))
        }
    }

    /// Returns the numbers of a label's values, `TopicLabel.orders.rawValue`; `nil` for all of them.
    private func cases(of label: CompiledLabel, _ values: [String]?) -> [String]? {
        guard let values, let type = metrics.labelType(label) else { return nil }
        return type.values.filter { values.contains($0.text) }
            .map { "\(type.name).\(SwiftName.escaped($0.caseName)).rawValue" }
    }
}
