import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// The way from a message to values in it: by names and positions, and to any element or member.
struct ValuePlace {
    enum Step {
        case member(String)
        case element(Int)
        /// Any element of an array, or any member of an object.
        case any
    }

    var steps: [Step] = []

    func appending(_ step: Step) -> ValuePlace { ValuePlace(steps: steps + [step]) }

    /// The path as messages show it, with `*` for any element or member.
    var pointer: JSONPointer {
        JSONPointer(
            tokens: steps.map { step in
                switch step {
                case .member(let name): name
                case .element(let index): String(index)
                case .any: "*"
                }
            })
    }

    /// The values at the place.
    func values(in root: JSONValue) -> [JSONValue] {
        steps.reduce([root]) { values, step in
            values.flatMap { value -> [JSONValue] in
                switch (step, value) {
                case (.member(let name), .object(let object)): [object[name]].compactMap(\.self)
                case (.element(let index), .array(let elements)):
                    elements.indices.contains(index) ? [elements[index]] : []
                case (.any, .array(let elements)): elements
                case (.any, .object(let object)): object.map(\.value)
                default: []
                }
            }
        }
    }
}

extension JoinedSchemas {
    /// Adds a node for the documents in which a value at a place fulfils a condition.
    mutating func add(_ condition: Assertion.Kind, at place: ValuePlace) -> NodeID {
        var node = add([condition])
        for step in place.steps.reversed() {
            switch step {
            case .member(let name):
                let property = Assertion.Property(name: Located(name, at: model[accepting].location), node: node)
                let members = Assertion.Members(properties: [property], patterns: [], additional: nil)
                node = add([.types(.object), .required([name]), .members(members)])
            case .element(let index):
                let prefix = Array(repeating: accepting, count: index) + [node]
                node = add([
                    .types(.array), .minimumItems(index + 1), .items(Assertion.Items(prefix: prefix, rest: nil)),
                ])
            case .any:
                // Not all elements, or members, break the condition.
                let broken = add([.not(node)])
                let array = add([.types(.array), .items(Assertion.Items(prefix: [], rest: broken))])
                let members = Assertion.Members(properties: [], patterns: [], additional: broken)
                let object = add([.types(.object), .members(members)])
                node = add([.types([.array, .object]), .not(array), .not(object)])
            }
        }
        return node
    }
}
