import ContractModel
import JSONTape
import SchemaCompiler

/// An emitter of a message's conformance, and of a factory for each of its events.
struct EventEmitter {
    let message: CompiledMessage

    // MARK: Conformance

    /// `discriminator`'s value.
    var discriminator: String { message.declaration.discriminator.map { Self.pointer($0.value) } ?? "nil" }

    /// The body of `messageType`, where it depends on the case of a union; `nil` otherwise.
    var messageTypeBody: String? {
        guard let variants = message.variants else { return nil }
        var writer = SourceWriter(depth: 2)
        writer.line("switch \(variants.property?.expression ?? "self") {")
        for variant in variants.cases {
            let name = SwiftName.escaped(variant.caseName)
            if variant.events.count == 1 {
                writer.line("case .\(name): .\(SwiftName.escaped(variant.events[0].name))")
            } else {
                writer.line("case .\(name)(let value):")
                writer.indented { writer in
                    writer.line("switch value.\(variants.rest(of: variant.discriminator).expression) {")
                    for event in variant.events {
                        let (value, name) = (SwiftName.escaped(event.value.name), SwiftName.escaped(event.name))
                        writer.line("case .\(value): .\(name)")
                    }
                    writer.line("}")
                }
            }
        }
        writer.line("}")
        return writer.text
    }

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
        let form = message.form(of: event)
        let model = FactoryModel(message: form, event: event, resolver: form.resolver)
        var writer = SourceWriter(depth: 1)
        guard case .structure(let structure) = form.type, !structure.isWrapper else {
            emitWholeFactory(event, to: &writer)
            return writer.text
        }
        writer.documentation(documentation(of: event), parameters: model.documentation)
        writer.fill(
            "\(message.access.modifier)static func \(SwiftName.escaped(event.factoryName))(",
            model.parameters.map(\.declaration), tail: ") -> Draft<\(message.typeName)> {")
        writer.indented { writer in
            let value = construction(
                "unstamped: \(message.typeName)", of: structure, at: JSONPointer(), event, model)
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

    /// Returns the call that makes an object of the message, in the case of the event where the place has the union with the
    /// discriminator.
    ///
    /// - Parameter head: The label of the argument that it is, and the name of its type.
    private func construction(
        _ head: String, of structure: StructType, at place: JSONPointer, _ event: CompiledEvent, _ model: FactoryModel
    ) -> CallExpression {
        let arguments = arguments(of: structure, at: place, event, model)
        guard let variant = message.variant(of: event),
            (message.variants?.property?.pointer ?? JSONPointer()) == place
        else { return CallExpression(head: head, arguments: arguments) }
        let type = SwiftType.structure(structure.path).name(in: [message.typeName])
        return CallExpression(
            head: "\(head).\(SwiftName.escaped(variant.caseName))",
            arguments: [.call(CallExpression(head: type, arguments: arguments))])
    }

    /// Returns the arguments that make a value of the message; a property whose default does has none.
    private func arguments(
        of structure: StructType, at place: JSONPointer, _ event: CompiledEvent, _ model: FactoryModel
    ) -> [CallExpression.Argument] {
        structure.properties.compactMap { property in
            let pointer = place.appending(property.jsonName)
            let label = SwiftName.label(property.name)
            if let inner = model.opened(property, at: pointer) {
                return .call(
                    construction(
                        "\(label): \(property.type.name(in: [message.typeName]))", of: inner, at: pointer, event, model)
                )
            }
            guard let path = model.resolver.resolve(pointer), let value = model.value(of: path) else { return nil }
            return .expression("\(label): \(value)")
        }
    }
}
