import ContractModel
import MetricsCompiler
import SchemaCompiler

/// The alerts that any producer should have, made from the families that a contract declares for its producer.
struct ProducerAlerts {
    private let contract: CompiledContract
    private let metrics: CompiledMetrics
    private let location: SourceLocation
    private let urgent: String
    private let lessUrgent: String

    private static let minute = 60_000
    /// Longer than an alert has to hold: of a topic with few messages, one is looked at for long enough.
    private static let window = 15 * minute

    init(contract: CompiledContract, metrics: CompiledMetrics, declaration: AlertsDeclaration) {
        self.contract = contract
        self.metrics = metrics
        location = declaration.addsProducerAlerts.location
        urgent = declaration.urgentSeverity
        lessUrgent = declaration.lessUrgentSeverity
    }

    func declarations(diagnostics: inout Diagnostics) -> [AlertDeclaration] {
        var alerts: [AlertDeclaration] = []
        if let messages = family(.messages, telling: [.topic, .status], diagnostics: &diagnostics) {
            alerts += [errorRatio(messages), failing(messages)]
            alerts += contract.topics.compactMap { silence(of: $0, messages) }
        }
        if let latency = family(.latency, telling: [.topic], diagnostics: &diagnostics) {
            if let alert = slowDeliveries(latency, diagnostics: &diagnostics) { alerts.append(alert) }
        }
        if let connection = family(.connection, telling: [.component], diagnostics: &diagnostics) {
            alerts.append(connectionDown(connection))
        }
        if let depth = family(.queueDepth, telling: [], diagnostics: &diagnostics),
            let capacity = family(.queueCapacity, telling: [], diagnostics: &diagnostics)
        {
            alerts.append(queueFull(depth, capacity))
        }
        return alerts
    }

    private func family(
        _ event: ProducerEvent, telling dimensions: [MetricDimension], diagnostics: inout Diagnostics
    ) -> CompiledFamily? {
        let family = metrics.families.first { family in
            guard case .producer(event)? = family.source else { return false }
            return dimensions.allSatisfy { labelName($0, of: family) != nil }
        }
        if family == nil {
            let labels = dimensions.map(\.rawValue).joined(separator: ", ")
            diagnostics.error(
                .alertIntent, at: location,
                "'producer_alerts' needs a metric family from \(event.manifestName)"
                    + (labels.isEmpty ? "" : " with labels for \(labels)"),
                hint: "declare it under 'metrics', or write 'producer_alerts: false'")
        }
        return family
    }

    private func labelName(_ dimension: MetricDimension, of family: CompiledFamily) -> String? {
        family.labels.first { label in
            if case .dimension(dimension)? = label.origin { true } else { false }
        }?.name
    }

    // MARK: Alerts

    /// Among 20 messages, one failure is not more than 5 %: it takes a second one to alert somebody.
    private func errorRatio(_ family: CompiledFamily) -> AlertDeclaration {
        let topic = labelName(.topic, of: family) ?? ""
        return alert(
            "ProducerErrorRatio",
            .errorRatioAbove(
                selection(family, [(.status, "error")], by: [topic], window: Self.window, minimumEvents: 20),
                value: at(0.05)),
            holdsFor: 10 * Self.minute, urgent,
            "More than 5 % of the messages to {{ $labels.\(topic) }} are not delivered",
            "{{ $value | humanizePercentage }} of the messages of the last 15 minutes have failed.")
    }

    /// The companion of the error ratio for topics with few messages. One failure of three, or two of five, alert nobody.
    /// Of a topic with fewer than five messages an hour, `expect_within` reports that none is delivered.
    private func failing(_ family: CompiledFamily) -> AlertDeclaration {
        let topic = labelName(.topic, of: family) ?? ""
        return alert(
            "ProducerFailing",
            .errorRatioAbove(
                selection(family, [(.status, "error")], by: [topic], window: 60 * Self.minute, minimumEvents: 5),
                value: at(0.5)),
            holdsFor: 10 * Self.minute, urgent,
            "Most messages to {{ $labels.\(topic) }} are not delivered",
            "{{ $value | humanizePercentage }} of the messages of the last hour have failed.")
    }

    /// Among 100 messages, one slow delivery is not more than 1 %.
    private func slowDeliveries(_ family: CompiledFamily, diagnostics: inout Diagnostics) -> AlertDeclaration? {
        let topic = labelName(.topic, of: family) ?? ""
        // A second is what a person waits; where the buckets end before that, the last but one that can be exceeded.
        let exceedable = family.buckets.dropLast()
        guard let limit = exceedable.last(where: { $0 <= 1 }) ?? exceedable.first else {
            diagnostics.warning(
                .alertIntent, at: location,
                "'producer_alerts' leaves out slow deliveries: of one bucket, nothing is seen to lie above",
                hint: "give \(family.name) a second bucket")
            return nil
        }
        return alert(
            "ProducerSlow",
            .quantileAbove(
                selection(family, [], by: [topic], window: Self.window, minimumEvents: 100), quantile: at(0.99),
                value: at(limit)),
            holdsFor: 10 * Self.minute, lessUrgent,
            "Messages to {{ $labels.\(topic) }} take long to be delivered",
            "1 % of them take more than {{ $value | humanizeDuration }}.")
    }

    private func silence(of topic: CompiledTopic, _ family: CompiledFamily) -> AlertDeclaration? {
        guard let expected = topic.declaration.expectedWithin else { return nil }
        let name = topic.declaration.name
        let label = labelName(.topic, of: family) ?? ""
        let selection = selection(
            family, [(.status, "success"), (.topic, name)], by: [label], window: expected.value)
        let length = PromQLText.duration(expected.value)
        return alert(
            "TopicSilent" + SwiftName.type(topic.declaration.key.value), .silent(selection),
            holdsFor: min(expected.value, 5 * Self.minute), lessUrgent,
            "No message has gone to {{ $labels.\(label) }} for \(length)",
            "The contract expects a message at least every \(length).")
    }

    private func connectionDown(_ family: CompiledFamily) -> AlertDeclaration {
        let component = labelName(.component, of: family) ?? ""
        return alert(
            "ProducerDisconnected", .equals(selection(family, []), value: at(0)), holdsFor: Self.minute, urgent,
            "The {{ $labels.\(component) }} has no connection",
            "Messages wait, and will fail when their time is up.")
    }

    private func queueFull(_ depth: CompiledFamily, _ capacity: CompiledFamily) -> AlertDeclaration {
        func test(fires: Bool, depth value: String) -> AlertTestDeclaration {
            AlertTestDeclaration(
                fires: at(fires),
                series: [(depth.name, value), (capacity.name, "100x20")].map {
                    LabelText(name: at($0.0), text: at($0.1))
                })
        }
        var alert = alert(
            "ProducerQueueFull", .expression(at("\(depth.name) / \(capacity.name) > 0.9")),
            holdsFor: 5 * Self.minute, lessUrgent,
            "The producer's background queue is almost full",
            "{{ $value | humanizePercentage }} of its places are taken; what finds none is dropped.")
        alert.tests = [test(fires: true, depth: "91x20"), test(fires: false, depth: "90x20")]
        return alert
    }

    // MARK: Parts

    private func at<Value>(_ value: Value) -> Located<Value> { Located(value, at: location) }

    private func selection(
        _ family: CompiledFamily, _ matching: [(MetricDimension, String)], by grouping: [String] = [],
        window: Int? = nil, minimumEvents: Int? = nil
    ) -> MetricSelection {
        MetricSelection(
            family: at(family.name),
            matching: matching.compactMap { dimension, value in
                labelName(dimension, of: family).map { LabelText(name: at($0), text: at(value)) }
            },
            scope: [], grouping: grouping.map { at($0) }, window: window.map { at($0) },
            minimumEvents: minimumEvents.map { at($0) })
    }

    private func alert(
        _ name: String, _ condition: AlertCondition, holdsFor: Int, _ severity: String, _ summary: String,
        _ description: String
    ) -> AlertDeclaration {
        AlertDeclaration(
            name: at(contract.contract.name.value + name), condition: condition,
            // What is scraped seldom is looked at twice all the same.
            holdsFor: at(max(holdsFor, 2 * metrics.scrapeInterval)), keepsFiringFor: nil,
            severity: at(severity), labels: [], summary: at(summary), description: at(description), runbook: nil,
            tests: [], allowed: Allowances())
    }
}
