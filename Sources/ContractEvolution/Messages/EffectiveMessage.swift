import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// A message's schema together with the rules of its events, as one node.
struct EffectiveMessage {
    private var model: SchemaModel
    private let root: SchemaModel.NodeID

    typealias NodeID = SchemaModel.NodeID

    /// Adds the node of a message to a model; `nil` where the message's schema is not part of it.
    static func add(_ message: MessageDeclaration, to model: inout SchemaModel) -> NodeID? {
        guard let root = model.roots[message.schema.value] else { return nil }
        var effective = EffectiveMessage(model: model, root: root)
        // The only copy: what is added does not copy all other nodes.
        model = SchemaModel()
        let id = effective.add(message)
        model = effective.model
        return id
    }

    /// Adds the node of one event of a message, whose own node is known.
    static func add(
        _ event: EventDeclaration, at discriminator: JSONPointer, of message: NodeID, to model: inout SchemaModel
    ) -> NodeID {
        var effective = EffectiveMessage(model: model, root: message)
        model = SchemaModel()
        let named = effective.node(at: discriminator, [.values([.string(event.name.value)])])
        let id = effective.model.addNode([.refer(message), .refer(named)], at: message)
        model = effective.model
        return id
    }

    /// Adds the node of a message with another event in place of one, whose own node is known. Its size does not depend on
    /// the number of events.
    ///
    /// - Parameters:
    ///   - whole: The message's node with the rules of all events.
    ///   - event: The event that is left out; `nil` where one is added alone.
    ///   - other: The event that is added; `nil` where one is left out alone.
    static func add(
        _ message: MessageDeclaration, _ whole: NodeID, replacing event: EventDeclaration?,
        by other: EventDeclaration?, to model: inout SchemaModel
    ) -> NodeID? {
        guard let root = model.roots[message.schema.value], let discriminator = message.discriminator?.value else {
            return nil
        }
        var effective = EffectiveMessage(model: model, root: root)
        model = SchemaModel()
        defer { model = effective.model }
        var rest = whole
        if let event {
            let named = effective.node(at: discriminator, [.values([.string(event.name.value)])])
            rest = effective.model.addNode([.refer(whole), .not(named)], at: root)
        }
        guard let other else { return rest }
        let named = effective.node(at: discriminator, [.values([.string(other.name.value)])])
        let added = effective.model.addNode([.refer(root), .refer(named)] + effective.rules(of: other), at: root)
        return effective.model.addNode([.any([rest, added])], at: root)
    }

    private mutating func add(_ message: MessageDeclaration) -> NodeID {
        guard !message.events.isEmpty else { return root }
        var kinds: [Assertion.Kind] = [.refer(root)]
        if let discriminator = message.discriminator?.value {
            let names = message.events.map { JSONValue.string($0.name.value) }
            kinds.append(.refer(node(at: discriminator, [.values(names)])))
            for event in message.events {
                let rules = rules(of: event)
                guard !rules.isEmpty else { continue }
                let condition = node(at: discriminator, [.values([.string(event.name.value)])])
                let then = model.addNode(rules, at: root)
                kinds.append(
                    .ifThenElse(Assertion.Condition(condition: condition, then: then, otherwise: nil)))
            }
        } else {
            kinds += message.events.flatMap { rules(of: $0) }
        }
        return model.addNode(kinds, at: root)
    }

    private mutating func rules(of event: EventDeclaration) -> [Assertion.Kind] {
        var kinds: [Assertion.Kind] = []
        for fixed in event.fixed {
            kinds.append(.refer(node(at: fixed.property.value, [.values([fixed.value.jsonValue])])))
        }
        for pointer in event.required { kinds.append(.refer(node(at: pointer.value, []))) }
        for pointer in event.forbidden { kinds.append(.not(node(at: pointer.value, []))) }
        return kinds
    }

    /// Returns a node that requires a property, and conditions of its value.
    private mutating func node(at pointer: JSONPointer, _ kinds: [Assertion.Kind]) -> NodeID {
        var node = model.addNode(kinds, at: root)
        for token in pointer.tokens.reversed() {
            let property = Assertion.Property(name: Located(token, at: model[root].location), node: node)
            let members = Assertion.Members(properties: [property], patterns: [], additional: nil)
            node = model.addNode([.types(.object), .required([token]), .members(members)], at: root)
        }
        return node
    }
}
