import ContractModel
import MetricsCompiler
import MonitoringCompiler
import PromQL
import SchemaCompiler

/// The parts of a contract that refer to each other.
struct Relations: Sendable {
    private(set) var messagesByTopic: [String: [CompiledMessage]] = [:]
    /// The families that an alert queries, in the order of its expression.
    private(set) var familiesByAlert: [String: [String]] = [:]
    private(set) var alertsByFamily: [String: [String]] = [:]
    /// The alerts that watch single topics, by the topics' keys.
    private(set) var alertsByTopic: [String: [String]] = [:]
    /// The families that count the deliveries of a message.
    private(set) var familiesByMessage: [String: [String]] = [:]

    init(_ contract: CompiledContract, _ monitoring: CompiledMonitoring) {
        messagesByTopic = Dictionary(grouping: contract.messages, by: \.topic.declaration.key.value)
        guard let metrics = monitoring.metrics else { return }
        for family in metrics.families {
            if case .message(let message)? = family.source {
                familiesByMessage[message.name, default: []].append(family.name)
            }
        }
        guard let alerts = monitoring.alerts else { return }
        let recordings = Dictionary(
            alerts.recordings.map { ($0.name, $0.expression) }, uniquingKeysWith: { first, _ in first })
        for alert in alerts.alerts { add(alert, recordings, metrics, contract) }
    }

    private mutating func add(
        _ alert: CompiledAlert, _ recordings: [String: Expression], _ metrics: CompiledMetrics,
        _ contract: CompiledContract
    ) {
        var families: [String] = []
        var topics: Set<String> = []
        var open = alert.expression.tree?.selectors ?? []
        var followed: Set<String> = []
        while !open.isEmpty {
            let selector = open.removeFirst()
            guard let name = selector.name?.text else { continue }
            if let recording = recordings[name] {
                if followed.insert(name).inserted { open += recording.selectors }
            } else if let family = Self.family(name, metrics) {
                if !families.contains(family.name) { families.append(family.name) }
                topics.formUnion(Self.topics(of: family, selector, contract))
            }
        }
        familiesByAlert[alert.name] = families
        for family in families { alertsByFamily[family, default: []].append(alert.name) }
        for topic in topics { alertsByTopic[topic, default: []].append(alert.name) }
    }

    /// Returns the family of a series, which a histogram's series do not have the name of.
    private static func family(_ series: String, _ metrics: CompiledMetrics) -> CompiledFamily? {
        if let family = metrics[series] { return family }
        for suffix in ["_bucket", "_count", "_sum", "_created"] where series.hasSuffix(suffix) {
            if let family = metrics[String(series.dropLast(suffix.count))] { return family }
        }
        return nil
    }

    /// Returns the topics whose series a selector selects; none where a family does not distinguish topics.
    private static func topics(
        of family: CompiledFamily, _ selector: Expression.VectorSelector, _ contract: CompiledContract
    ) -> [String] {
        if case .message(let message)? = family.source { return [message.topic.declaration.key.value] }
        let label = family.labels.first { label in
            if case .dimension(.topic)? = label.origin { true } else { false }
        }
        guard let label else { return [] }
        let matchers = selector.matchers.filter { $0.label.text == label.name }
        return contract.topics.filter { topic in
            matchers.allSatisfy { $0.matches(topic.declaration.name) != false }
        }.map(\.declaration.key.value)
    }
}
