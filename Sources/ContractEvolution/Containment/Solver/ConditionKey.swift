import ContractModel
import JSONSchema
import JSONTape
import SchemaPlan

/// The text of a condition in which equal conditions are equal, however they were written.
enum ConditionKey {
    /// - Parameter number: The class of a node.
    static func text(_ kind: Assertion.Kind, number: (SchemaModel.NodeID) -> Int) -> String {
        func numbers(_ nodes: [SchemaModel.NodeID]) -> String {
            nodes.map { String(number($0)) }.joined(separator: ",")
        }
        func optional(_ node: SchemaModel.NodeID?) -> String { node.map { String(number($0)) } ?? "-" }
        switch kind {
        case .never: return "never"
        // Draft 4 distinguishes `1` from `1.0`; by value they are equal.
        case .types(let set): return "types \(byValue(set).rawValue)"
        case .values(let values): return "values " + Set(values.map(text)).sorted().joined(separator: ",")
        case .minimumLength(let count): return "minLength \(count)"
        case .maximumLength(let count): return "maxLength \(count)"
        case .pattern(let source): return "pattern " + quoted(source)
        case .format(let format): return "format " + format.rawValue
        case .bound(let bound): return "bound \(bound.side) \(bound.isExclusive) \(bound.value)"
        case .multipleOf(let number): return "multipleOf \(number)"
        case .minimumItems(let count): return "minItems \(count)"
        case .maximumItems(let count): return "maxItems \(count)"
        case .uniqueItems: return "uniqueItems"
        case .items(let items): return "items \(numbers(items.prefix)) \(optional(items.rest))"
        case .contains(let contains):
            return "contains \(number(contains.node)) \(contains.minimum) \(contains.maximum ?? -1)"
                + " \(contains.marksEvaluated)"
        case .minimumProperties(let count): return "minProperties \(count)"
        case .maximumProperties(let count): return "maxProperties \(count)"
        case .required(let names): return "required " + list(names)
        case .members(let members):
            let properties = members.properties.map { "\(quoted($0.name.value)) \(number($0.node))" }
            let patterns = members.patterns.map { "\(quoted($0.pattern.value)) \(number($0.node))" }
            return "members \(properties.sorted().joined(separator: ",")) / "
                + "\(patterns.sorted().joined(separator: ",")) / \(optional(members.additional))"
        case .propertyNames(let node): return "propertyNames \(number(node))"
        case .dependentRequired(let dependents):
            return "dependentRequired "
                + dependents.map { quoted($0.name) + " " + list($0.required) }.sorted().joined(separator: ";")
        case .dependentSchemas(let properties):
            return "dependentSchemas "
                + properties.map { "\(quoted($0.name.value)) \(number($0.node))" }.sorted().joined(separator: ",")
        case .all(let nodes): return "all " + set(nodes, number)
        case .any(let nodes): return "any " + set(nodes, number)
        case .one(let nodes): return "one " + nodes.map(number).sorted().map(String.init).joined(separator: ",")
        case .not(let node): return "not \(number(node))"
        case .refer(let node): return "all \(number(node))"
        case .ifThenElse(let condition):
            return "if \(number(condition.condition)) \(optional(condition.then)) \(optional(condition.otherwise))"
        case .unevaluatedItems(let node): return "unevaluatedItems \(number(node))"
        case .unevaluatedProperties(let node): return "unevaluatedProperties \(number(node))"
        }
    }

    /// Returns a set of types in which integers are numbers without a fraction, however they are written.
    static func byValue(_ set: TypeSet) -> TypeSet {
        var set = set.normalized
        if set.remove(.integerLiteral) != nil { set.insert(.integer) }
        return set.normalized
    }

    private static func set(_ nodes: [SchemaModel.NodeID], _ number: (SchemaModel.NodeID) -> Int) -> String {
        Set(nodes.map(number)).sorted().map(String.init).joined(separator: ",")
    }

    private static func list(_ names: [String]) -> String { Set(names.map(quoted)).sorted().joined(separator: ",") }

    private static func quoted(_ text: String) -> String { "\(text.utf8.count):\(text)" }

    /// Returns the text of a value, with members in order of their names.
    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): String(flag)
        case .number(let number): number.description
        case .string(let text): "\"" + quoted(text)
        case .array(let elements): "[" + elements.map(text).joined(separator: ",") + "]"
        case .object(let object):
            "{" + object.map { quoted($0.key) + ":" + text($0.value) }.sorted().joined(separator: ",") + "}"
        }
    }
}
