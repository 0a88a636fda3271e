import ContractModel
import SchemaCompiler

/// Makes rules of a contract's alerts, each held against the metrics that it queries.
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
            let own = ProducerAlerts(contract: contract, metrics: metrics, at: declaration.addsProducerAlerts.location)
            let written = Set(compiler.alerts.map(\.expression))
            for alert in own.declarations(diagnostics: &diagnostics) {
                compiler.add(alert, unlessIn: written, diagnostics: &diagnostics)
            }
        }
        compiler.checkNames(diagnostics: &diagnostics)
        compiler.checkRecordings(diagnostics: &diagnostics)
        let checker = AlertChecker(contract.contract, metrics, recordings: compiler.recordings)
        for alert in compiler.alerts { checker.check(alert, diagnostics: &diagnostics) }
        return CompiledAlerts(
            group: declaration.group.value, recordings: compiler.recordings, alerts: compiler.alerts,
            objectives: compiler.objectives)
    }

    private init(contract: CompiledContract, declaration: AlertsDeclaration, metrics: CompiledMetrics) {
        self.contract = contract
        self.declaration = declaration
        self.metrics = metrics
    }

    /// - Parameter written: Queries for which there is an alert already: nobody wants to be woken twice.
    private mutating func add(
        _ alert: AlertDeclaration, unlessIn written: Set<String> = [], diagnostics: inout Diagnostics
    ) {
        checkName(alert.name, diagnostics: &diagnostics)
        let holdsFor = alert.holdsFor?.value ?? 0
        let conditions = ConditionCompiler(metrics: metrics, holdsFor: holdsFor)
        if case .objective(let objective) = alert.condition {
            if let written = alert.holdsFor {
                diagnostics.error(
                    .alertIntent, at: written.location,
                    "an objective's alerts hold for 2m and 15m, as their windows want",
                    hint: "take 'for' out")
            }
            let target = conditions.target(
                objective.selection, [.counter, .histogram], "objective", diagnostics: &diagnostics)
            guard let target else { return }
            let compiler = ObjectiveCompiler(alert: alert, objective: objective, target: target)
            guard let outcome = compiler.compile(diagnostics: &diagnostics) else { return }
            recordings += outcome.recordings
            objectives.append(outcome.objective)
            for rule in outcome.alerts {
                alerts.append(
                    compiled(
                        alert, name: alert.name.value + rule.suffix, rule.expression, holdsFor: rule.holdsFor,
                        severity: rule.severity, tests: rule.tests))
            }
            return
        }
        guard let outcome = conditions.compile(alert.condition, diagnostics: &diagnostics),
            !written.contains(outcome.expression)
        else { return }
        var compiled = compiled(
            alert, name: alert.name.value, outcome.expression, holdsFor: holdsFor, severity: alert.severity.value,
            tests: outcome.tests)
        if case .expression(let source) = alert.condition {
            compiled.source = source
            compiled.tests = tests(of: alert, holdsFor: holdsFor)
        }
        checkTests(compiled, diagnostics: &diagnostics)
        alerts.append(compiled)
    }

    private func compiled(
        _ alert: AlertDeclaration, name: String, _ expression: String, holdsFor: Int, severity: String,
        tests: [AlertTest]
    ) -> CompiledAlert {
        let location = alert.name.location
        var annotations = [NamedText("summary", alert.summary.value, at: alert.summary.location)]
        if let text = alert.description { annotations.append(NamedText("description", text.value, at: text.location)) }
        if let text = alert.runbook { annotations.append(NamedText("runbook_url", text.value, at: text.location)) }
        return CompiledAlert(
            name: name, expression: expression, holdsFor: holdsFor,
            labels: [NamedText("severity", severity, at: alert.severity.location)]
                + alert.labels.map { NamedText($0.name.value, $0.text.value, at: $0.text.location) },
            annotations: annotations, tests: tests, location: location,
            holdLocation: alert.holdsFor?.location ?? location, source: nil, allowed: alert.allowed)
    }

    // MARK: Checks

    private func checkName(_ name: Located<String>, diagnostics: inout Diagnostics) {
        let isSound =
            !name.value.isEmpty && name.value.first?.isNumber == false
            && name.value.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            }
        if !isSound {
            diagnostics.error(
                .alertName, at: name.location, "'\(name.value)' can't be the name of an alert",
                hint: "expected ASCII letters, digits and '_', such as KafkaProducerErrors")
        }
    }

    private func checkNames(diagnostics: inout Diagnostics) {
        var seen: Set<String> = []
        for alert in alerts where !seen.insert(alert.name).inserted {
            diagnostics.error(
                .alertName, at: alert.location, "there are two alerts called '\(alert.name)'",
                hint: "objectives become alerts that end in FastBurn and SlowBurn; rename one of them")
        }
    }

    /// Two objectives may have names that become one in the series that they record.
    private func checkRecordings(diagnostics: inout Diagnostics) {
        var seen: [String: String] = [:]
        for objective in objectives {
            guard let other = seen.updateValue(objective.name, forKey: objective.hourlyRatio) else { continue }
            guard let rule = declaration.rules.first(where: { $0.name.value == objective.name }) else { continue }
            diagnostics.error(
                .alertName, at: rule.name.location,
                "the objectives '\(objective.name)' and '\(other)' both record '\(objective.hourlyRatio)'",
                hint: "rename one of them")
        }
    }

    private func checkTests(_ alert: CompiledAlert, diagnostics: inout Diagnostics) {
        let isProven = alert.tests.contains(where: \.fires) && alert.tests.contains { !$0.fires }
        guard !isProven, !alert.allowed.contains(.untestedAlert) else { return }
        diagnostics.warning(
            .untestedAlert, at: alert.location,
            "nothing proves that '\(alert.name)' fires when it should, and only then",
            hint: "add 'tests:' with series for which it must fire, and others for which it must not")
    }

    /// The manifest's own tests: sampled each minute, and looked at 10 minutes after the alert could first fire.
    private func tests(of alert: AlertDeclaration, holdsFor: Int) -> [AlertTest] {
        alert.tests.map { test in
            AlertTest(
                fires: test.fires.value, note: nil, interval: AlertTest.evaluationInterval,
                time: AlertTest.evaluation(from: holdsFor) + 10 * AlertTest.evaluationInterval,
                pendingUntil: test.fires.value ? AlertTest.lastEvaluation(before: holdsFor) : nil,
                series: test.series.map { AlertTest.Series(name: $0.name.value, values: $0.text.value) })
        }
    }
}
