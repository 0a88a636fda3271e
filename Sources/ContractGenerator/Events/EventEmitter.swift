import ContractModel
import JSONTape
import SchemaCompiler

/// An emitter of a message's conformance, and of a factory for each of its events.
struct EventEmitter {
    let message: CompiledMessage
    private let resolver: PropertyResolver

    init(message: CompiledMessage) {
        self.message = message
        resolver = message.resolver
    }

    // MARK: Conformance

    /// `discriminator`'s value.
    var discriminator: String { message.discriminator.map { Self.pointer($0.pointer) } ?? "nil" }

    /// `identification`'s value; `nil` where the protocol's own does.
    var identification: String? {
        guard message.declaration.identification != nil else { return nil }
        func list(_ values: [String]) -> String { "[" + values.map(SwiftLiteral.string).joined(separator: ", ") + "]" }
        return switch message.identification {
        case .property(let pointer, let values):
            "MessageIdentification.property(\(Self.pointer(pointer)), values: \(list(values)))"
        case .header(let name, let values):
            "MessageIdentification.header(\(SwiftLiteral.string(name)), values: \(list(values)))"
        case .topic: "MessageIdentification.topic"
        }
    }

    private static func pointer(_ pointer: JSONPointer) -> String {
        "JSONPointer(tokens: [" + pointer.tokens.map(SwiftLiteral.string).joined(separator: ", ") + "])"
    }

    /// `recordKey`'s body.
    var recordKey: String {
        guard let path = message.recordKey else { return "nil" }
        return path.type.text(path.expression)
    }

    /// The function that ends a key; `nil` where the topic keeps every record, or records have no key.
    var tombstone: String? {
        guard let path = message.recordKey, message.topic.isCompacted, let property = path.properties.last else {
            return nil
        }
        let name = SwiftName.escaped(property.name)
        var writer = SourceWriter(depth: 1)
        writer.documentation([
            "Ends the key in the compacted topic `\(message.topic.declaration.name)`: a record without a value."
        ])
        let type = path.type.name(in: [message.typeName])
        writer.block(
            "\(message.access.modifier)static func tombstone(\(SwiftName.parameter(property.name)): \(type)) "
                + "-> Tombstone<\(message.typeName)>"
        ) { $0.line("Tombstone(key: \(path.type.text(name)))") }
        return writer.text
    }

    /// `addHeaders(to:)`'s body: first the headers that every message has.
    var recordHeaders: String {
        var writer = SourceWriter(depth: 2)
        let headers = message.headers.filter { !$0.pattern.isStamped }
        let (always, sometimes) = (
            headers.filter { !$0.pattern.properties.contains(where: \.isOptional) },
            headers.filter { $0.pattern.properties.contains(where: \.isOptional) }
        )
        for header in always { writer.line(Self.addition(of: header) { $0.expression }) }
        for header in sometimes {
            let unwrapped = unwrapped(header.pattern.properties.filter(\.isOptional))
            let names = Dictionary(
                unwrapped.map { ($0.path.pointer, $0.name) }, uniquingKeysWith: { first, _ in first })
            let conditions = unwrapped.map { "let \($0.name) = \($0.path.expression)" }
            writer.block("if \(conditions.joined(separator: ", "))") { writer in
                writer.line(Self.addition(of: header) { names[$0.pointer] ?? $0.expression })
            }
        }
        return writer.text
    }

    /// `addStampedHeaders(of:with:to:)`'s body; `nil` where no header depends on when and where the message is sent.
    var stampedHeaders: String? {
        let headers = message.headers.filter(\.pattern.isStamped)
        guard !headers.isEmpty else { return nil }
        var writer = SourceWriter(depth: 2)
        for header in headers { writer.line(Self.addition(of: header, in: "message.") { "message." + $0.expression }) }
        return writer.text
    }

    /// Names for optional properties while they are unwrapped: each its own, unless something else has that name here. One
    /// that is named twice is unwrapped once.
    private func unwrapped(_ paths: [PropertyPath]) -> [(path: PropertyPath, name: String)] {
        var taken = Set(message.structure.properties.map(\.storedName)).union(["headers"])
        // A property of the message itself is unwrapped under its own name: nothing else is meant by it.
        taken.subtract(paths.filter { $0.properties.count == 1 }.compactMap { $0.properties.last?.name })
        var unwrapped: [(path: PropertyPath, name: String)] = []
        for path in paths where !unwrapped.contains(where: { $0.path.pointer == path.pointer }) {
            let own = path.properties.last?.name ?? "value"
            let whole = SwiftName.member(path.pointer.tokens.joined(separator: "_"))
            let name = SwiftLocal.name([own, whole], besides: taken)
            taken.insert(name)
            unwrapped.append((path, SwiftName.escaped(name)))
        }
        return unwrapped
    }

    /// - Parameter subject: The message and a full stop, where it is not `self`.
    private static func addition(
        of header: CompiledHeader, in subject: String = "", _ expression: (PropertyPath) -> String
    ) -> String {
        let name = SwiftLiteral.string(header.name)
        let parts = header.pattern.parts
        if let text = header.pattern.constant {
            return "headers.append(name: \(name), constant: \(SwiftLiteral.string(text)))"
        }
        var value = "\""
        switch parts.count == 1 ? parts[0] : nil {
        case .property(let path)?:
            let isText = if case .enumeration = path.type { true } else { path.type.hasPlainText }
            value = isText ? path.type.text(expression(path)) : "\"\\(\(expression(path)))\""
        case .event?: value = "\(subject)messageType.rawValue"
        default:
            for part in parts {
                switch part {
                case .text(let text): value += SwiftLiteral.escaped(text)
                case .property(let path): value += "\\(\(path.type.interpolated(expression(path))))"
                case .event: value += "\\(\(subject)messageType.rawValue)"
                case .now: value += "\\(stamp.now)"
                case .nowMilliseconds: value += "\\(stamp.now.millisecondsSince1970)"
                case .id: value += "\\(stamp.id)"
                case .service: value += "\\(stamp.service)"
                }
            }
            value += "\""
        }
        return "headers.append(name: \(name), value: \(value))"
    }

    // MARK: Factories

    func factory(_ event: CompiledEvent) -> String {
        let model = FactoryModel(message: message, event: event, resolver: resolver)
        var writer = SourceWriter(depth: 1)
        guard case .structure(let structure) = message.type, !structure.isWrapper else {
            emitWholeFactory(event, to: &writer)
            return writer.text
        }
        writer.documentation(documentation(of: event), parameters: model.documentation)
        writer.fill(
            "\(message.access.modifier)static func \(SwiftName.escaped(event.factoryName))(",
            model.parameters.map(\.declaration), tail: ") -> Draft<\(message.typeName)> {")
        writer.indented { writer in
            let value = CallExpression(
                head: "unstamped: \(message.typeName)",
                arguments: arguments(of: structure, at: JSONPointer(), model))
            CallExpression(
                head: "Draft",
                arguments: [
                    .call(value), .expression("isProvenValid: \(message.hasProvenDrafts(of: event))"),
                ]
            ).write(to: &writer)
        }
        writer.line("}")
        return writer.text
    }

    /// Writes the factory of a message that is not an object. Its parameter is the value.
    private func emitWholeFactory(_ event: CompiledEvent, to writer: inout SourceWriter) {
        writer.documentation(documentation(of: event))
        let property = message.structure.properties.first
        let type = property.map { $0.typeName(in: message.structure) } ?? message.typeName
        let value = property == nil ? "value" : "\(message.typeName)(value)"
        writer.block(
            "\(message.access.modifier)static func \(SwiftName.escaped(event.factoryName))(_ value: \(type)) "
                + "-> Draft<\(message.typeName)>"
        ) { writer in
            writer.line("Draft(unstamped: \(value), isProvenValid: \(message.hasProvenDrafts(of: event)))")
        }
    }

    private func documentation(of event: CompiledEvent) -> [String] {
        let name = event.declaration.name.value
        return event.declaration.summary.map { [$0, "The event `\(name)`."] } ?? ["Creates the event `\(name)`."]
    }

    /// Returns the arguments that make a value of the message; a property whose default does has none.
    private func arguments(
        of structure: StructType, at place: JSONPointer, _ model: FactoryModel
    ) -> [CallExpression.Argument] {
        structure.properties.compactMap { property in
            let pointer = place.appending(property.jsonName)
            let label = SwiftName.label(property.name)
            if let inner = model.opened(property, at: pointer, resolver) {
                return .call(
                    CallExpression(
                        head: "\(label): \(property.type.name(in: [message.typeName]))",
                        arguments: arguments(of: inner, at: pointer, model)))
            }
            guard let path = resolver.resolve(pointer), let value = model.value(of: path) else { return nil }
            return .expression("\(label): \(value)")
        }
    }
}
