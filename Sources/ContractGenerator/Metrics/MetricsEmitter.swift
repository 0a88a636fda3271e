import ContractModel
import MetricsCompiler
import SchemaCompiler

/// An emitter of the class that contains a contract's families, and of the types of their labels.
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
        let families = metrics.families.map { FamilyEmitter($0, in: metrics, access: access) }
        for (family, emitter) in zip(metrics.families, families) {
            writer.documentation([family.declaration.help.value])
            writer.line("\(access)let \(SwiftName.escaped(family.memberName)): \(emitter.typeName)")
        }
        writer.line()
        writer.documentation([
            "Creates the families.",
            "- Parameter mirror: Another metrics system that receives every change.",
        ])
        writer.block("\(access)init(mirror: (any MetricMirror)? = nil)") { writer in
            for emitter in families { emitter.emitAssignment(to: &writer) }
        }
        writer.line()
        writer.documentation(["Every family, in the manifest's order."])
        writer.block("\(access)var families: [any MetricFamily]") { writer in
            writer.filledArray("", metrics.families.map { "\(SwiftName.escaped($0.memberName)).family" })
        }
        writer.line()
        writer.documentation(["Returns the text exposition of the families for Prometheus, in chunks."])
        writer.block("\(access)func exposition(as format: ExpositionFormat = .text) -> Exposition") { writer in
            writer.line("Exposition(of: families, as: format)")
        }
        return writer.text
    }

    /// Returns the type of a label, with the values' strings and the way back from them.
    func emit(_ type: LabelType) -> String {
        var writer = SourceWriter(depth: 1)
        writer.documentation([type.summary])
        writer.block("\(access)nonisolated enum \(type.name): Int, LabelValue") { writer in
            writer.fillLines("case ", type.values.map { SwiftName.escaped($0.caseName) })
            writer.line()
            emitTexts(type, to: &writer)
        }
        return writer.text
    }

    /// Writes the strings of a type. The optimizer's time grows faster than the length of an array literal: one of many values is
    /// split into parts, and a table finds a value.
    private func emitTexts(_ type: LabelType, to writer: inout SourceWriter) {
        let texts = type.values.map { SwiftLiteral.string($0.text) }
        guard Width.isWide(texts.count) else {
            writer.filledArray("\(access)static let texts = ", texts)
            return
        }
        let taken = Set(type.values.map(\.caseName))
        let parts = Width.parts(of: texts.count)
        let names = parts.indices.map { SwiftLocal.name(["texts\($0)", "labelTexts\($0)"], besides: taken) }
        writer.filledArray("\(access)static let texts = ", names, tail: ".flatMap(\\.self)")
        for (name, part) in zip(names, parts) {
            writer.line()
            writer.filledArray("private static let \(name) = ", Array(texts[part]))
        }
        writer.line()
        let table = SwiftLocal.name(["textTable", "labelTextTable"], besides: taken)
        writer.block("\(access)init?(text: String)") { writer in
            writer.guarding("let position = Self.\(table).position(of: text)", else: "return nil")
            writer.line("self.init(rawValue: position)")
        }
        writer.line()
        writer.line("private static let \(table) = NameTable(texts)")
    }

    /// Returns the message of each event and the topic of each message; empty if no family needs them.
    func emitRoutes() -> String? {
        let needsRoutes = metrics.families.contains { FamilyEmitter($0, in: metrics, access: access).hasRoutes }
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
    /// The cases' names, by the values' strings.
    fileprivate var caseNames: [String: String] {
        Dictionary(values.map { ($0.text, $0.caseName) }, uniquingKeysWith: { first, _ in first })
    }
}
