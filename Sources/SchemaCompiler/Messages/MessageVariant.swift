package import JSONTape

/// The cases of the union that has a message's discriminator.
package struct MessageVariants: Sendable {
    /// The property whose value is the union; `nil` where the message itself is the union.
    package var property: PropertyPath?
    package var cases: [MessageVariant]
    /// The message's `MessageType`: the events of all cases.
    package var events: EnumType

    /// Returns the case that allows an event.
    func variant(of event: String) -> MessageVariant? {
        cases.first { $0.events.contains { $0.value.rawValue == event } }
    }

    /// Returns the part of a path that is within the union.
    package func rest(of path: PropertyPath) -> PropertyPath {
        var rest = path
        rest.properties.removeFirst(property?.properties.count ?? 0)
        return rest
    }

    /// Returns whether a pointer leads into the union.
    package func contains(_ pointer: JSONPointer) -> Bool {
        guard let property else { return true }
        return pointer.tokens.count > property.pointer.tokens.count
            && pointer.tokens.starts(with: property.pointer.tokens)
    }
}

/// A case of the union that has a message's discriminator: the form of the message for the events that the case allows.
package struct MessageVariant: Sendable {
    package struct Event: Sendable {
        /// The case of the discriminator's own enum.
        package var value: EnumType.Case
        /// The case of the message's `MessageType`.
        package var name: String
    }

    /// The name of the union's case.
    package var caseName: String
    /// The type of the case's value.
    package var structure: StructType
    /// Finds the properties of messages in this case.
    package var resolver: PropertyResolver
    package var discriminator: PropertyPath
    package var events: [Event]
    package var envelope: [CompiledEnvelopeRule] = []

    /// Returns the case of the discriminator's own enum, for a case of the message's `MessageType`.
    func valueName(of name: String) -> String? { events.first { $0.name == name }?.value.name }
}
