import ContractModel
import MetricsCompiler
import SchemaCompiler

/// Checks the windows of intents against what they must see.
struct AlertWindows {
    let metrics: CompiledMetrics
    let topics: [TopicDeclaration]

    func check(_ rule: AlertDeclaration, allowances: inout Allowances, diagnostics: inout Diagnostics) {
        if case .silent(let selection) = rule.condition {
            checkSilence(selection, rule, allowances: &allowances, diagnostics: &diagnostics)
        }
        let selection = rule.condition.selection
        guard let window = selection?.window, window.value < metrics.scrapeInterval * 4,
            window.value >= metrics.scrapeInterval * 2
        else { return }
        diagnostics.warning(
            .shortRange, at: window.location,
            "a window of \(PromQLText.duration(window.value)) contains few scrapes, which are "
                + "\(PromQLText.duration(metrics.scrapeInterval)) apart: after a failed scrape, there is no result",
            hint: "expected at least \(PromQLText.duration(metrics.scrapeInterval * 4))")
    }

    // MARK: Silence

    /// Reports a window that is shorter than the time for which a topic may be silent.
    private func checkSilence(
        _ selection: MetricSelection, _ rule: AlertDeclaration, allowances: inout Allowances,
        diagnostics: inout Diagnostics
    ) {
        guard let family = metrics[selection.family.value], countsAllMessages(selection, family) else { return }
        let window = (selection.window?.value ?? ConditionCompiler.defaultWindow) + (rule.holdsFor?.value ?? .zero)
        let expected = topics(of: family, selection).compactMap { topic in
            topic.expectedWithin.map { (topic: topic, within: $0.value) }
        }
        // A sum of several topics is silent only if all of them are.
        let isGrouped =
            Self.topicLabel(family).map { label in selection.grouping.contains { $0.value == label } } ?? false
        let limit = isGrouped ? expected.max { $0.within < $1.within } : expected.min { $0.within < $1.within }
        guard let limit, window < limit.within, !allowances.excuses(.silenceWindow) else { return }
        diagnostics.error(
            .silenceWindow, at: selection.window?.location ?? selection.family.location,
            "the alert fires after \(PromQLText.duration(window)) of silence, but the topic "
                + "'\(limit.topic.key.value)' may be silent for \(PromQLText.duration(limit.within)), its 'expect_within'",
            hint: "expected a window of at least \(PromQLText.duration(limit.within))")
    }

    private static func topicLabel(_ family: CompiledFamily) -> String? { label(.topic, of: family) }

    private static func label(_ dimension: MetricDimension, of family: CompiledFamily) -> String? {
        family.labels.first { label in
            if case .dimension(dimension)? = label.origin { true } else { false }
        }?.name
    }

    /// Returns whether the selected series count each message of their topics. Errors, for example, may be silent for ever.
    private func countsAllMessages(_ selection: MetricSelection, _ family: CompiledFamily) -> Bool {
        switch family.source {
        case .producer(.messages), .producer(.bytes), .message: break
        case .producer, nil: return false
        }
        return (selection.matching + selection.scope).allSatisfy { match in
            match.name.value == Self.topicLabel(family)
                || (match.name.value == Self.label(.status, of: family) && match.text.value == "success")
        } && family.events == nil
    }

    private func topics(of family: CompiledFamily, _ selection: MetricSelection) -> [TopicDeclaration] {
        if case .message(let message)? = family.source {
            return topics.filter { $0.name == message.topic.declaration.name }
        }
        let selected = (selection.matching + selection.scope).first { $0.name.value == Self.topicLabel(family) }
        return selected.map { match in topics.filter { $0.name == match.text.value } } ?? topics
    }
}
