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

    /// Returns the values at the place.
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
