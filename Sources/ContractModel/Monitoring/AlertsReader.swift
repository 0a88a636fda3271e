/// A reader of the manifest's alert rules.
enum AlertsReader {
    private static let sectionKeys = ["group", "producer_alerts", "severities", "rules"]
    private static let conditionKeys = [
        "expr", "quantile_above", "error_ratio_above", "rate_above", "above", "equals", "silent", "absent", "objective",
    ]
    private static let alertKeys =
        conditionKeys + [
            "for", "keep_firing_for", "severity", "labels", "summary", "description", "runbook", "tests", "allow",
        ]

    static func read(
        _ manifest: ManifestMapping, contract: String, diagnostics: inout Diagnostics
    ) -> AlertsDeclaration? {
        guard let node = manifest["alerts"], node.content != .null,
            let section = ManifestMapping(node, "'alerts'", keys: sectionKeys, diagnostics: &diagnostics)
        else { return nil }
        let group =
            section.string("group", diagnostics: &diagnostics)
            ?? Located("\(contract.lowercased())-alerts", at: node.location)
        ManifestNames.checkNotEmpty(group, "a group of rules", diagnostics: &diagnostics)
        let addsOwn =
            section.boolean("producer_alerts", diagnostics: &diagnostics) ?? Located(false, at: node.location)
        let severities = severities(section, diagnostics: &diagnostics)
        var rules: [AlertDeclaration] = []
        if let node = section["rules"],
            let mapping = ManifestMapping(node, "'rules'", keys: nil, diagnostics: &diagnostics)
        {
            rules = mapping.entries.compactMap { alert($0, severities.map(\.value), diagnostics: &diagnostics) }
        }
        return AlertsDeclaration(group: group, addsProducerAlerts: addsOwn, severities: severities, rules: rules)
    }

    private static func severities(_ section: ManifestMapping, diagnostics: inout Diagnostics) -> [Located<String>] {
        let severities = section.strings("severities", diagnostics: &diagnostics)
        if case .sequence(let nodes)? = section["severities"]?.content, nodes.isEmpty {
            diagnostics.error(
                .invalidValue, at: section["severities"]?.location ?? section.node.location,
                "'severities' is empty; expected at least one", hint: "remove it to allow any severity")
        }
        for severity in severities { checkSeverity(severity, among: [], diagnostics: &diagnostics) }
        return severities
    }

    /// - Parameter allowed: The severities that the manifest allows; empty where it allows any.
    private static func checkSeverity(
        _ severity: Located<String>, among allowed: [String], diagnostics: inout Diagnostics
    ) {
        if severity.value.isEmpty {
            diagnostics.error(.invalidValue, at: severity.location, "a severity is empty")
        } else if !allowed.isEmpty, !allowed.contains(severity.value) {
            diagnostics.error(
                .invalidValue, at: severity.location, "unknown severity '\(severity.value)'",
                hint: Suggestion.hint(for: severity.value, among: allowed))
        }
    }

    /// - Parameter severities: Those that the alert may have; empty where it may have any.
    private static func alert(
        _ entry: SourceNode.Entry, _ severities: [String], diagnostics: inout Diagnostics
    ) -> AlertDeclaration? {
        let subject = "the alert '\(entry.key.value)'"
        guard let mapping = ManifestMapping(entry.value, subject, keys: alertKeys, diagnostics: &diagnostics) else {
            return nil
        }
        let condition = condition(mapping, diagnostics: &diagnostics)
        let holdsFor = mapping.duration("for", allowsZero: true, diagnostics: &diagnostics)
        let keepsFiringFor = mapping.duration("keep_firing_for", allowsZero: true, diagnostics: &diagnostics)
        let severity = mapping.requiredString("severity", diagnostics: &diagnostics)
        if let severity { checkSeverity(severity, among: severities, diagnostics: &diagnostics) }
        let labels = mapping.texts("labels", diagnostics: &diagnostics)
        for label in labels { checkLabel(label.name, diagnostics: &diagnostics) }
        let summary = mapping.requiredString("summary", diagnostics: &diagnostics)
        let description = mapping.string("description", diagnostics: &diagnostics)
        let runbook = mapping.string("runbook", diagnostics: &diagnostics)
        let tests = tests(mapping, diagnostics: &diagnostics)
        let allowed = Allowances(at: entry.key.location, diagnostics)
        guard let condition, let severity, let summary else { return nil }
        return AlertDeclaration(
            name: entry.key, condition: condition, holdsFor: holdsFor, keepsFiringFor: keepsFiringFor,
            severity: severity, labels: labels, summary: summary, description: description, runbook: runbook,
            tests: tests, allowed: allowed)
    }

    /// Labels that each alert has without being given them, and hints for who gives them.
    private static let generatedLabels = [
        "alertname": "it is the alert's name; choose another name",
        "contract": "it is the contract's name; choose another name",
        "severity": "write 'severity:' next to 'labels'",
    ]

    /// Refuses names that Prometheus does not allow, and those of labels that are generated.
    private static func checkLabel(_ name: Located<String>, diagnostics: inout Diagnostics) {
        if let hint = generatedLabels[name.value] {
            diagnostics.error(
                .alertLabel, at: name.location, "every alert already has a label '\(name.value)'", hint: hint)
        } else if !ManifestNames.isLabelName(name.value) {
            diagnostics.error(
                .alertLabel, at: name.location, "invalid label name '\(name.value)'",
                hint: ManifestNames.labelNames)
        }
    }

    // MARK: Conditions

    private static func condition(_ alert: ManifestMapping, diagnostics: inout Diagnostics) -> AlertCondition? {
        let named = alert.entries.filter { conditionKeys.contains($0.key.value) }
        guard let entry = named.first, named.count == 1 else {
            let place = named.dropFirst().first?.key.location ?? alert.node.location
            diagnostics.error(
                .missingKey, at: place,
                "\(alert.subject) has \(named.isEmpty ? "no condition" : "\(named.count) conditions"); expected one",
                hint: "one of: \(conditionKeys.joined(separator: ", "))")
            return nil
        }
        let name = entry.key.value
        if name == "expr" { return alert.string(name, diagnostics: &diagnostics).map { .expression($0) } }
        let keys: [String]
        switch name {
        case "quantile_above": keys = ["by", "window", "min_events", "quantile", "value"]
        case "error_ratio_above": keys = ["within", "by", "window", "min_events", "value"]
        case "objective": keys = ["within", "by", "min_events", "percent", "good_up_to"]
        case "silent": keys = ["by", "window"]
        case "absent": keys = []
        // A gauge is compared as it is.
        case "above", "equals": keys = ["value"]
        default: keys = ["by", "window", "value"]
        }
        guard
            let mapping = ManifestMapping(
                entry.value, "'\(name)'", keys: ["of", "where"] + keys, diagnostics: &diagnostics),
            let selection = selection(mapping, diagnostics: &diagnostics)
        else { return nil }
        return intent(name, selection, mapping, diagnostics: &diagnostics)
    }

    private static func selection(
        _ mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> MetricSelection? {
        let matching = mapping.texts("where", diagnostics: &diagnostics)
        let scope = mapping.texts("within", diagnostics: &diagnostics)
        let grouping = mapping.strings("by", diagnostics: &diagnostics)
        let window = mapping.duration("window", diagnostics: &diagnostics)
        let minimumEvents = mapping.positiveInteger("min_events", diagnostics: &diagnostics)
        return mapping.requiredString("of", diagnostics: &diagnostics).map {
            MetricSelection(
                family: $0, matching: matching, scope: scope, grouping: grouping, window: window,
                minimumEvents: minimumEvents)
        }
    }

    private static func intent(
        _ name: String, _ selection: MetricSelection, _ mapping: ManifestMapping, diagnostics: inout Diagnostics
    ) -> AlertCondition? {
        switch name {
        case "silent": return .silent(selection)
        case "absent": return .absent(selection)
        case "objective":
            let goodUpTo = mapping.number("good_up_to", diagnostics: &diagnostics)
            return mapping.requiredNumber("percent", diagnostics: &diagnostics).map {
                .objective(ObjectiveDeclaration(selection: selection, goodUpTo: goodUpTo, percent: $0))
            }
        case "quantile_above":
            let quantile = mapping.requiredNumber("quantile", diagnostics: &diagnostics)
            let value = mapping.requiredNumber("value", diagnostics: &diagnostics)
            guard let quantile, let value else { return nil }
            return .quantileAbove(selection, quantile: quantile, value: value)
        default:
            guard let value = mapping.requiredNumber("value", diagnostics: &diagnostics) else { return nil }
            switch name {
            case "error_ratio_above": return .errorRatioAbove(selection, value: value)
            case "rate_above": return .rateAbove(selection, value: value)
            case "above": return .above(selection, value: value)
            default: return .equals(selection, value: value)
            }
        }
    }

    // MARK: Tests

    private static func tests(_ alert: ManifestMapping, diagnostics: inout Diagnostics) -> [AlertTestDeclaration] {
        guard let node = alert["tests"] else { return [] }
        guard case .sequence(let nodes) = node.content else {
            diagnostics.error(.wrongType, at: node.location, "'tests' must be a list, found \(node.kindName)")
            return []
        }
        return nodes.compactMap { node in
            guard
                let mapping = ManifestMapping(node, "a test", keys: ["fires", "series"], diagnostics: &diagnostics)
            else { return nil }
            let series = mapping.texts("series", diagnostics: &diagnostics)
            if mapping["fires"] == nil { _ = mapping.required("fires", diagnostics: &diagnostics) }
            return mapping.boolean("fires", diagnostics: &diagnostics)
                .map { AlertTestDeclaration(fires: $0, series: series) }
        }
    }
}
