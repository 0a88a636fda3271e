import JSONTape
import Patterns

extension KarapaceComparison {
    // MARK: Objects

    mutating func compareObjects(
        _ reader: JSONObject, _ writer: JSONObject, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        let (own, written) = (reader["properties"]?.members ?? [:], writer["properties"]?.members ?? [:])
        let location = place + "/properties"
        var reasons: [Reason] = []
        for name in own.keys where written[name] != nil {
            let (before, after) = (written[name], own[name])
            for schema in [before, after] {
                if case .bool? = schema {
                    throw RegistryFailure(text: "it fails on a property whose schema is a Boolean")
                }
            }
            // The list of the property's own schema, not that of the object.
            if after?.members["required"].isTruthy == true, before?.members["required"].isTruthy != true {
                reasons.append(Reason("required_attribute_added", "\(location)/\(name)"))
            }
            reasons += try compare(after, before, "\(location)/\(name)")
        }
        let removed = written.keys.filter { own[$0] == nil }
        let added = own.keys.filter { written[$0] == nil }
        if !removed.isEmpty, !Self.isOpen(reader) {
            for name in removed { reasons += try compareRemoved(name, reader, written, location) }
        } else if !added.isEmpty {
            if Self.isOpen(writer) {
                reasons.append(Reason("property_added_to_open_content_model", location))
            } else {
                for name in added { reasons += try compareAdded(name, reader, writer, location) }
            }
        }
        reasons += try compareDependencies(reader, writer, place)
        reasons += limit(reader, writer, "maxProperties", "max_properties", place, isUpper: true)
        reasons += limit(reader, writer, "minProperties", "min_properties", place, isUpper: false)
        let (additional, other) = (reader["additionalProperties"], writer["additionalProperties"])
        if additional != nil, other == nil {
            reasons.append(Reason("additional_properties_narrowed", place + "/additionalProperties"))
        }
        if additional.isTruthy, other.isTruthy {
            reasons += try compare(additional, other, place + "/additionalProperties")
        }
        return reasons
    }

    private static func isOpen(_ object: JSONObject) -> Bool {
        let patterns = object["patternProperties"]?.members ?? [:]
        return patterns.isEmpty && (object["additionalProperties"] ?? true) == true
    }

    /// Returns the schema of members that `properties` does not list.
    private static func partialSchema(_ object: JSONObject, _ name: String) -> JSONValue? {
        for (pattern, schema) in object["patternProperties"]?.members ?? [:] {
            // Patterns are matched at the start alone.
            if (try? CompiledPattern.compile("^(?:\(pattern))"))?.matches(name) == true { return schema }
        }
        return object["additionalProperties"]
    }

    private mutating func compareRemoved(
        _ name: String, _ reader: JSONObject, _ written: JSONObject, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        guard let schema = Self.partialSchema(reader, name) else {
            return [Reason("property_removed_from_closed_content_model", place)]
        }
        let reasons = try compare(schema, written[name], place)
        return reasons.isEmpty
            ? [] : reasons + [Reason("property_removed_not_covered_by_partially_open_content_model", place)]
    }

    private mutating func compareAdded(
        _ name: String, _ reader: JSONObject, _ writer: JSONObject, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        if let schema = Self.partialSchema(writer, name), schema != false,
            try !accepts(reader["properties"]?.members[name], schema)
        {
            reasons.append(Reason("property_added_not_covered_by_partially_open_content_model", place))
        }
        // A default is looked for in a property named 'required'.
        let hasDefault = reader["properties"]?.members["required"]?.members["default"] != nil
        if reader["required"]?.elements.contains(.string(name)) == true, !hasDefault {
            reasons.append(Reason("required_property_added_to_unopen_content_model", place))
        }
        return reasons
    }

    private mutating func compareDependencies(
        _ reader: JSONObject, _ writer: JSONObject, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        let own = reader["dependencies"]?.members ?? [:]
        for (name, written) in writer["dependencies"]?.members ?? [:] {
            guard let dependencies = own[name] else {
                throw RegistryFailure(text: "it fails where the dependencies of a property are removed")
            }
            if !dependencies.isTruthy { reasons.append(Reason("dependency_array_added", place)) }
            guard Self.names(written).isSubset(of: Self.names(dependencies)) else {
                reasons.append(Reason("dependency_array_extended", place))
                continue
            }
        }
        let schemas = reader["dependentSchemas"]?.members ?? [:]
        for (name, written) in writer["dependentSchemas"]?.members ?? [:] {
            reasons += try compare(schemas[name], written, place)
        }
        return reasons
    }

    /// Returns the names in a list, or the keywords of a schema, for which a dependency is taken.
    private static func names(_ dependency: JSONValue) -> Set<String> {
        if case .object(let object) = dependency { return Set(object.keys) }
        return Set(dependency.elements.compactMap(\.text))
    }

    // MARK: Arrays

    mutating func compareArrays(
        _ reader: JSONObject, _ writer: JSONObject, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        let (own, written) = (reader["items"], writer["items"])
        var reasons: [Reason] = []
        switch (own, written) {
        case (.array(let own)?, .array(let written)?):
            for (index, pair) in zip(own, written).enumerated() {
                reasons += try compare(pair.0, pair.1, "\(place)/items/\(index)")
            }
            reasons += try compareLengths(reader, own, written, place)
        case (.array?, _), (_, .array?): return [Reason("type_changed", place)]
        default: reasons += try compare(own, written, "\(place)/items/0")
        }
        if Self.isClosedTuple(reader), !Self.isClosedTuple(writer) {
            reasons.append(Reason("additional_items_removed", place + "/additionalItems"))
        }
        reasons += limit(reader, writer, "maxItems", "max_items", place, isUpper: true)
        reasons += limit(reader, writer, "minItems", "min_items", place, isUpper: false)
        return reasons
    }

    private mutating func compareLengths(
        _ reader: JSONObject, _ own: [JSONValue], _ written: [JSONValue], _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        if own.count > written.count { reasons.append(Reason("item_added_to_open_content_model", place)) }
        let isRestricted = (reader["additionalItems"] ?? true) != true
        for element in written.dropFirst(own.count) where isRestricted {
            // The elements are compared with 'true', not with the schema that restricts them.
            guard try !accepts(true, element) else { continue }
            reasons.append(
                Reason("item_removed_not_covered_by_partially_open_content_model", place + "/additionalItems"))
        }
        return reasons
    }

    private static func isClosedTuple(_ object: JSONObject) -> Bool {
        if case .array? = object["items"] { object["additionalItems"] == false } else { false }
    }
}

extension JSONValue? {
    /// Whether Python takes the value for true.
    fileprivate var isTruthy: Bool {
        switch self {
        case nil, .null?: false
        case .bool(let truth)?: truth
        case .number(let number)?: number != 0
        case .string(let text)?: !text.isEmpty
        case .array(let elements)?: !elements.isEmpty
        case .object(let object)?: !object.isEmpty
        }
    }
}

extension JSONValue {
    fileprivate var isTruthy: Bool { Optional(self).isTruthy }
}
