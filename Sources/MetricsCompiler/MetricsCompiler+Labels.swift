import ContractModel
import JSONTape
import SchemaCompiler

extension MetricsCompiler {
    mutating func label(
        _ label: LabelDeclaration, of family: FamilyDeclaration, _ known: CompiledFamily,
        diagnostics: inout Diagnostics
    ) -> CompiledLabel? {
        let source = known.source
        let member = SwiftName.member(label.name.value)
        func compiled(_ values: CompiledLabel.Values, _ origin: CompiledLabel.Origin? = nil) -> CompiledLabel {
            CompiledLabel(name: label.name.value, memberName: member, values: values, origin: origin)
        }
        switch label.values {
        case .stated(let values):
            guard isDrivenByProgram(label, source, diagnostics: &diagnostics) else { return nil }
            let type = labelTypes.add(
                SwiftName.type(label.name.value) + "Label", "A value of the label `\(label.name.value)`.",
                values.map(\.value), orNamed: SwiftName.type(family.name.value + "_" + label.name.value) + "Label")
            return compiled(.closed(type))
        case .open(let maximum):
            guard isDrivenByProgram(label, source, diagnostics: &diagnostics) else { return nil }
            return compiled(.open(maximum: maximum.value))
        case .dimension(let name):
            guard let (dimension, values) = dimension(name, known, diagnostics: &diagnostics) else {
                return nil
            }
            return compiled(values, .dimension(dimension))
        case .property(let pointer, let maximum):
            return property(pointer, maximum, of: label, source, diagnostics: &diagnostics)
                .map { compiled($0.values, .property($0.path)) }
        }
    }

    private func isDrivenByProgram(
        _ label: LabelDeclaration, _ source: MetricSource?, diagnostics: inout Diagnostics
    ) -> Bool {
        guard source != nil else { return true }
        diagnostics.error(
            .metricLabel, at: label.name.location,
            "the source in 'from' has no values for the label '\(label.name.value)'",
            hint: "use a dimension of the source, such as 'topic', or remove 'from' and set the values in the program")
        return false
    }

    // MARK: Dimensions

    private mutating func dimension(
        _ name: Located<String>, _ family: CompiledFamily, diagnostics: inout Diagnostics
    ) -> (MetricDimension, CompiledLabel.Values)? {
        let known: [MetricDimension] =
            switch family.source {
            case .producer(let event): event.dimensions
            case .message: [.topic, .event]
            // A program can count by anything that the contract knows.
            case nil: [.topic, .event, .message]
            }
        guard let dimension = known.first(where: { $0.rawValue == name.value }) else {
            let names = known.map(\.rawValue)
            diagnostics.error(
                .metricLabel, at: name.location, "unknown dimension '\(name.value)'",
                hint: names.isEmpty
                    ? "this source has no dimensions; remove 'labels'" : Suggestion.hint(for: name.value, among: names))
            return nil
        }
        // Of a set that is not known whole, no value can be said to be impossible.
        guard isKnown(dimension) else { return (dimension, Self.unknownValues) }
        if dimension == .event, case .message(let message)? = family.source {
            let name =
                family.events == nil
                ? message.name : family.memberName.prefix(1).uppercased() + family.memberName.dropFirst()
            let type = labelTypes.add(
                name + "EventLabel", "An event of ``\(message.typeName)``.",
                (family.events ?? message.events).map(\.declaration.name.value))
            return (dimension, .closed(type))
        }
        if let type = dimensionTypes[dimension] { return (dimension, .closed(type)) }
        let type = labelTypes.add(for: dimension, values(of: dimension))
        dimensionTypes[dimension] = type
        return (dimension, .closed(type))
    }

    private func isKnown(_ dimension: MetricDimension) -> Bool {
        switch dimension {
        case .topic: contract.contract.complete.topics
        case .event, .message, .rule: contract.hasCompleteMessages
        case .status, .reason, .component: true
        }
    }

    private func values(of dimension: MetricDimension) -> [String] {
        switch dimension {
        // Topics that the contract does not know are counted too.
        case .topic: LabelType.withOther(contract.topics.map(\.declaration.name))
        // Messages may have events of the same name.
        case .event: distinct(contract.messages.flatMap { $0.events.map(\.declaration.name.value) })
        case .message: contract.messages.map(\.name)
        case .status: ["success", "error"]
        case .reason: FailureReasons.all(in: contract)
        case .rule: ValidationRules.all(in: contract)
        case .component: ["producer"]
        }
    }

    /// Returns each name once, where it comes first.
    private func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }

    // MARK: Properties

    private mutating func property(
        _ pointer: Located<JSONPointer>, _ maximum: Located<Int>?, of label: LabelDeclaration, _ source: MetricSource?,
        diagnostics: inout Diagnostics
    ) -> (values: CompiledLabel.Values, path: PropertyPath)? {
        guard case .message(let message)? = source else {
            diagnostics.error(
                .metricLabel, at: pointer.location, "only a family from a message has properties to take labels from",
                hint: "write 'from:' and a message's name")
            return nil
        }
        guard let path = resolve(pointer, in: message, diagnostics: &diagnostics) else { return nil }
        if case .enumeration(let enumPath) = path.type.withoutNull, let values = message.resolver.enumeration(enumPath)
        {
            // A value that is absent, or not in the schema yet, is counted as `other`.
            let texts = values.cases.map(\.rawValue)
            let mayBeOther = path.isOptional || values.isOpen
            let name = enumPath.joined() + "Label"
            return (
                .closed(
                    labelTypes.add(
                        name, "A value of `\(pointer.value)` in ``\(message.typeName)``.",
                        mayBeOther ? LabelType.withOther(texts) : texts)),
                path
            )
        }
        guard path.type.withoutNull == .string else {
            diagnostics.error(
                .metricLabel, at: pointer.location, "'\(pointer.value)' is neither a string nor an enum",
                hint: "a label needs few values, each of which is a string")
            return nil
        }
        guard let maximum else {
            diagnostics.error(
                .cardinality, at: pointer.location,
                "'\(pointer.value)' can have any number of values, and each would be a series",
                hint: "state a limit: {property: \(pointer.value), max: 100}; further values are counted as other")
            return nil
        }
        return (.open(maximum: maximum.value), path)
    }

    // MARK: Counting

    func valueCount(_ label: CompiledLabel) -> Int {
        switch label.values {
        // And one for all that comes after.
        case .open(let maximum): maximum.saturatingSum(1)
        case .closed(let name): labelTypes[name]?.values.count ?? 0
        }
    }

    /// Returns the combinations that happen without a topic, event or message that does not belong with the others.
    mutating func initialCount(_ family: CompiledFamily) -> Int {
        if let groups = family.initialGroups { return seriesCount(groups, of: family) }
        var count = 1
        var linked: Set<MetricDimension> = []
        for label in family.labels {
            switch (label.values, label.origin) {
            case (.open, _): continue
            case (_, .dimension(let dimension)?) where [.topic, .event, .message].contains(dimension):
                if case .message? = family.source {
                    count = count.saturatingProduct(dimension == .event ? valueCount(label) : 1)
                } else {
                    linked.insert(dimension)
                }
            default: count = count.saturatingProduct(valueCount(label))
            }
        }
        return linked.isEmpty ? count : count.saturatingProduct(routeCount(linked))
    }

    /// Returns the combinations of a topic, an event and a message that belong together.
    private mutating func routeCount(_ linked: Set<MetricDimension>) -> Int {
        if let count = routeCounts[linked] { return count }
        var combinations: Set<[String]> = []
        for message in contract.messages {
            for event in message.events {
                combinations.insert([
                    linked.contains(.topic) ? message.topic.declaration.name : "",
                    linked.contains(.event) ? event.declaration.name.value : "",
                    linked.contains(.message) ? message.name : "",
                ])
            }
        }
        routeCounts[linked] = combinations.count
        return combinations.count
    }
}
