import ContractModel
import JSONTape
import SchemaCompiler

/// The parameters of the factory of an event, and the message that it makes.
struct FactoryModel {
    struct Parameter {
        var name: String
        var type: SwiftType
        /// The type's name where the factory is declared.
        var typeName: String
        /// ` = nil` or another default; empty where the compiler requires the argument.
        var defaultArgument: String
        /// The description in the schema, one element for each paragraph.
        var documentation: [String]
        var pointer: JSONPointer

        var declaration: String { "\(SwiftName.parameter(name)): \(typeName)\(defaultArgument)" }
    }

    let message: CompiledMessage
    let event: CompiledEvent
    let parameters: [Parameter]
    /// The expression for each parameter in the body of the factory.
    private let names: [JSONPointer: String]
    let resolver: PropertyResolver
    private let settled: SettledProperties

    init(message: CompiledMessage, event: CompiledEvent, resolver: PropertyResolver) {
        self.message = message
        self.event = event
        self.resolver = resolver
        let settled = SettledProperties(message, event)
        self.settled = settled
        let candidates = Self.properties(of: message, settled, resolver)
            .filter { Self.isAskedFor($0, in: message, settled, resolver) }
        // Members of different objects may have the same name: prefix them with the name of their object.
        let names = Dictionary(grouping: candidates, by: { $0.properties.last?.name ?? "" })
        var used: Set<String> = []
        let parameters = candidates.map { path -> Parameter in
            let property = path.properties.last
            let own = property?.name ?? ""
            let isShared = (names[own]?.count ?? 0) > 1
            let usual = isShared ? SwiftName.member(path.pointer.tokens.joined(separator: "_")) : own
            let name = SwiftName.unique([usual], besides: used)
            used.insert(name)
            let isDemanded = settled.required.contains(path.pointer) || property?.isRequired == true
            // A property that the event requires is null or a value, and never absent.
            let type = settled.required.contains(path.pointer) ? path.type.withoutAbsence : path.type
            let isOptional = !isDemanded && property?.isOptional == true
            let defaultArgument = isDemanded ? "" : " = " + (property?.absentSource ?? "nil")
            return Parameter(
                name: name, type: type, typeName: type.name(in: [message.typeName]) + (isOptional ? "?" : ""),
                defaultArgument: defaultArgument, documentation: property?.documentation ?? [], pointer: path.pointer)
        }
        self.parameters =
            parameters.filter(\.defaultArgument.isEmpty) + parameters.filter { !$0.defaultArgument.isEmpty }
        self.names = Dictionary(
            zip(candidates, parameters).map { path, parameter in
                let name = SwiftName.escaped(parameter.name)
                return (path.pointer, parameter.type == path.type ? name : "Nullable(orNull: \(name))")
            }, uniquingKeysWith: { first, _ in first })
    }

    /// Returns the `struct` of a property that a factory makes itself, from its members: an object that the message
    /// must have, and any in which the event or the envelope settles something.
    func opened(_ property: StructProperty, at pointer: JSONPointer) -> StructType? {
        Self.opened(property, at: pointer, settled, resolver)
    }

    private static func opened(
        _ property: StructProperty, at pointer: JSONPointer, _ settled: SettledProperties, _ resolver: PropertyResolver
    ) -> StructType? {
        guard property.isRequired, let structure = resolver.structure(of: property.type) else { return nil }
        if settled.objects.contains(pointer) { return structure }
        // A type that messages share is one argument, and so is one of many members.
        let isOwn = structure.path.first == resolver.messageName && !Width.isWide(structure.properties.count)
        return pointer.tokens.count == 1 && isOwn ? structure : nil
    }

    /// Returns the properties that a factory sees: those of the message and of the objects that it makes, the
    /// discriminator's object last.
    private static func properties(
        of message: CompiledMessage, _ settled: SettledProperties, _ resolver: PropertyResolver
    ) -> [PropertyPath] {
        let envelope = message.envelopeName
        let isNested = envelope != nil
        let groups = message.structure.properties
        let ordered =
            groups.filter { !isNested || $0.jsonName != envelope }
            + groups.filter { isNested && $0.jsonName == envelope }
        func paths(_ property: StructProperty, at pointer: JSONPointer) -> [PropertyPath] {
            guard let inner = opened(property, at: pointer, settled, resolver) else {
                return [resolver.resolve(pointer)].compactMap(\.self)
            }
            return inner.properties.flatMap { paths($0, at: pointer.appending($0.jsonName)) }
        }
        return ordered.flatMap { paths($0, at: JSONPointer(tokens: [$0.jsonName])) }
    }

    private static func isAskedFor(
        _ path: PropertyPath, in message: CompiledMessage, _ settled: SettledProperties, _ resolver: PropertyResolver
    ) -> Bool {
        let isDiscriminator = path.pointer == message.discriminator?.pointer
        let isFilled = settled.filled.contains(path.pointer)
        let isFixed = settled.fixed[path.pointer] != nil
        let isForbidden = settled.forbidden.contains(path.pointer)
        // A producer sets it.
        let isMarker = path.pointer == message.protection?.marker
        // A default in the envelope, such as its version, is the contract's to set.
        let isEnvelopeDefault =
            path.properties.count > 1 && path.properties.last?.defaultValue != nil
            && path.pointer.tokens.first == message.envelopeName
        return !isDiscriminator && !isFilled && !isFixed && !isForbidden && !isMarker
            && !isEnvelopeDefault
            && path.properties.last?.constant == nil
    }

    /// The documentation of the parameters: of all of them, as DocC requires, or of none where the schema describes none.
    var documentation: [DocComment.Parameter] {
        let texts = parameters.map { parameter in
            // The paragraphs after an empty line are on the property.
            parameter.documentation.compactMap { $0.split(separator: /\R\s*\R/, maxSplits: 1).first }
                .joined(separator: " ")
        }
        guard texts.contains(where: { !$0.isEmpty }) else { return [] }
        return zip(parameters, texts).map { parameter, text in
            let place = parameter.pointer.tokens.joined(separator: ".")
            return DocComment.Parameter(name: parameter.name, text: text.isEmpty ? "The message's `\(place)`." : text)
        }
    }

    // MARK: Values

    /// Returns the expression for a property in the factory's body; `nil` where its default or its constant does.
    func value(of path: PropertyPath) -> String? {
        if path.properties.last?.constant != nil { return nil }
        if path.pointer == message.discriminator?.pointer { return "." + SwiftName.escaped(event.valueName) }
        if let fixed = settled.fixed[path.pointer] {
            if case .nullable = path.type { return ".value(\(fixed.source))" }
            return fixed.source
        }
        if path.pointer == message.protection?.marker {
            return path.properties.last?.isRequired == true ? "false" : nil
        }
        if settled.filled.contains(path.pointer) { return EnvelopeEmitter.placeholder(for: path) }
        return names[path.pointer]
    }
}

extension CompiledMessage {
    /// The member that holds the discriminator, or, where there is none, what the envelope fills; `nil` where these are
    /// members of the message itself.
    fileprivate var envelopeName: String? {
        let pointer = discriminator?.pointer ?? envelope.first?.property.pointer
        return pointer.flatMap { $0.tokens.count > 1 ? $0.tokens.first : nil }
    }
}

extension SwiftType {
    /// The type of a member that is there: a value or null.
    fileprivate var withoutAbsence: SwiftType {
        if case .nullable(let inner) = self { .optional(inner) } else { self }
    }
}
