import ContractModel
import MetricsCompiler
import SchemaCompiler

/// Writes the class that holds a contract's families, and the types of their labels.
struct MetricsEmitter {
    let metrics: CompiledMetrics
    let contract: CompiledContract
    /// `public `, or another level with a space after it; empty for `internal`.
    private let access: String

    init(metrics: CompiledMetrics, contract: CompiledContract) {
        self.metrics = metrics
        self.contract = contract
        access = contract.contract.access.modifier
    }

    func emitMembers() -> String {
        var writer = SourceWriter(depth: 2)
        for family in metrics.families {
            writer.documentation([family.declaration.help.value])
            writer.line("\(access)let \(SwiftName.escaped(family.memberName)): \(FamilyEmitter.typeName(family))")
        }
        writer.line()
        writer.documentation(["- Parameter mirror: Another metrics system that receives every change."])
        writer.block("\(access)init(mirror: (any MetricMirror)? = nil)") { writer in
            for family in metrics.families {
                writer.line(
                    "\(SwiftName.escaped(family.memberName)) = \(FamilyEmitter.typeName(family))(mirror: mirror)")
            }
        }
        writer.line()
        writer.documentation(["Every family, in the manifest's order."])
        writer.block("\(access)var families: [any MetricFamily]") { writer in
            writer.array("", metrics.families.map { "\(SwiftName.escaped($0.memberName)).family" })
        }
        writer.line()
        writer.documentation(["The text exposition of the families for Prometheus, in chunks."])
        writer.block("\(access)func exposition(as format: ExpositionFormat = .text) -> Exposition") { writer in
            writer.line("Exposition(of: families, as: format)")
        }
        return writer.text
    }

    /// The type of a label, with the values' texts and the way back from them.
    func emit(_ type: LabelType) -> String {
        var writer = SourceWriter(depth: 1)
        writer.documentation([type.summary])
        writer.block("\(access)nonisolated enum \(type.name): Int, CaseIterable, Sendable") { writer in
            for value in type.values { writer.line("case \(SwiftName.escaped(value.caseName))") }
            writer.line()
            emitTexts(type, to: &writer)
            writer.line()
            writer.documentation(["Returns the case of a value; `nil` if it has none."])
            emitInitializer(type, to: &writer)
        }
        return writer.text
    }

    /// The optimizer's time grows faster than the length of an array literal, so that of many values is one of parts.
    private func emitTexts(_ type: LabelType, to writer: inout SourceWriter) {
        writer.documentation(["The values as Prometheus shows them, in the order of the cases."])
        let texts = type.values.map { SwiftLiteral.string($0.text) }
        if let text = texts.first, texts.count == 1 {
            writer.line("\(access)static let texts = [\(text)]")
        } else if !Width.isWide(texts.count) {
            writer.array("\(access)static let texts = ", texts)
        } else {
            let taken = Set(type.values.map(\.caseName))
            let parts = Width.parts(of: texts.count)
            let names = parts.indices.map { SwiftLocal.name(["texts\($0)", "labelTexts\($0)"], besides: taken) }
            writer.array("\(access)static let texts = ", names, tail: ".flatMap(\\.self)")
            for (name, part) in zip(names, parts) {
                writer.line()
                writer.array("private static let \(name) = ", Array(texts[part]))
            }
        }
    }

    private func emitInitializer(_ type: LabelType, to writer: inout SourceWriter) {
        guard Width.isWide(type.values.count) else {
            writer.block("\(access)init?(text: String)") { writer in
                writer.line("switch text {")
                for value in type.values {
                    writer.line(
                        "case \(SwiftLiteral.string(value.text)): self = .\(SwiftName.escaped(value.caseName))")
                }
                writer.line("default: return nil")
                writer.line("}")
            }
            return
        }
        let table = SwiftLocal.name(["textTable", "labelTextTable"], besides: Set(type.values.map(\.caseName)))
        writer.block("\(access)init?(text: String)") { writer in
            writer.guarding("let position = Self.\(table).position(of: text)", else: "return nil")
            writer.line("self.init(rawValue: position)")
        }
        writer.line()
        writer.line("private static let \(table) = NameTable(texts)")
    }

    /// The message of each event and the topic of each message; empty if no family needs them.
    func emitRoutes() -> String? {
        let namespace = contract.contract.name.value + ".Metrics"
        let needsRoutes = metrics.families.contains {
            FamilyEmitter($0, in: metrics, namespace: namespace, access: access).hasRoutes
        }
        guard needsRoutes else { return nil }
        let types = [MetricDimension.topic, .message, .event].compactMap { dimension in
            metrics.labelTypes.first { $0.name == dimension.typeName }.map { (dimension.rawValue, $0, $0.caseNames) }
        }
        var writer = SourceWriter(depth: 1)
        writer.documentation(["A topic, message and event that belong together."])
        writer.block("fileprivate nonisolated struct Route") { writer in
            for (name, type, _) in types { writer.line("let \(name): \(type.name)") }
        }
        writer.line()
        var routes: [String] = []
        var known: Set<String> = []
        for message in contract.messages {
            for event in message.events {
                let texts = [
                    "topic": message.topic.declaration.name, "message": message.name,
                    "event": event.declaration.name.value,
                ]
                let arguments = types.map { name, type, caseNames in
                    // Other values are counted as the last one, `other`.
                    let caseName = texts[name].flatMap { caseNames[$0] } ?? type.values.last?.caseName ?? ""
                    return "\(name): .\(SwiftName.escaped(caseName))"
                }
                let route = "Route(\(arguments.joined(separator: ", ")))"
                if known.insert(route).inserted { routes.append(route) }
            }
        }
        writer.array("fileprivate static let routes = ", routes)
        return writer.text
    }
}

extension LabelType {
    /// The cases' names, by the values' texts.
    fileprivate var caseNames: [String: String] {
        Dictionary(values.map { ($0.text, $0.caseName) }, uniquingKeysWith: { first, _ in first })
    }
}
