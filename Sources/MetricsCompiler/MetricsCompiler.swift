package import ContractModel
import JSONTape
package import SchemaCompiler

package typealias MetricKind = FamilyDeclaration.Kind

/// A compiler that finds out what each metric family measures, and which values its labels can have.
package struct MetricsCompiler {
    let contract: CompiledContract
    let declaration: MetricsDeclaration
    var labelTypes = LabelTypes()
    /// The types of dimensions that do not depend on a family, each made once.
    var dimensionTypes: [MetricDimension: String] = [:]
    /// The number of combinations of topic, event and message, by the dimensions in use.
    var routeCounts: [Set<MetricDimension>: Int] = [:]

    /// Compiles the metrics of a contract.
    ///
    /// - Returns: `nil` where the contract declares no metrics. It is complete only if no diagnostic is an error.
    package static func compile(
        _ contract: CompiledContract, diagnostics: inout Diagnostics
    ) -> CompiledMetrics? {
        guard let declaration = contract.contract.metrics else { return nil }
        var compiler = MetricsCompiler(contract: contract, declaration: declaration)
        let families = declaration.families.map { compiler.family($0, diagnostics: &diagnostics) }
        compiler.checkScrapeInterval(diagnostics: &diagnostics)
        let metrics = CompiledMetrics(
            scrapeInterval: declaration.scrapeInterval.value, families: families,
            labelTypes: compiler.labelTypes.all,
            routes: !contract.hasCompleteMessages
                ? []
                : contract.messages.map { message in
                    MessageRoute(
                        message: message.name, topic: message.topic.declaration.name,
                        events: message.events.map(\.declaration.name.value))
                })
        compiler.checkMemberNames(families, diagnostics: &diagnostics)
        compiler.checkCardinality(metrics, diagnostics: &diagnostics)
        return metrics
    }

    /// Returns a family with all its labels, so that alerts can be checked against it even if the family has an error.
    private mutating func family(_ family: FamilyDeclaration, diagnostics: inout Diagnostics) -> CompiledFamily {
        let compiled = compiled(family, diagnostics: &diagnostics)
        MetricAdvice(family: compiled, labelTypes: labelTypes.all).check(diagnostics: &diagnostics)
        return compiled
    }

    private mutating func compiled(_ family: FamilyDeclaration, diagnostics: inout Diagnostics) -> CompiledFamily {
        var conventions = FamilyConventions(family, in: contract.contract)
        conventions.check(diagnostics: &diagnostics)
        var compiled = CompiledFamily(
            declaration: family, memberName: memberName(family.name.value), source: nil, events: nil,
            labels: family.labels.map(unjudged), value: nil, maximumSeries: 0, initialSeries: 0)
        if let name = family.source {
            guard let source = source(name, of: family, diagnostics: &diagnostics) else { return compiled }
            compiled.source = source
        }
        compiled.events = events(family, compiled.source, diagnostics: &diagnostics)
        compiled.value = value(family, compiled.source, diagnostics: &diagnostics)
        let labels = family.labels.map { label($0, of: family, compiled, diagnostics: &diagnostics) }
        compiled.labels = zip(family.labels, labels).map { $1 ?? unjudged($0) }
        // Incomplete families are not counted.
        guard labels.allSatisfy({ $0 != nil }) else { return compiled }
        let perChild = family.kind.value == .histogram ? family.buckets.count + 3 : 1
        compiled.maximumSeries = compiled.labels.reduce(perChild) { $0.saturatingProduct(valueCount($1)) }
        compiled.initialGroups = initialGroups(compiled)
        compiled.initialSeries = perChild.saturatingProduct(initialCount(compiled))
        return compiled
    }

    /// The values of a label whose values are unknown: any is possible, and at least one exists.
    static let unknownValues = CompiledLabel.Values.open(maximum: 0)

    private func unjudged(_ label: LabelDeclaration) -> CompiledLabel {
        CompiledLabel(
            name: label.name.value, memberName: SwiftName.member(label.name.value), values: Self.unknownValues,
            origin: nil)
    }

    /// Returns the Swift name of a family: `kafkaMessagesProduced` for `tda_kafka_messages_produced_total` in the
    /// contract TDA.
    private func memberName(_ name: String) -> String {
        var text = name[...]
        let prefix = contract.contract.name.value.lowercased() + "_"
        if text.hasPrefix(prefix), text.count > prefix.count { text = text.dropFirst(prefix.count) }
        if text.hasSuffix("_total"), text.count > "_total".count { text = text.dropLast("_total".count) }
        let name = SwiftName.member(String(text))
        return Self.takenNames.contains(name) ? name + "Metric" : name
    }

    /// The names of members and parameters in the class of the families.
    private static let takenNames: Set<String> = [
        "broke", "bytes", "capacity", "connectionChanged", "count", "delivered", "depth", "duration", "event",
        "exposition", "failed", "failures", "families", "format", "inFlightChanged", "isUp", "labels", "message",
        "mirror", "observation", "queueChanged", "reason", "retried", "route", "routes", "rule", "status", "time",
        "topic", "value",
    ]

    // MARK: Sources

    private func source(
        _ name: Located<String>, of family: FamilyDeclaration, diagnostics: inout Diagnostics
    ) -> MetricSource? {
        if let message = contract.messages.first(where: { $0.name == name.value }) {
            if family.kind.value != .counter, family.value == nil {
                diagnostics.error(
                    .metricSource, at: name.location,
                    "a \(family.kind.value.rawValue) from \(message.name) needs a value to take",
                    hint: "add 'value:' with the JSON Pointer of a number in \(message.name)")
                return nil
            }
            return .message(message)
        }
        guard let event = ProducerEvent.allCases.first(where: { $0.manifestName == name.value }) else {
            let messages = contract.contract.messages.map(\.name.value)
            // The error of a message that was not compiled has been reported.
            guard contract.contract.complete.messages, !messages.contains(name.value) else { return nil }
            let known = ProducerEvent.allCases.map(\.manifestName) + messages
            diagnostics.error(
                .metricSource, at: name.location, "unknown source '\(name.value)'",
                hint: Suggestion.hint(for: name.value, among: known))
            return nil
        }
        if event.kind != family.kind.value {
            diagnostics.error(
                .metricSource, at: name.location,
                "'\(name.value)' drives a \(event.kind.rawValue), and \(family.name.value) is a "
                    + family.kind.value.rawValue,
                hint: "write 'type: \(event.kind.rawValue)'")
            return nil
        }
        if event == .latency, !family.name.value.hasSuffix("_seconds") {
            diagnostics.error(
                .metricSource, at: name.location,
                "'\(name.value)' is in seconds, but '\(family.name.value)' does not end in '_seconds'",
                hint: "end the name in '_seconds'")
            return nil
        }
        return .producer(event)
    }

    /// Returns the events that `events` selects; `nil` where the family counts all events of its source.
    private func events(
        _ family: FamilyDeclaration, _ source: MetricSource?, diagnostics: inout Diagnostics
    ) -> [CompiledEvent]? {
        guard let selected = family.events, let first = selected.first else { return nil }
        guard case .message(let message)? = source else {
            diagnostics.error(
                .metricSource, at: first.location, "only a family from a message selects events",
                hint: "write 'from:' and a message's name, or remove 'events'")
            return nil
        }
        let known = message.events.map(\.declaration.name.value)
        for event in selected where contract.hasCompleteMessages && !known.contains(event.value) {
            diagnostics.error(
                .unknownEvent, at: event.location, "\(message.name) has no event '\(event.value)'",
                hint: Suggestion.hint(for: event.value, among: known))
        }
        let names = Set(selected.map(\.value))
        let events = message.events.filter { names.contains($0.declaration.name.value) }
        return events.count == message.events.count ? nil : events
    }

    private func value(
        _ family: FamilyDeclaration, _ source: MetricSource?, diagnostics: inout Diagnostics
    ) -> PropertyPath? {
        guard let pointer = family.value else { return nil }
        guard case .message(let message)? = source, family.kind.value != .counter else {
            diagnostics.error(
                .metricSource, at: pointer.location, "only a gauge or histogram from a message takes a 'value'",
                hint: "remove 'value'")
            return nil
        }
        guard let path = resolve(pointer, in: message, diagnostics: &diagnostics) else { return nil }
        switch path.type {
        case .integer, .double: return path
        case .string, .bool, .timestamp, .uuid, .date, .url, .value, .object, .array, .dictionary, .structure,
            .enumeration, .unsignedInteger, .exactNumber, .null, .optional, .nullable, .sensitive, .composite:
            diagnostics.error(
                .metricSource, at: pointer.location, "'\(pointer.value)' of \(message.name) is not a number")
            return nil
        }
    }

    func resolve(
        _ pointer: Located<JSONPointer>, in message: CompiledMessage, diagnostics: inout Diagnostics
    ) -> PropertyPath? {
        let resolver = message.resolver
        guard resolver.isComplete(at: pointer.value) else { return nil }
        if let path = resolver.resolve(pointer.value) {
            if path.pointer == message.protection?.marker {
                diagnostics.error(
                    .encryption, at: pointer.location,
                    "'\(pointer.value)' is the marker of encrypted values, and can't be part of a metric: it is false "
                        + "until values are encrypted",
                    hint: "name another property")
                return nil
            }
            guard path.isSensitive else { return path }
            diagnostics.error(
                .sensitiveField, at: pointer.location, "'\(pointer.value)' is sensitive, and can't be part of a metric",
                hint: "name a property that is not sensitive")
            return nil
        }
        let known = resolver.pointers.map(\.description)
        diagnostics.error(
            .pointerNotFound, at: pointer.location,
            "\(message.declaration.schema.value) has no property '\(pointer.value)'",
            hint: Suggestion.nearest(to: pointer.value.description, among: known).map { "did you mean '\($0)'?" })
        return nil
    }

    // MARK: Checks on the whole

    private func checkMemberNames(_ families: [CompiledFamily], diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for family in families {
            if let other = seen.updateValue(family.name, forKey: family.memberName) {
                diagnostics.error(
                    .nameCollision, at: family.declaration.name.location,
                    "'\(family.name)' and '\(other)' both become '\(family.memberName)' in Swift",
                    hint: "rename one of them")
            }
        }
    }

    /// The usual intervals between two scrapes.
    private static let usualIntervals = Duration.seconds(1)...Duration.seconds(120)

    /// Reports an interval that is probably a typo. A sample is stale after five minutes: with more than two between scrapes,
    /// a failed scrape is a gap.
    private func checkScrapeInterval(diagnostics: inout Diagnostics) {
        let interval = declaration.scrapeInterval
        guard !Self.usualIntervals.contains(interval.value) else { return }
        let isShort = interval.value < Self.usualIntervals.lowerBound
        diagnostics.warning(
            .scrapeInterval, at: interval.location,
            "a scrape every \(PrometheusDuration.text(of: interval.value)) is probably not intended: "
                + (isShort
                    ? "each scrape reads all series" : "a value is stale after 5m, so that one failed scrape is a gap"),
            hint: "expected an interval from 1s to 2m, such as 15s")
    }

    /// The most series of a family. Each has memory of its own from the start, some 8 to 100 bytes.
    private static let mostSeries = 10_000_000

    private func checkCardinality(_ metrics: CompiledMetrics, diagnostics: inout Diagnostics) {
        for family in metrics.families where family.maximumSeries > Self.mostSeries {
            // A single limit that is too high is reported where it is.
            guard family.labels.allSatisfy({ valueCount($0) <= LabelDeclaration.mostValues + 1 }) else { continue }
            diagnostics.error(
                .cardinality, at: family.declaration.name.location,
                "'\(family.name)' can have \(family.maximumSeries) series, more than a service can hold in memory",
                hint: "remove a label, or lower the 'max' of those that have one")
        }
        guard let limit = declaration.maximumSeries, metrics.maximumSeries > limit.value else { return }
        let largest = metrics.families.max { $0.maximumSeries < $1.maximumSeries }
        diagnostics.error(
            .cardinality, at: limit.location,
            "the families can have \(metrics.maximumSeries) series, which is more than \(limit.value)",
            hint: largest.map {
                "the largest is \($0.name) with \($0.maximumSeries): remove a label or buckets from it"
            })
    }
}
