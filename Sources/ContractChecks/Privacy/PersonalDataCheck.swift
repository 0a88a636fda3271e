import ContractModel
import JSONSchema
import JSONTape
import SchemaCompiler

/// A check that reports personal data and secrets where more people and programs see them than in a message: in keys,
/// headers and labels of metrics.
struct PersonalDataCheck {
    private let contract: CompiledContract

    static func check(_ contract: CompiledContract, diagnostics: inout Diagnostics) {
        let check = PersonalDataCheck(contract: contract)
        for message in contract.messages { check.checkRecords(of: message, diagnostics: &diagnostics) }
        for family in contract.contract.metrics?.families ?? [] {
            check.checkLabels(of: family, diagnostics: &diagnostics)
        }
        for alert in contract.contract.alerts?.rules ?? [] { check.checkTexts(of: alert, diagnostics: &diagnostics) }
    }

    // MARK: Records

    private func checkRecords(of message: CompiledMessage, diagnostics: inout Diagnostics) {
        if let key = message.recordKey, let place = message.declaration.recordKey?.location {
            report(key, at: place, as: "the record key, which brokers keep and tools show", diagnostics: &diagnostics)
        }
        for header in message.headers {
            let places = message.declaration.headers.first { $0.name.value == header.name }
            let place = places?.value.location ?? header.pattern.location
            for path in header.pattern.properties {
                report(
                    path, at: place, as: "in the header '\(header.name)', which is never encrypted",
                    diagnostics: &diagnostics)
            }
        }
        // A property that is named as personal data is not a secret use of it.
        let texts = message.envelope.filter { rule in PropertyName(rule.property).kind == nil }
        for rule in texts {
            for path in rule.pattern.properties {
                report(
                    path, at: rule.pattern.location, as: "part of '\(rule.property.pointer)'", diagnostics: &diagnostics
                )
            }
        }
    }

    private func report(
        _ path: PropertyPath, at place: SourceLocation, as use: String, diagnostics: inout Diagnostics
    ) {
        guard !path.isSensitive, let kind = PropertyName(path).kind ?? formatKind(of: path) else { return }
        report(kind, "'\(path.pointer)'", at: place, as: use, diagnostics: &diagnostics)
    }

    private func report(
        _ kind: SensitiveName, _ subject: String, at place: SourceLocation, as use: String,
        diagnostics: inout Diagnostics
    ) {
        switch kind {
        case .personal:
            diagnostics.warning(
                .personalData, at: place, "\(subject) looks like personal data, and is \(use)",
                hint: "use an id that has no meaning elsewhere, or mark the property with \"x-sensitive\"")
        case .secret:
            diagnostics.warning(
                .exposedSecret, at: place, "\(subject) looks like a secret, and is \(use)",
                hint: "leave it out, or mark the property with \"x-sensitive\"")
        }
    }

    private func formatKind(of path: PropertyPath) -> SensitiveName? {
        guard let schema = path.properties.last?.schema else { return nil }
        let formats = ValueFacts(contract.model, schema).formats
        return formats.contains(.email) || formats.contains(.idnEmail) ? .personal : nil
    }

    // MARK: Metrics and alerts

    private func checkLabels(of family: FamilyDeclaration, diagnostics: inout Diagnostics) {
        for label in family.labels where !diagnostics.hasFinding(at: label.name.location) {
            let names: [String]
            switch label.values {
            case .property(let pointer, _): names = [label.name.value, pointer.value.tokens.last ?? ""]
            case .open: names = [label.name.value]
            case .dimension, .stated: continue
            }
            guard let name = names.first(where: { SensitiveName($0) != nil }), let kind = SensitiveName(name) else {
                continue
            }
            report(
                kind, "'\(name)'", at: label.name.location, as: "a label, which every user of Prometheus sees",
                diagnostics: &diagnostics)
        }
    }

    private func checkTexts(of alert: AlertDeclaration, diagnostics: inout Diagnostics) {
        for text in [alert.summary, alert.description].compactMap(\.self) + alert.labels.map(\.text) {
            for match in text.value.matches(of: /\$labels\.([A-Za-z_][A-Za-z0-9_]*)/) {
                guard let kind = SensitiveName(String(match.1)) else { continue }
                report(
                    kind, "the label '\(match.1)'", at: text.location, as: "in the text of an alert",
                    diagnostics: &diagnostics)
            }
        }
    }
}

/// The last name of a path.
private struct PropertyName {
    let kind: SensitiveName?

    init(_ path: PropertyPath) { kind = path.pointer.tokens.last.flatMap { SensitiveName($0) } }
}
