import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// Messages' schemas together with the rules of their events.
extension SchemaNodes {
    /// Adds the node of a message with the rules of its events.
    ///
    /// Events that a discriminator names are the branches of a union, one of which its value selects.
    ///
    /// - Parameter schema: The node of the message's schema.
    mutating func addMessage(_ message: MessageDeclaration, schema: NodeID) -> NodeID {
        guard !message.events.isEmpty else { return schema }
        guard let discriminator = message.discriminator?.value else {
            return addNode([.refer(schema)] + message.events.flatMap { rules(of: $0, at: schema) }, at: schema)
        }
        let names = message.events.map(\.name.value)
        var kinds: [Assertion.Kind] = [.refer(schema), .refer(node(naming: names, at: discriminator, of: schema))]
        var branches: [NodeID] = []
        var others: [String] = []
        for event in message.events {
            let rules = rules(of: event, at: schema)
            guard !rules.isEmpty else {
                others.append(event.name.value)
                continue
            }
            // Its own conditions and not a reference to them, so that the interpreter selects the branch by its value.
            let named = conditions(at: discriminator, [.values([.string(event.name.value)])], of: schema)
            branches.append(addNode(named + rules, at: schema))
        }
        if !branches.isEmpty {
            if !others.isEmpty { branches.append(node(naming: others, at: discriminator, of: schema)) }
            kinds.append(.any(branches))
        }
        return addNode(kinds, at: schema)
    }

    /// Adds the node of one event of a message.
    ///
    /// - Parameter message: The node of the message with the rules of its events.
    mutating func addEvent(
        _ event: EventDeclaration, at discriminator: JSONPointer, of message: NodeID
    ) -> NodeID {
        let named = node(naming: [event.name.value], at: discriminator, of: message)
        return addNode([.refer(message), .refer(named)], at: message)
    }

    /// Adds the node of a message with another event in place of one. Its size does not depend on the number of events.
    ///
    /// - Parameters:
    ///   - message: The node of the message with the rules of its events.
    ///   - schema: The node of the message's schema.
    ///   - event: The event that is left out; `nil` where one is added alone.
    ///   - other: The event that is added; `nil` where one is left out alone.
    mutating func addMessage(
        _ message: NodeID, schema: NodeID, discriminator: JSONPointer, replacing event: EventDeclaration?,
        by other: EventDeclaration?
    ) -> NodeID {
        var rest = message
        if let event {
            let named = node(naming: [event.name.value], at: discriminator, of: schema)
            rest = addNode([.refer(message), .not(named)], at: schema)
        }
        guard let other else { return rest }
        let named = node(naming: [other.name.value], at: discriminator, of: schema)
        let added = addNode([.refer(schema), .refer(named)] + rules(of: other, at: schema), at: schema)
        return addNode([.any([rest, added])], at: schema)
    }

    private mutating func rules(of event: EventDeclaration, at place: NodeID) -> [Assertion.Kind] {
        var kinds: [Assertion.Kind] = []
        for fixed in event.fixed {
            kinds.append(.refer(node(at: fixed.property.value, [.values([fixed.value.jsonValue])], of: place)))
        }
        for pointer in event.required { kinds.append(.refer(node(at: pointer.value, [], of: place))) }
        for pointer in event.forbidden { kinds.append(.not(node(at: pointer.value, [], of: place))) }
        return kinds
    }

    private mutating func node(naming events: [String], at discriminator: JSONPointer, of place: NodeID) -> NodeID {
        node(at: discriminator, [.values(events.map { .string($0) })], of: place)
    }

    /// Returns a node that requires a property, and conditions of its value.
    private mutating func node(at pointer: JSONPointer, _ kinds: [Assertion.Kind], of place: NodeID) -> NodeID {
        addNode(conditions(at: pointer, kinds, of: place), at: place)
    }

    private mutating func conditions(
        at pointer: JSONPointer, _ kinds: [Assertion.Kind], of place: NodeID
    ) -> [Assertion.Kind] {
        pointer.tokens.reversed().reduce(kinds) { conditions, token in
            let property = Assertion.Property(
                name: Located(token, at: self[place].location), node: addNode(conditions, at: place))
            let members = Assertion.Members(properties: [property], patterns: [], additional: nil)
            return [.types(.object), .required([token]), .members(members)]
        }
    }
}
