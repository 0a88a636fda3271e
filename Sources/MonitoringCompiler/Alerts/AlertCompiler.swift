import ContractModel
import MetricsCompiler
import SchemaCompiler
import PromQL

/// A compiler of the alerts of a contract, which checks the rules against its metrics.
struct AlertCompiler {
    private let contract: CompiledContract
    private let declaration: AlertsDeclaration
    private let metrics: CompiledMetrics
    private var recordings: [RecordingRule] = []
    private var alerts: [CompiledAlert] = []
    private var objectives: [CompiledObjective] = []

    /// - Returns: `nil` where the contract declares no alerts.
    static func compile(
        _ contract: CompiledContract, _ metrics: CompiledMetrics?, diagnostics: inout Diagnostics
    ) -> CompiledAlerts? {
        guard let declaration = contract.contract.alerts else { return nil }
        guard let metrics else {
            diagnostics.error(
                .unknownMetric, at: declaration.group.location, "the contract has alerts, but no metrics to query",
                hint: "declare the metrics under 'metrics'")
            return nil
        }
        var compiler = AlertCompiler(contract: contract, declaration: declaration, metrics: metrics)
        for alert in declaration.rules { compiler.add(alert, diagnostics: &diagnostics) }
        if declaration.addsProducerAlerts.value {
            let own = ProducerAlerts(contract: contract, metrics: metrics, declaration: declaration)
            let written = Set(compiler.alerts.map { $0.expression.normalized })
            for alert in own.declarations(diagnostics: &diagnostics) {
                compiler.add(alert, from: .producer, unlessIn: written, diagnostics: &diagnostics)
            }
        }
        AlertNames(alerts: compiler.alerts, objectives: compiler.objectives, declaration: declaration)
            .check(diagnostics: &diagnostics)
        compiler.checkAlerts(diagnostics: &diagnostics)
        return CompiledAlerts(
            group: declaration.group.value, recordings: compiler.recordings, alerts: compiler.alerts,
            objectives: compiler.objectives)
    }

    /// - Parameter written: The canonical expressions of existing alerts, to avoid duplicates.
    private mutating func add(
        _ alert: AlertDeclaration, from origin: CompiledAlert.Origin = .declared, unlessIn written: Set<String> = [],
        diagnostics: inout Diagnostics
    ) {
        let holdsFor = alert.holdsFor?.value ?? .zero
        let conditions = ConditionCompiler(
            metrics: metrics, holdsFor: holdsFor, keepsFiringFor: alert.keepsFiringFor?.value ?? .zero)
        if case .objective(let objective) = alert.condition {
            add(objective, of: alert, conditions, diagnostics: &diagnostics)
            return
        }
        guard let outcome = conditions.compile(alert.condition, diagnostics: &diagnostics),
            !written.contains(outcome.expression.normalized)
        else { return }
        var compiled = compiled(
            alert, from: origin, name: alert.name.value, outcome.expression, holdsFor: holdsFor,
            severity: alert.severity.value, tests: outcome.tests + tests(of: alert, holdsFor: holdsFor))
        if case .expression(let source) = alert.condition { compiled.source = source }
        compiled.declaredTests = alert.tests
        alerts.append(compiled)
    }

    private mutating func add(
        _ objective: ObjectiveDeclaration, of alert: AlertDeclaration, _ conditions: ConditionCompiler,
        diagnostics: inout Diagnostics
    ) {
        if let written = alert.holdsFor {
            diagnostics.error(
                .alertIntent, at: written.location, "an objective has no 'for': its alerts hold for 2m and 15m",
                hint: "remove 'for'")
        }
        if let written = alert.tests.first {
            diagnostics.error(
                .alertIntent, at: written.fires.location,
                "an objective has no 'tests': the tests of its alerts are generated",
                hint: "remove 'tests'")
        }
        let target = conditions.target(
            objective.selection, [.counter, .histogram], "objective", diagnostics: &diagnostics)
        guard let target else { return }
        let compiler = ObjectiveCompiler(
            alert: alert, objective: objective, target: target, contract: contract.contract.name.value,
            lessUrgentSeverity: declaration.severity(after: alert.severity.value))
        guard let outcome = compiler.compile(diagnostics: &diagnostics) else { return }
        recordings += outcome.recordings
        objectives.append(outcome.objective)
        for rule in outcome.alerts {
            var compiled = compiled(
                alert, from: .objective(alert.name.value), name: alert.name.value + rule.suffix,
                RuleExpression(rule.expression), holdsFor: rule.holdsFor, severity: rule.severity, tests: rule.tests)
            compiled.burnRates = rule.burnRates
            alerts.append(compiled)
        }
    }

    private func compiled(
        _ alert: AlertDeclaration, from origin: CompiledAlert.Origin, name: String, _ expression: RuleExpression,
        holdsFor: Duration,
        severity: String, tests: [AlertTest]
    ) -> CompiledAlert {
        let location = alert.name.location
        var annotations = [NamedText("summary", alert.summary.value, at: alert.summary.location)]
        if let text = alert.description { annotations.append(NamedText("description", text.value, at: text.location)) }
        if let text = alert.runbook { annotations.append(NamedText("runbook_url", text.value, at: text.location)) }
        return CompiledAlert(
            name: name, expression: expression, holdsFor: holdsFor,
            keepsFiringFor: alert.keepsFiringFor?.value ?? .zero,
            labels: [
                NamedText("severity", severity, at: alert.severity.location),
                NamedText(CompiledAlert.contractLabel, contract.contract.name.value, at: location),
            ]
                + alert.labels.map { NamedText($0.name.value, $0.text.value, at: $0.text.location) },
            annotations: annotations, tests: tests, location: location,
            holdLocation: alert.holdsFor?.location ?? location, conditionLocation: alert.condition.place ?? location,
            source: nil, condition: alert.condition, origin: origin)
    }

    /// Checks each alert against the metrics, and reports unneeded allowances.
    private func checkAlerts(diagnostics: inout Diagnostics) {
        let checker = AlertChecker(contract.contract, metrics, recordings: recordings)
        let pairs = AlertPairs(alerts, declaration, checker.expressions)
        let windows = AlertWindows(metrics: metrics, topics: contract.topics.map(\.declaration))
        let made = Dictionary(grouping: alerts, by: \.location)
        for alert in alerts where alert.origin == .producer {
            var none = Allowances()
            checker.check(alert, allowances: &none, diagnostics: &diagnostics)
        }
        for rule in declaration.rules {
            // The needed allowances of an alert that was not compiled are unknown.
            guard let alerts = made[rule.name.location] else { continue }
            var allowances = rule.allowed
            for alert in alerts { checker.check(alert, allowances: &allowances, diagnostics: &diagnostics) }
            pairs.check(rule, diagnostics: &diagnostics)
            windows.check(rule, allowances: &allowances, diagnostics: &diagnostics)
            allowances.note(in: &diagnostics)
        }
    }

    /// Returns the tests of the manifest, with a sample each minute.
    private func tests(of alert: AlertDeclaration, holdsFor: Duration) -> [AlertTest] {
        alert.tests.map { test in
            AlertTest(
                fires: test.fires.value, note: nil, interval: AlertTest.evaluationInterval,
                time: AlertTest.writtenEvaluation(holdsFor: holdsFor),
                pendingUntil: test.fires.value ? AlertTest.lastEvaluation(before: holdsFor) : nil,
                series: test.series.map { AlertTest.Series(name: $0.name.value, values: $0.text.value) })
        }
    }
}
