import ContractModel
import JSONTape
import SchemaCompiler

/// What a factory of one event asks for, and what it makes of it.
struct FactoryModel {
    struct Parameter {
        var name: String
        var type: String
        /// ` = nil` or another default; empty where the compiler demands the argument.
        var defaultArgument: String
        /// What the schema says of it, a paragraph each.
        var documentation: [String]
        var pointer: JSONPointer

        var declaration: String { "\(SwiftName.parameter(name)): \(type)\(defaultArgument)" }
    }

    let message: CompiledMessage
    let event: CompiledEvent
    let parameters: [Parameter]
    /// What each parameter is called in the factory's body.
    private let names: [JSONPointer: String]

    /// - Parameter scope: Where the parameters are declared: within the message, or outside of it.
    init(message: CompiledMessage, event: CompiledEvent, resolver: PropertyResolver, scope: [String]) {
        self.message = message
        self.event = event
        let candidates = Self.properties(of: message, event, resolver)
            .filter { Self.isAskedFor($0, in: message, by: event) }
        // Members of different objects may share a name; then each is told apart by its object's.
        let names = Dictionary(grouping: candidates, by: { $0.properties.last?.name ?? "" })
        let parameters = candidates.map { path -> Parameter in
            let property = path.properties.last
            let own = property?.name ?? ""
            let isShared = (names[own]?.count ?? 0) > 1
            let name = isShared ? SwiftName.member(path.pointer.tokens.joined(separator: "_")) : own
            let isDemanded = event.required.contains { $0.pointer == path.pointer } || property?.isRequired == true
            let type = path.type.name(in: scope)
            let isOptional = !isDemanded && property?.defaultValue == nil
            let defaultArgument = isDemanded ? "" : " = " + (property?.defaultValue?.source ?? "nil")
            return Parameter(
                name: name, type: type + (isOptional ? "?" : ""), defaultArgument: defaultArgument,
                documentation: property?.documentation ?? [], pointer: path.pointer)
        }
        self.parameters =
            parameters.filter(\.defaultArgument.isEmpty) + parameters.filter { !$0.defaultArgument.isEmpty }
        self.names = Dictionary(
            parameters.map { ($0.pointer, SwiftName.escaped($0.name)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The `struct` of a property that a factory makes itself, from its members: an object that the message must have,
    /// and any below in which the event fixes or requires something.
    func opened(_ property: StructProperty, at pointer: JSONPointer, _ resolver: PropertyResolver) -> StructType? {
        Self.opened(property, at: pointer, by: event, resolver)
    }

    private static func opened(
        _ property: StructProperty, at pointer: JSONPointer, by event: CompiledEvent, _ resolver: PropertyResolver
    ) -> StructType? {
        guard property.isRequired, case .structure(let path) = property.type else { return nil }
        let said = event.fixed.map(\.property.pointer.tokens) + event.required.map(\.pointer.tokens)
        let isOpened =
            pointer.tokens.count == 1
            || said.contains { $0.count > pointer.tokens.count && $0.starts(with: pointer.tokens) }
        return isOpened ? resolver[path] : nil
    }

    /// The properties that a factory sees: those of the message and of the objects that it makes, the discriminator's
    /// object last.
    private static func properties(
        of message: CompiledMessage, _ event: CompiledEvent, _ resolver: PropertyResolver
    ) -> [PropertyPath] {
        let envelope = message.discriminator.pointer.tokens.first
        let isNested = message.discriminator.pointer.tokens.count > 1
        let groups = message.structure.properties
        let ordered =
            groups.filter { !isNested || $0.jsonName != envelope }
            + groups.filter { isNested && $0.jsonName == envelope }
        func paths(_ property: StructProperty, at pointer: JSONPointer) -> [PropertyPath] {
            guard let inner = opened(property, at: pointer, by: event, resolver) else {
                return [resolver.resolve(pointer)].compactMap(\.self)
            }
            return inner.properties.flatMap { paths($0, at: pointer.appending($0.jsonName)) }
        }
        return ordered.flatMap { paths($0, at: JSONPointer(tokens: [$0.jsonName])) }
    }

    private static func isAskedFor(
        _ path: PropertyPath, in message: CompiledMessage, by event: CompiledEvent
    ) -> Bool {
        let isDiscriminator = path.pointer == message.discriminator.pointer
        let isFilled = message.envelope.contains { $0.property.pointer == path.pointer }
        let isFixed = event.fixed.contains { $0.property.pointer == path.pointer }
        // A default in the envelope, such as its version, is the contract's to set.
        let isEnvelopeDefault =
            path.properties.count > 1 && path.properties.last?.defaultValue != nil
            && path.pointer.tokens.first == message.discriminator.pointer.tokens.first
        return !isDiscriminator && !isFilled && !isFixed && !isEnvelopeDefault
    }

    /// What there is to say of the parameters: of all of them, as DocC would have it, or, where the schema says nothing of
    /// any, of none.
    ///
    /// - Parameter last: The parameter that follows those of the message.
    func documentation(and last: DocComment.Parameter) -> [DocComment.Parameter] {
        let texts = parameters.map { parameter in
            // What comes after an empty line is there at length on the property.
            parameter.documentation.compactMap { $0.split(separator: /\R\s*\R/, maxSplits: 1).first }
                .joined(separator: " ")
        }
        guard texts.contains(where: { !$0.isEmpty }) else { return [] }
        return zip(parameters, texts).map { parameter, text in
            let place = parameter.pointer.tokens.joined(separator: ".")
            return DocComment.Parameter(name: parameter.name, text: text.isEmpty ? "The message's `\(place)`." : text)
        } + [last]
    }

    /// The first of some names that no parameter has; where all are taken, the last with a number.
    func freeName(_ first: String, _ second: String) -> String {
        SwiftLocal.name([first, second], besides: Set(parameters.map(\.name)))
    }

    // MARK: Values

    /// The expression for a property in the factory's body; `nil` where its default does.
    func value(of path: PropertyPath, stamp: String) -> String? {
        if path.pointer == message.discriminator.pointer { return "." + SwiftName.escaped(event.caseName) }
        if let fixed = event.fixed.first(where: { $0.property.pointer == path.pointer }) { return fixed.value.source }
        if let rule = message.envelope.first(where: { $0.property.pointer == path.pointer }) {
            return expression(of: rule.pattern, for: path.type, stamp: stamp)
        }
        return names[path.pointer]
    }

    private func expression(of pattern: MessagePattern, for type: SwiftType, stamp: String) -> String {
        if pattern.parts.count == 1 {
            switch (pattern.parts[0], type) {
            case (.now, .timestamp): return "\(stamp).now"
            case (.nowMilliseconds, .integer): return "Int(\(stamp).now.millisecondsSince1970)"
            case (.service, .string): return "\(stamp).service"
            case (.id, .string): return "\(stamp).id"
            case (.property(let path), .string) where path.type == .string:
                return value(of: path, stamp: stamp) ?? "\"\""
            default: break
            }
        }
        return "\"" + pattern.parts.map { interpolation(of: $0, stamp: stamp) }.joined() + "\""
    }

    /// A part as it stands in a string literal.
    private func interpolation(of part: MessagePattern.Part, stamp: String) -> String {
        switch part {
        case .text(let text): return SwiftLiteral.escaped(text)
        case .now: return "\\(\(stamp).now)"
        case .nowMilliseconds: return "\\(\(stamp).now.millisecondsSince1970)"
        case .id: return "\\(\(stamp).id)"
        case .service: return "\\(\(stamp).service)"
        case .property(let path):
            if path.pointer == message.discriminator.pointer {
                return SwiftLiteral.escaped(event.declaration.name.value)
            }
            if let fixed = event.fixed.first(where: { $0.property.pointer == path.pointer }) {
                return fixed.value.interpolation
            }
            if let rule = message.envelope.first(where: { $0.property.pointer == path.pointer }) {
                return rule.pattern.parts.map { interpolation(of: $0, stamp: stamp) }.joined()
            }
            let name = names[path.pointer] ?? "\"\""
            if case .enumeration = path.type { return "\\(\(name).rawValue)" }
            return "\\(\(name))"
        }
    }
}

extension LiteralValue {
    /// The value's text as it stands in a string literal.
    fileprivate var interpolation: String {
        switch self {
        case .string(let text), .enumCase(_, let text, _): SwiftLiteral.escaped(text)
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .bool(let value): "\(value)"
        }
    }
}
