import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

extension JoinedSchemas {
    /// Adds a node for the documents in which a value at a place satisfies a condition.
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
