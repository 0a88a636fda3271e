import JSONSchema
import JSONTape
import SchemaPlan

/// A builder of a value from a schema. It may break conditions that more than one part of the value decides on.
struct ExampleBuilder {
    typealias NodeID = SchemaModel.NodeID

    /// The extent to which a value is generated.
    enum Extent {
        /// All members that the schema names.
        case complete
        /// The members that must be there.
        case required
    }

    let model: SchemaModel
    let extent: Extent
    /// Of alternatives, the position of the one that is taken.
    var choice = 0
    /// Values and members that the event states.
    var stated: [JSONPointer: JSONValue] = [:]
    var required: Set<JSONPointer> = []
    var forbidden = OmittedProperties()

    private static let deepest = 6
    private static let mostMembers = 200

    /// Returns the value of a message; `nil` where a part has none.
    func value(of root: NodeID) -> JSONValue? { value([root], name: "", at: JSONPointer(), open: []) }

    private func value(_ nodes: [NodeID], name: String, at place: JSONPointer, open: Set<NodeID>) -> JSONValue? {
        if let value = stated[place] { return value }
        let facts = ValueFacts(nodes, in: model, choice: choice)
        if let values = facts.values {
            return facts.examples.first(where: values.contains) ?? values.first
        }
        // An object is made of its members, since the event has a say in these.
        let isObject = facts.types.contains(.object) && (facts.types == .object || !facts.members.isEmpty)
        if !isObject, let example = facts.examples.first { return example }
        if isObject { return object(facts, at: place, open: open) }
        let types = facts.types
        if types.contains(.string), types != .any || facts.format != nil || !facts.patterns.isEmpty {
            return ExampleTexts.text(facts, name: name).map(JSONValue.string)
        }
        if types == .any, facts.rest != nil || !facts.prefix.isEmpty {
            return array(facts, name: name, at: place, open: open)
        }
        if types == .any, facts.minimum == nil, facts.maximum == nil, facts.multiple == nil {
            return ExampleTexts.text(facts, name: name).map(JSONValue.string)
        }
        if types.contains(.number) { return number(facts, isWhole: false) }
        if types.contains(.integer) || types.contains(.integerLiteral) { return number(facts, isWhole: true) }
        if types.contains(.boolean) { return .bool(true) }
        if types.contains(.array) { return array(facts, name: name, at: place, open: open) }
        if types.contains(.object) { return object(facts, at: place, open: open) }
        return types.contains(.null) ? .null : nil
    }

    // MARK: Objects

    private func object(_ facts: ValueFacts, at place: JSONPointer, open: Set<NodeID>) -> JSONValue? {
        var object = JSONObject()
        let isInside = !facts.nodes.isDisjoint(with: open)
        for (name, nodes) in facts.members.prefix(Self.mostMembers) {
            let pointer = place.appending(name)
            guard !forbidden.contains(pointer) else { continue }
            let isDemanded = facts.required.contains(name) || leads(to: pointer)
            // The schema of a part may be that of the whole.
            guard isDemanded || (extent == .complete && !isInside && place.tokens.count < Self.deepest) else {
                continue
            }
            guard place.tokens.count < Self.deepest * 4,
                let value = value(nodes, name: name, at: pointer, open: open.union(facts.nodes))
            else {
                if isDemanded { return nil }
                continue
            }
            object[name] = value
        }
        for pointer in required.union(stated.keys).sorted(by: { $0.description < $1.description })
        where pointer.tokens.dropLast() == place.tokens[...] {
            guard let name = pointer.tokens.last, object[name] == nil else { continue }
            object[name] = stated[pointer] ?? .string("example \(name)")
        }
        addOpenMembers(facts, at: place, open: open, to: &object)
        return .object(object)
    }

    /// Adds members of a map: as many as must be there, and one that shows what they are.
    private func addOpenMembers(
        _ facts: ValueFacts, at place: JSONPointer, open: Set<NodeID>, to object: inout JSONObject
    ) {
        let isMap = facts.members.isEmpty && extent == .complete && facts.nodes.isDisjoint(with: open)
        let schema = facts.patternMembers.first?.node ?? facts.additional
        if schema == nil, facts.minimumProperties <= object.count { return }
        var names = ["example", "other", "third", "fourth", "fifth"][...]
        if let pattern = facts.patternMembers.first?.pattern {
            var key = ValueFacts([], in: model, choice: 0)
            key.patterns = [pattern]
            names = [ExampleTexts.text(key, name: "name")].compactMap(\.self)[...]
        }
        while object.count < facts.minimumProperties || (isMap && object.isEmpty), let name = names.popFirst() {
            let pointer = place.appending(name)
            guard place.tokens.count < Self.deepest * 2,
                let value = value(
                    [schema].compactMap(\.self), name: name, at: pointer, open: open.union(facts.nodes))
            else { return }
            object[name] = value
        }
    }

    /// Returns whether the event requires a value at a place, or below it.
    private func leads(to place: JSONPointer) -> Bool {
        required.contains { $0.tokens.starts(with: place.tokens) }
            || stated.keys.contains { $0.tokens.starts(with: place.tokens) }
    }

    // MARK: Other values

    private func array(_ facts: ValueFacts, name: String, at place: JSONPointer, open: Set<NodeID>) -> JSONValue? {
        var elements: [JSONValue] = []
        let isInside = !facts.nodes.isDisjoint(with: open)
        let usual = extent == .complete && !isInside ? max(1, facts.prefix.count) : 0
        let count = min(max(usual, facts.minimumItems, facts.contains.count), facts.maximumItems, 1000)
        guard place.tokens.count < Self.deepest * 4 else { return nil }
        for index in 0..<count {
            let nodes =
                index < facts.prefix.count
                ? [facts.prefix[index]]
                : [facts.rest, index < facts.contains.count ? facts.contains[index] : nil].compactMap(\.self)
            let single = name.hasSuffix("s") ? String(name.dropLast()) : name
            guard
                let value = value(
                    nodes, name: single, at: place.appending(String(index)), open: open.union(facts.nodes))
            else {
                if index < facts.minimumItems { return nil }
                break
            }
            elements.append(value)
        }
        return .array(elements)
    }

    private func number(_ facts: ValueFacts, isWhole: Bool) -> JSONValue? {
        let usual = isWhole ? 1 : 12.5
        var value = usual
        if let minimum = facts.minimum {
            let bound = minimum.value.doubleValue
            if value < bound || (minimum.isExclusive && value == bound) {
                value =
                    minimum.isExclusive || (isWhole && bound != bound.rounded()) ? (bound + 1).rounded(.down) : bound
            }
        }
        if let maximum = facts.maximum {
            let bound = maximum.value.doubleValue
            if value > bound || (maximum.isExclusive && value == bound) {
                let low = facts.minimum?.value.doubleValue
                value = low.map { ($0 + bound) / 2 } ?? (maximum.isExclusive ? bound - 1 : bound)
                if isWhole { value = value.rounded(.down) }
            }
        }
        if let step = facts.multiple?.doubleValue, step > 0 {
            value = (value / step).rounded(.up) * step
        }
        if let whole = Int64(exactly: value) { return .number(JSONNumber(whole)) }
        return JSONNumber(value).map(JSONValue.number)
    }
}
