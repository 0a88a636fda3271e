import ContractModel
import MetricsCompiler
import SchemaCompiler

/// An emitter of the functions by which the metrics record the events of a producer.
struct MetricHooksEmitter {
    let metrics: CompiledMetrics
    let contract: CompiledContract
    /// `public `, or another level with a space after it; empty for `internal`.
    private var access: String { contract.contract.access.modifier }

    func emit() -> String {
        var hooks: [String] = []
        func hook(_ write: (inout SourceWriter) -> Bool) {
            var writer = SourceWriter(depth: 1)
            if write(&writer) { hooks.append(writer.text) }
        }
        hook(emitLabels)
        hook(emitDelivered)
        hook(emitFailed)
        hook(emitBroke)
        hook(emitRetried)
        hook(emitInFlight)
        hook(emitQueue)
        hook(emitConnection)
        for (message, families) in observed { hook { emitObservation(of: message, families, to: &$0) } }
        return hooks.joined(separator: "\n\n")
    }

    private func families(_ events: ProducerEvent...) -> [CompiledFamily] {
        metrics.families.filter { family in
            if case .producer(let event)? = family.source { events.contains(event) } else { false }
        }
    }

    private func labelType(_ dimension: MetricDimension) -> LabelType? {
        metrics.labelTypes.first { $0.name == dimension.typeName }
    }

    // MARK: Labels

    private static let perMessage: [MetricDimension] = [.topic, .message, .event]

    private func emitLabels(to writer: inout SourceWriter) -> Bool {
        let head = "\(access)func labels<M: Message>"
        writer.function(head, ["of message: M.Type", "event: String", "topic: Topic"], result: "MessageLabels?") {
            writer in
            writer.line(
                "guard \(contract.contract.name.value).messages.contains(where: { $0 == M.self }) else { return nil }")
            let values = Self.perMessage.map { dimension -> String in
                guard labelType(dimension) != nil else { return "\(dimension.rawValue): 0" }
                let text =
                    switch dimension {
                    case .topic: "topic.name"
                    case .message: "M.messageName"
                    default: "event"
                    }
                writer.line(
                    "let \(dimension.rawValue)Label = \(dimension.typeName)(text: \(text))"
                        + (dimension == .topic ? " ?? .other" : ""))
                let value = dimension == .topic ? "topicLabel.rawValue" : "\(dimension.rawValue)Label?.rawValue ?? 0"
                return "\(dimension.rawValue): \(value)"
            }
            writer.call("return MessageLabels", Array(values.dropLast()), last: values.last ?? "")
        }
        return true
    }

    /// Writes constants for the labels of some families.
    private func emitUnpacking(for families: [CompiledFamily], to writer: inout SourceWriter) {
        let used = Self.perMessage.filter { dimension in
            families.contains { $0.labels.contains { $0.dimension == dimension } }
        }
        guard !used.isEmpty else { return }
        let conditions = used.map {
            "let \($0.rawValue) = \($0.typeName)(rawValue: labels.\($0.rawValue))"
        }
        let single = "guard \(conditions.joined(separator: ", ")) else { return }"
        if writer.fits(single) {
            writer.line(single)
            return
        }
        for (index, condition) in conditions.enumerated() {
            let comma = index < conditions.count - 1 ? "," : ""
            writer.line(index == 0 ? "guard \(condition)\(comma)" : "    \(condition)\(comma)")
        }
        writer.line("else { return }")
    }

    /// Names of parameters and variables, which would hide a family of the same name.
    private static let localNames: Set<String> = [
        "capacity", "count", "depth", "duration", "event", "failure", "failures", "isUp", "labels", "message",
        "messages", "reason", "rule", "time", "topic",
    ]

    private func member(_ family: CompiledFamily) -> String {
        (Self.localNames.contains(family.memberName) ? "self." : "") + SwiftName.escaped(family.memberName)
    }

    /// Writes a call such as `kafkaMessagesProduced[topic: topic, status: .success].increment()`.
    private func emitCall(
        _ family: CompiledFamily, _ method: String, _ arguments: [String] = [],
        _ own: [MetricDimension: String] = [:], to writer: inout SourceWriter
    ) {
        let labels = family.labels.map { label in
            let value = label.dimension.map { own[$0] ?? $0.rawValue } ?? ""
            return "\(SwiftName.label(label.memberName)): \(value)"
        }
        writer.emitCall(member(family), labels, method, arguments)
    }

    // MARK: Messages

    private func emitDelivered(to writer: inout SourceWriter) -> Bool {
        let all = families(.messages, .latency, .bytes, .lastSuccess)
        guard !all.isEmpty else { return false }
        let head = "\(access)func delivered"
        let parameters = ["_ labels: MessageLabels", "_ messages: DeliveredMessages", "at time: Timestamp"]
        writer.function(head, parameters, result: nil) { writer in
            emitUnpacking(for: all, to: &writer)
            for family in all {
                guard case .producer(let event)? = family.source else { continue }
                switch event {
                case .messages:
                    let count = "by: UInt64(messages.count)"
                    emitCall(family, "increment", [count], [.status: ".success"], to: &writer)
                case .latency:
                    emitCall(family, "observe", ["messages.durations"], [.status: ".success"], to: &writer)
                case .bytes: emitCall(family, "increment", ["by: UInt64(messages.bytes)"], to: &writer)
                default: emitCall(family, "set", ["time.fractionalSecondsSince1970"], to: &writer)
                }
            }
        }
        return true
    }

    private func emitFailed(to writer: inout SourceWriter) -> Bool {
        let counted = families(.messages).filter(\.tellsStatus) + families(.failures)
        // Without a status, a latency is that of deliveries alone.
        let timed = families(.latency).filter(\.tellsStatus)
        guard !(counted + timed).isEmpty else { return false }
        let parameters = ["_ labels: MessageLabels", "reason: ProducerError.Reason", "duration: Duration?"]
        writer.function("\(access)func failed", parameters, result: nil) { writer in
            emitUnpacking(for: counted + timed, to: &writer)
            if families(.failures).contains(where: { $0.labels.contains { $0.dimension == .reason } }) {
                writer.line("guard let reason = ReasonLabel(text: reason.rawValue) else { return }")
            }
            for family in counted { emitCall(family, "increment", [], [.status: ".error"], to: &writer) }
            guard !timed.isEmpty else { return }
            writer.block("if let duration") { writer in
                for family in timed {
                    emitCall(family, "observe", ["duration"], [.status: ".error"], to: &writer)
                }
            }
        }
        return true
    }

    private func emitBroke(to writer: inout SourceWriter) -> Bool {
        let all = families(.invalid)
        guard !all.isEmpty else { return false }
        writer.block("\(access)func broke(_ labels: MessageLabels, _ failures: [ValidationFailure])") { writer in
            emitUnpacking(for: all, to: &writer)
            let tellsRule = all.contains { $0.labels.contains { $0.dimension == .rule } }
            writer.block(tellsRule ? "for failure in failures" : "for _ in failures") { writer in
                if tellsRule { writer.line("let rule = RuleLabel(text: failure.rule) ?? .other") }
                for family in all { emitCall(family, "increment", to: &writer) }
            }
        }
        return true
    }

    private func emitRetried(to writer: inout SourceWriter) -> Bool {
        let all = families(.retries)
        guard !all.isEmpty else { return false }
        writer.block("\(access)func retried(_ labels: MessageLabels)") { writer in
            emitUnpacking(for: all, to: &writer)
            for family in all { emitCall(family, "increment", to: &writer) }
        }
        return true
    }

    // MARK: The producer itself

    private func emitInFlight(to writer: inout SourceWriter) -> Bool {
        let all = families(.inFlight)
        guard !all.isEmpty else { return false }
        writer.block("\(access)func inFlightChanged(by count: Int)") { writer in
            for family in all { emitCall(family, "increment", ["by: Double(count)"], to: &writer) }
        }
        return true
    }

    private func emitQueue(to writer: inout SourceWriter) -> Bool {
        let all = families(.queueDepth, .queueCapacity)
        guard !all.isEmpty else { return false }
        writer.block("\(access)func queueChanged(depth: Int, capacity: Int)") { writer in
            for family in families(.queueDepth) { emitCall(family, "set", ["Double(depth)"], to: &writer) }
            for family in families(.queueCapacity) { emitCall(family, "set", ["Double(capacity)"], to: &writer) }
        }
        return true
    }

    private func emitConnection(to writer: inout SourceWriter) -> Bool {
        let all = families(.connection)
        guard !all.isEmpty else { return false }
        writer.block("\(access)func connectionChanged(isUp: Bool)") { writer in
            for family in all {
                emitCall(family, "set", ["isUp ? 1 : 0"], [.component: ".producer"], to: &writer)
            }
        }
        return true
    }

    // MARK: Values of messages

    /// The messages whose content is measured, each with its families.
    private var observed: [(CompiledMessage, [CompiledFamily])] {
        contract.messages.compactMap { message in
            let families = metrics.families.filter { family in
                if case .message(let source)? = family.source { source.name == message.name } else { false }
            }
            return families.isEmpty ? nil : (message, families)
        }
    }

    private func emitObservation(
        of message: CompiledMessage, _ families: [CompiledFamily], to writer: inout SourceWriter
    ) -> Bool {
        writer.documentation(["Returns a function that counts a message's content."])
        let head = "\(access)func observation(of message: \(message.typeName)) -> (@Sendable () -> Void)?"
        writer.block(head) {
            MessageObservationEmitter(message: message, families: families, metrics: metrics).emit(to: &$0)
        }
        return true
    }

    /// Returns the functions by which messages are counted, one in an extension of each message.
    func emitObservers() -> String {
        observed.map { message, _ in
            var writer = SourceWriter()
            writer.line("nonisolated extension \(message.typeName) {")
            writer.indented { writer in
                writer.function(
                    "\(access)static func observation",
                    ["of message: \(message.typeName)", "by metrics: any ProducerMetrics"],
                    result: "(@Sendable () -> Void)?"
                ) { writer in
                    writer.line("(metrics as? \(contract.contract.name.value).Metrics)?.observation(of: message)")
                }
            }
            writer.line("}")
            return writer.text
        }.joined(separator: "\n\n")
    }
}

/// An emitter of the function that captures a message's values for metrics when it is handed over, to count them at its
/// delivery.
private struct MessageObservationEmitter {
    let message: CompiledMessage
    let families: [CompiledFamily]
    let metrics: CompiledMetrics

    func emit(to writer: inout SourceWriter) {
        for family in families {
            emitSelection(of: family, to: &writer)
            for label in family.labels { emitTaking(label, of: family, to: &writer) }
            if let value = family.value { writer.line("let \(family.memberName)Value = message.\(value.expression)") }
        }
        writer.line("return {")
        writer.indented { writer in
            for family in families { emitCall(family, to: &writer) }
        }
        writer.line("}")
    }

    /// Writes the check that the family counts the message's event, which a label of the event makes unnecessary.
    private func emitSelection(of family: CompiledFamily, to writer: inout SourceWriter) {
        guard let events = family.events, eventLabel(of: family) == nil else { return }
        writer.line("let \(family.memberName)IsSelected =")
        writer.indented { writer in
            writer.line("switch message.messageType {")
            let cases = events.map { "." + SwiftName.escaped($0.caseName) }
            let single = "case \(cases.joined(separator: ", ")): true"
            for line in writer.fits(single) ? [single] : cases.map({ "case \($0): true" }) { writer.line(line) }
            writer.line("default: false")
            writer.line("}")
        }
    }

    private func eventLabel(of family: CompiledFamily) -> CompiledLabel? {
        family.labels.first { $0.dimension == .event }
    }

    /// Returns the condition for a family to count a message.
    private func conditions(of family: CompiledFamily) -> [String] {
        var conditions: [String] = []
        if family.events != nil {
            conditions.append(
                eventLabel(of: family).map { "let \(name(family, $0))" } ?? "\(family.memberName)IsSelected")
        }
        if family.value?.isOptional == true { conditions.append("let \(family.memberName)Value") }
        return conditions
    }

    private func emitCall(_ family: CompiledFamily, to writer: inout SourceWriter) {
        let conditions = conditions(of: family)
        if conditions.isEmpty {
            emitIncrement(family, to: &writer)
        } else {
            writer.block("if " + conditions.joined(separator: ", ")) { emitIncrement(family, to: &$0) }
        }
    }

    private func emitIncrement(_ family: CompiledFamily, to writer: inout SourceWriter) {
        let labels = family.labels.map { "\(SwiftName.label($0.memberName)): \(self.name(family, $0))" }
        let property = "self." + SwiftName.escaped(family.memberName)
        guard family.value != nil else {
            writer.emitCall(property, labels, "increment", [])
            return
        }
        let method = family.kind == .histogram ? "observe" : "set"
        writer.emitCall(property, labels, method, ["Double(\(family.memberName)Value)"])
    }

    /// Returns a name that neither the message nor a label of another family has.
    private func name(_ family: CompiledFamily, _ label: CompiledLabel) -> String {
        guard families.count > 1 else { return label.memberName + "Label" }
        return family.memberName + label.memberName.prefix(1).uppercased() + label.memberName.dropFirst() + "Label"
    }

    private func emitTaking(_ label: CompiledLabel, of family: CompiledFamily, to writer: inout SourceWriter) {
        let name = name(family, label)
        switch (label.origin, label.values) {
        case (.dimension(.topic)?, .closed(let type)):
            writer.line("let \(name) = \(type)(text: \(message.typeName).topic.name) ?? .other")
        case (.dimension?, .closed(let type)) where family.events != nil:
            writer.call("let \(name) = \(type)", [], last: "text: message.messageType.rawValue")
        case (.dimension?, .closed(let type)):
            writer.guarding("let \(name) = \(type)(text: message.messageType.rawValue)", else: "return nil")
        case (.property(let path)?, .closed(let type)):
            let property = "message.\(path.expression)"
            let text = path.isOptional ? "\(property)?.rawValue ?? \"\"" : "\(property).rawValue"
            if metrics.labelType(label)?.values.contains(where: { $0.text == LabelType.otherText }) == true {
                writer.line("let \(name) = \(type)(text: \(text)) ?? .other")
            } else {
                writer.guarding("let \(name) = \(type)(text: \(text))", else: "return nil")
            }
        case (.property(let path)?, .open):
            writer.line("let \(name) = message.\(path.expression)\(path.isOptional ? " ?? \"other\"" : "")")
        case (nil, _), (.dimension?, .open):
            break
        }
    }
}

extension SourceWriter {
    /// Writes the call of a method of a family's series: in two lines where one is too long.
    fileprivate mutating func emitCall(_ family: String, _ labels: [String], _ method: String, _ arguments: [String]) {
        let series = labels.isEmpty ? family : "\(family)[\(labels.joined(separator: ", "))]"
        let call = ".\(method)(\(arguments.joined(separator: ", ")))"
        guard !fits(series + call) else {
            line(series + call)
            return
        }
        line(series)
        indented { $0.line(call) }
    }
}

extension CompiledLabel {
    fileprivate var dimension: MetricDimension? {
        if case .dimension(let dimension)? = origin { dimension } else { nil }
    }
}

extension CompiledFamily {
    fileprivate var tellsStatus: Bool { labels.contains { $0.dimension == .status } }
}
