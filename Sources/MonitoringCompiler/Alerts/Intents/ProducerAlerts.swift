import ContractModel
import MetricsCompiler
import SchemaCompiler

/// The standard alerts of a producer, on the families that a contract declares for its producer.
struct ProducerAlerts {
    private let contract: CompiledContract
    private let metrics: CompiledMetrics
    private let location: SourceLocation
    private let urgent: String
    private let lessUrgent: String

    /// The range of most alerts. It is longer than `for`, so that one message is counted for long enough.
    private static let window = Duration.minute * 15

    init(contract: CompiledContract, metrics: CompiledMetrics, declaration: AlertsDeclaration) {
        self.contract = contract
        self.metrics = metrics
        location = declaration.addsProducerAlerts.location
        urgent = declaration.urgentSeverity
        lessUrgent = declaration.lessUrgentSeverity
    }

    func declarations(diagnostics: inout Diagnostics) -> [AlertDeclaration] {
        var alerts: [AlertDeclaration] = []
        if let messages = family(.messages, withLabels: [.topic, .status], diagnostics: &diagnostics) {
            alerts += [errorRatio(messages), failing(messages)]
            alerts += contract.topics.compactMap { silence(of: $0, messages) }
        }
        if let latency = family(.latency, withLabels: [.topic], diagnostics: &diagnostics) {
            if let alert = slowDeliveries(latency, diagnostics: &diagnostics) { alerts.append(alert) }
        }
        if let connection = family(.connection, withLabels: [.component], diagnostics: &diagnostics) {
            alerts.append(connectionDown(connection))
        }
        if let depth = family(.queueDepth, withLabels: [], diagnostics: &diagnostics),
            let capacity = family(.queueCapacity, withLabels: [], diagnostics: &diagnostics)
        {
            alerts.append(queueFull(depth, capacity))
        }
        if contract.messages.contains(where: { $0.protection?.encrypts == true }),
            let failures = family(.failures, withLabels: [.reason], diagnostics: &diagnostics)
        {
            alerts += [missingKey(failures), encryptionFailing(failures)]
        }
        return alerts
    }

    private func family(
        _ event: ProducerEvent, withLabels dimensions: [MetricDimension], diagnostics: inout Diagnostics
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

    /// Returns the alert for failures. One failure of 20 messages is not more than 5 %: the alert needs a second one.
    private func errorRatio(_ family: CompiledFamily) -> AlertDeclaration {
        let topic = labelName(.topic, of: family) ?? ""
        return alert(
            "ProducerErrorRatio",
            .errorRatioAbove(
                selection(family, [(.status, "error")], by: [topic], window: Self.window, minimumEvents: 20),
                value: at(0.05)),
            holdsFor: .minute * 10, urgent,
            "More than 5 % of the messages to {{ $labels.\(topic) }} are not delivered",
            "{{ $value | humanizePercentage }} of the messages of the last 15 minutes have failed.")
    }

    /// Returns the error ratio of topics with few messages. One failure of three and two of five are not enough. For topics with
    /// fewer than five messages an hour, use `expect_within`.
    private func failing(_ family: CompiledFamily) -> AlertDeclaration {
        let topic = labelName(.topic, of: family) ?? ""
        return alert(
            "ProducerFailing",
            .errorRatioAbove(
                selection(family, [(.status, "error")], by: [topic], window: .hour, minimumEvents: 5),
                value: at(0.5)),
            holdsFor: .minute * 10, urgent,
            "Most messages to {{ $labels.\(topic) }} are not delivered",
            "{{ $value | humanizePercentage }} of the messages of the last hour have failed.")
    }

    /// Returns the alert for slow deliveries. One slow delivery of 100 messages is not more than 1 %.
    private func slowDeliveries(_ family: CompiledFamily, diagnostics: inout Diagnostics) -> AlertDeclaration? {
        let topic = labelName(.topic, of: family) ?? ""
        // One second, or the largest bound below it that can be exceeded.
        let exceedable = family.buckets.dropLast()
        guard let limit = exceedable.last(where: { $0 <= 1 }) ?? exceedable.first else {
            diagnostics.warning(
                .alertIntent, at: location,
                "'producer_alerts' has no alert on slow deliveries: \(family.name) has only one bucket",
                hint: "give \(family.name) a second bucket")
            return nil
        }
        return alert(
            "ProducerSlow",
            .quantileAbove(
                selection(family, [], by: [topic], window: Self.window, minimumEvents: 100), quantile: at(0.99),
                value: at(limit)),
            holdsFor: .minute * 10, lessUrgent,
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
            holdsFor: min(expected.value, .minute * 5), lessUrgent,
            "No message has gone to {{ $labels.\(label) }} for \(length)",
            "The contract expects a message at least every \(length).")
    }

    private func connectionDown(_ family: CompiledFamily) -> AlertDeclaration {
        let component = labelName(.component, of: family) ?? ""
        return alert(
            "ProducerDisconnected", .equals(selection(family, []), value: at(0)), holdsFor: .minute, urgent,
            "The {{ $labels.\(component) }} has no connection",
            "Messages wait, and fail after their timeout.")
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
            holdsFor: .minute * 5, lessUrgent,
            "The producer's background queue is almost full",
            "{{ $value | humanizePercentage }} of the queue is used. Further messages are dropped when it is full.")
        alert.tests = [test(fires: true, depth: "91x20"), test(fires: false, depth: "90x20")]
        return alert
    }

    /// Returns the alert for a missing key, without which no message with encrypted values is sent.
    private func missingKey(_ family: CompiledFamily) -> AlertDeclaration {
        alert(
            "ProducerKeyMissing",
            .rateAbove(selection(family, [(.reason, "missing_key")], window: Self.window), value: at(0)),
            holdsFor: .zero, urgent, "Messages are not sent, because an encryption key is missing",
            "{{ $value | humanize }} messages each second had no key to encrypt their values with.")
    }

    private func encryptionFailing(_ family: CompiledFamily) -> AlertDeclaration {
        alert(
            "ProducerEncryptionFailing",
            .rateAbove(selection(family, [(.reason, "encryption")], window: Self.window), value: at(0)),
            holdsFor: .zero, urgent, "Messages are not sent, because their values can't be encrypted",
            "{{ $value | humanize }} messages each second could not be encrypted.")
    }

    // MARK: Parts

    private func at<Value>(_ value: Value) -> Located<Value> { Located(value, at: location) }

    private func selection(
        _ family: CompiledFamily, _ matching: [(MetricDimension, String)], by grouping: [String] = [],
        window: Duration? = nil, minimumEvents: Int? = nil
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
        _ name: String, _ condition: AlertCondition, holdsFor: Duration, _ severity: String, _ summary: String,
        _ description: String
    ) -> AlertDeclaration {
        AlertDeclaration(
            name: at(contract.contract.name.value + name), condition: condition,
            // At least two scrapes.
            holdsFor: at(max(holdsFor, metrics.scrapeInterval * 2)), keepsFiringFor: nil,
            severity: at(severity), labels: [], summary: at(summary), description: at(description), runbook: nil,
            tests: [], allowed: Allowances())
    }
}
