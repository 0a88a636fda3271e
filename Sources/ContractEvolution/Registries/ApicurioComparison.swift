import JSONTape

/// A comparison of two schemas by the rules of Apicurio Registry.
///
/// Differences that the registry accepts are not listed: they make no difference to its answer.
struct ApicurioComparison {
    typealias ID = TypedSchemas.ID
    typealias Reason = RegistryForecast.Reason

    private(set) var schemas: TypedSchemas
    private var depth = 0

    static func reasons(_ reader: JSONValue, _ writer: JSONValue) throws(RegistryFailure) -> [Reason] {
        var schemas = TypedSchemas()
        let (old, new): (ID, ID)
        (schemas, old) = try TypedSchemaReader.read(writer, try draft(of: writer), into: schemas)
        (schemas, new) = try TypedSchemaReader.read(reader, try draft(of: reader), into: schemas)
        var comparison = ApicurioComparison(schemas: schemas)
        return try comparison.compare(old, new, "", [])
    }

    /// Returns the draft of a schema. Without `$schema`, schemas are of draft 4.
    private static func draft(of schema: JSONValue) throws(RegistryFailure) -> TypedSchemaReader.Draft {
        guard schema.members["$schema"] != nil else { return .four }
        guard let draft = TypedSchemaReader.draft(of: schema), draft != .later else {
            throw RegistryFailure(text: "it reads the drafts 4, 6 and 7 alone")
        }
        return draft
    }

    private init(schemas: TypedSchemas) { self.schemas = schemas }

    /// - Parameter visited: The references of the new schema that lead here.
    private mutating func compare(
        _ old: ID, _ new: ID, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        guard depth < 400 else { throw RegistryFailure(text: "the schemas nest too deep") }
        depth += 1
        defer { depth -= 1 }
        let old = schemas.resolved(old)
        if case .reference(let target) = schemas[new] {
            guard !visited.contains(new) else { return [] }
            return try compare(old, target, place, visited.union([new]))
        }
        if schemas[new].acceptsAll { return [] }
        if schemas[old] == .rejecting { return [] }
        switch (schemas[part(of: old, for: new)], schemas[new]) {
        case (.strings(let old), .strings(let new)): return Self.compare(old, new, place)
        case (.numbers(let old), .numbers(let new)): return Self.compare(old, new, place)
        case (.constant(let old), .constant(let new)): return Self.compareConstants([old], new, place)
        case (.values(let old), .constant(let new)) where old.count == 1:
            return Self.compareConstants(old, new, place)
        case (.values(let old), .values(let new)): return Self.compareValues(old, new, place)
        case (.constant(let old), .values(let new)): return Self.compareValues([old], new, place)
        case (.null, .null), (.boolean, .boolean): return []
        case (.objects(let old), .objects(let new)): return try compare(old, new, place, visited)
        case (.arrays(let old), .arrays(let new)): return try compare(old, new, place, visited)
        case (.not(let old), .not(let new)):
            // A negation is compared in the other direction.
            return try accepts(new, old, visited) ? [] : [Reason("NOT_TYPE_SCHEMA_NOT_COMPATIBLE", place + "/not")]
        case (.combination(let old, let before), .combination(let new, let after)):
            guard old == new else {
                let name = old == .any ? "NARROWED" : "CHANGED"
                return new == .any ? [] : [Reason("COMBINED_TYPE_CRITERION_\(name)", place)]
            }
            return try compare(new, before, after, place, visited)
        case (
            .conditional(let condition, let then, let otherwise), .conditional(let newCondition, let newThen, let new)
        ):
            return try compareBoth(condition, newCondition, place + "/if", visited)
                + compareOne(then, newThen, "THEN", place + "/then", visited)
                + compareOne(otherwise, new, "ELSE", place + "/else", visited)
        default: return [Reason("SUBSCHEMA_TYPE_CHANGED", place)]
        }
    }

    private mutating func accepts(_ old: ID, _ new: ID, _ visited: Set<ID>) throws(RegistryFailure) -> Bool {
        try compare(old, new, "", visited).isEmpty
    }

    /// Returns the only part of an `allOf` of the new schema's type, where that is a string, a number or a Boolean.
    private func part(of old: ID, for new: ID) -> ID {
        guard case .combination(.all, let parts) = schemas[old] else { return old }
        switch schemas[new] {
        case .strings, .numbers, .boolean: break
        default: return old
        }
        let same = parts.filter { schemas[$0].kind == schemas[new].kind }
        return same.count == 1 ? same[0] : old
    }

    private mutating func compareBoth(
        _ old: ID?, _ new: ID?, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        guard let new else { return [] }
        guard let old else { return [Reason("CONDITIONAL_TYPE_IF_SCHEMA_ADDED", place)] }
        let (backward, forward) = (try accepts(old, new, visited), try accepts(new, old, visited))
        return backward && forward ? [] : [Reason("CONDITIONAL_TYPE_IF_SCHEMA_CHANGED", place)]
    }

    private mutating func compareOne(
        _ old: ID?, _ new: ID?, _ name: String, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        guard let new else { return [] }
        guard let old else { return [Reason("CONDITIONAL_TYPE_\(name)_SCHEMA_ADDED", place)] }
        return try accepts(old, new, visited)
            ? [] : [Reason("CONDITIONAL_TYPE_\(name)_SCHEMA_NOT_COMPATIBLE", place)]
    }

    // MARK: Values

    private static func limit(
        _ old: JSONNumber?, _ new: JSONNumber?, _ name: String, _ place: String, isUpper: Bool
    ) -> [Reason] {
        guard let new, old != new else { return [] }
        guard let old else { return [Reason("\(name)_ADDED", place)] }
        if isUpper { return new < old ? [Reason("\(name)_DECREASED", place)] : [] }
        return new > old ? [Reason("\(name)_INCREASED", place)] : []
    }

    private static func compare(
        _ old: TypedSchemas.Strings, _ new: TypedSchemas.Strings, _ place: String
    ) -> [Reason] {
        var reasons = limit(old.minimum, new.minimum, "STRING_TYPE_MIN_LENGTH", place + "/minLength", isUpper: false)
        reasons += limit(old.maximum, new.maximum, "STRING_TYPE_MAX_LENGTH", place + "/maxLength", isUpper: true)
        func add(_ old: JSONValue?, _ new: JSONValue?, _ name: String, _ keyword: String) {
            guard let new, new != old else { return }
            reasons.append(Reason("STRING_TYPE_\(name)_\(old == nil ? "ADDED" : "CHANGED")", "\(place)/\(keyword)"))
        }
        add(old.pattern.map { .string($0) }, new.pattern.map { .string($0) }, "PATTERN", "pattern")
        add(old.format.map { .string($0) }, new.format.map { .string($0) }, "FORMAT", "format")
        add(old.content["contentEncoding"], new.content["contentEncoding"], "CONTENT_ENCODING", "contentEncoding")
        add(
            old.content["contentMediaType"], new.content["contentMediaType"], "CONTENT_MEDIA_TYPE", "contentMediaType")
        return reasons
    }

    private static func compare(
        _ old: TypedSchemas.Numbers, _ new: TypedSchemas.Numbers, _ place: String
    ) -> [Reason] {
        var reasons: [Reason] = []
        let wasInteger = old.requiresInteger || old.multipleOf == 1
        if new.requiresInteger, !wasInteger {
            reasons.append(Reason("NUMBER_TYPE_INTEGER_REQUIRED_FALSE_TO_TRUE", place + "/type"))
        }
        let (minimum, newMinimum) = (old.exclusiveMinimum ?? old.minimum, new.exclusiveMinimum ?? new.minimum)
        reasons += limit(minimum, newMinimum, "NUMBER_TYPE_MINIMUM", place + "/minimum", isUpper: false)
        if minimum == newMinimum, minimum != nil, new.isMinimumExclusive, !old.isMinimumExclusive {
            reasons.append(Reason("NUMBER_TYPE_IS_MINIMUM_EXCLUSIVE_FALSE_TO_TRUE", place + "/exclusiveMinimum"))
        }
        let (maximum, newMaximum) = (old.exclusiveMaximum ?? old.maximum, new.exclusiveMaximum ?? new.maximum)
        reasons += limit(maximum, newMaximum, "NUMBER_TYPE_MAXIMUM", place + "/maximum", isUpper: true)
        if maximum == newMaximum, maximum != nil, new.isMaximumExclusive, !old.isMaximumExclusive {
            reasons.append(Reason("NUMBER_TYPE_IS_MAXIMUM_EXCLUSIVE_FALSE_TO_TRUE", place + "/exclusiveMaximum"))
        }
        if let factor = new.multipleOf {
            if let before = old.multipleOf {
                if !before.isMultiple(of: factor) {
                    reasons.append(Reason("NUMBER_TYPE_MULTIPLE_OF_UPDATED_IS_NOT_DIVISIBLE", place + "/multipleOf"))
                }
            } else {
                reasons.append(Reason("NUMBER_TYPE_MULTIPLE_OF_ADDED", place + "/multipleOf"))
            }
        }
        return reasons
    }

    private static func compareConstants(_ old: [JSONValue], _ new: JSONValue, _ place: String) -> [Reason] {
        old == [new] ? [] : [Reason("CONST_TYPE_VALUE_CHANGED", place + "/const")]
    }

    private static func compareValues(_ old: [JSONValue], _ new: [JSONValue], _ place: String) -> [Reason] {
        Set(new).isSuperset(of: old) ? [] : [Reason("ENUM_TYPE_VALUES_MEMBER_REMOVED", place + "/enum")]
    }

    // MARK: Combinations

    private mutating func compare(
        _ criterion: TypedSchemas.Criterion, _ before: [ID], _ after: [ID], _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        let name = ["allOf": "ALL_OF", "anyOf": "ANY_OF", "oneOf": "ONE_OF"][criterion.rawValue] ?? ""
        if before.count < after.count, criterion == .all {
            reasons.append(Reason("COMBINED_TYPE_\(name)_SIZE_INCREASED", place + "/[size]"))
        }
        if before.count > after.count {
            // Parts are not examined where there are fewer than before.
            return criterion == .all ? [] : [Reason("COMBINED_TYPE_\(name)_SIZE_DECREASED", place + "/[size]")]
        }
        var partners: [Set<Int>] = []
        for (index, part) in before.enumerated() where !before[..<index].contains(where: { schemas.areEqual($0, part) })
        {
            var possible: Set<Int> = []
            for (other, new) in after.enumerated() where try accepts(part, new, visited) { possible.insert(other) }
            partners.append(possible)
        }
        // The one with the fewest partners takes one, until it has none left or there are none.
        while let smallest = partners.indices.min(by: { partners[$0].count < partners[$1].count }) {
            guard let partner = partners[smallest].min() else {
                reasons.append(Reason("COMBINED_TYPE_SUBSCHEMA_NOT_COMPATIBLE", place))
                return reasons
            }
            for index in partners.indices { partners[index].remove(partner) }
            if partners[smallest].isEmpty { partners.remove(at: smallest) }
        }
        return reasons
    }

    // MARK: Objects

    private mutating func compare(
        _ old: TypedSchemas.Objects, _ new: TypedSchemas.Objects, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        func added(_ old: some Sequence<String>, _ new: some Sequence<String>, _ rule: String, _ path: String) {
            for name in Set(new).subtracting(old).sorted() {
                reasons.append(Reason("OBJECT_TYPE_\(rule)_MEMBER_ADDED", "\(place)/\(path)/\(name)"))
            }
        }
        added(old.required, new.required, "REQUIRED_PROPERTIES", "required")
        added(old.requiredWith.keys, new.requiredWith.keys, "PROPERTY_DEPENDENCIES_KEYS", "dependencies")
        for (name, names) in new.requiredWith.sorted(by: { $0.key < $1.key }) {
            if let before = old.requiredWith[name] {
                added(before, names, "PROPERTY_DEPENDENCIES_VALUE", "dependencies/\(name)")
            }
        }
        added(old.patterns.keys, new.patterns.keys, "PATTERN_PROPERTY_KEYS", "patternProperties")
        added(old.schemasWith.keys, new.schemasWith.keys, "SCHEMA_DEPENDENCIES", "dependencies")
        reasons += Self.limit(
            old.minimum, new.minimum, "OBJECT_TYPE_MIN_PROPERTIES", place + "/minProperties", isUpper: false)
        reasons += Self.limit(
            old.maximum, new.maximum, "OBJECT_TYPE_MAX_PROPERTIES", place + "/maxProperties", isUpper: true)
        if let names = new.names {
            if let before = old.names {
                reasons += try compare(before, names, place + "/propertyNames", visited)
            } else {
                reasons.append(Reason("OBJECT_TYPE_PROPERTY_SCHEMA_ADDED", place + "/propertyNames"))
            }
        }
        reasons += try compareMaps(old.patterns, new.patterns, place + "/patternProperties", visited)
        reasons += try compareMaps(old.schemasWith, new.schemasWith, place + "/dependencies", visited)
        reasons += try compareAdditional(
            (old.permitsAdditional, old.additional), (new.permitsAdditional, new.additional),
            "OBJECT_TYPE_ADDITIONAL_PROPERTIES", place + "/additionalProperties", visited)
        return reasons + (try compareProperties(old, new, place, visited))
    }

    private mutating func compareMaps(
        _ old: [String: ID], _ new: [String: ID], _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        for (name, schema) in new.sorted(by: { $0.key < $1.key }) {
            if let before = old[name] { reasons += try compare(before, schema, "\(place)/\(name)", visited) }
        }
        return reasons
    }

    private mutating func compareAdditional(
        _ old: (permits: Bool, schema: ID?), _ new: (permits: Bool, schema: ID?), _ name: String, _ place: String,
        _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        if old.permits, !new.permits { return [Reason("\(name)_TRUE_TO_FALSE", place)] }
        guard old.permits, let schema = new.schema else { return [] }
        guard let before = old.schema else { return [Reason("\(name)_NARROWED", place)] }
        if try accepts(before, schema, visited) { return [] }
        return [Reason("\(name)_\(try accepts(schema, before, visited) ? "NARROWED" : "SCHEMA_CHANGED")", place)]
    }

    private mutating func compareProperties(
        _ old: TypedSchemas.Objects, _ new: TypedSchemas.Objects, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        for (name, schema) in new.properties.sorted(by: { $0.key < $1.key }) {
            guard var before = old.properties[name] else { continue }
            if case .strings = schemas[before], case .combination = schemas[schema] {
                before = schemas.add(.combination(.any, [before]))
            }
            reasons += try compare(before, schema, "\(place)/properties/\(name)", visited)
        }
        let added = new.properties.filter { old.properties[$0.key] == nil }.sorted { $0.key < $1.key }.map(\.value)
        let removed = old.properties.filter { new.properties[$0.key] == nil }.sorted { $0.key < $1.key }.map(\.value)
        reasons += try compareAdded(
            added, (old.permitsAdditional, old.additional), new.permitsAdditional, "OBJECT_TYPE_PROPERTY_SCHEMAS",
            place + "/propertySchemasAdded", visited)
        reasons += try compareRemoved(
            removed, (new.permitsAdditional, new.additional), "OBJECT_TYPE_PROPERTY_SCHEMAS",
            place + "/propertySchemasRemoved", visited)
        return reasons
    }

    private mutating func compareAdded(
        _ added: [ID], _ old: (permits: Bool, schema: ID?), _ newPermits: Bool, _ name: String, _ place: String,
        _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        guard !added.isEmpty, old.permits else { return [] }
        guard let schema = old.schema else { return [Reason("\(name)_NARROWED", place)] }
        var isCovered = newPermits
        for new in added where isCovered { isCovered = try accepts(new, schema, visited) }
        return isCovered ? [] : [Reason("\(name)_CHANGED", place)]
    }

    private mutating func compareRemoved(
        _ removed: [ID], _ new: (permits: Bool, schema: ID?), _ name: String, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        guard !removed.isEmpty else { return [] }
        guard new.permits else { return [Reason("\(name)_NARROWED", place)] }
        guard let schema = new.schema else { return [] }
        for old in removed where try !accepts(old, schema, visited) { return [Reason("\(name)_CHANGED", place)] }
        return []
    }

    // MARK: Arrays

    private mutating func compare(
        _ old: TypedSchemas.Arrays, _ new: TypedSchemas.Arrays, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        var reasons = Self.limit(old.minimum, new.minimum, "ARRAY_TYPE_MIN_ITEMS", place + "/minItems", isUpper: false)
        reasons += Self.limit(old.maximum, new.maximum, "ARRAY_TYPE_MAX_ITEMS", place + "/maxItems", isUpper: true)
        if new.isUnique, !old.isUnique {
            reasons.append(Reason("ARRAY_TYPE_UNIQUE_ITEMS_FALSE_TO_TRUE", place + "/uniqueItems"))
        }
        reasons += try compareOptional(old.all, new.all, "ARRAY_TYPE_ALL_ITEM_SCHEMA", place + "/items", visited)
        reasons += try compareOptional(
            old.contains, new.contains, "ARRAY_TYPE_CONTAINED_ITEM_SCHEMA", place + "/contains", visited)
        reasons += try compareAdditional(
            (old.permitsAdditional, old.additional), (new.permitsAdditional, new.additional),
            "ARRAY_TYPE_ADDITIONAL_ITEMS", place + "/additionalItems", visited)
        guard let after = new.prefix else { return reasons }
        let before = old.prefix ?? []
        for (index, pair) in zip(before, after).enumerated() {
            reasons += try compare(pair.0, pair.1, "\(place)/items/\(index)", visited)
        }
        reasons += try compareAdded(
            Array(after.dropFirst(before.count)), (old.permitsAdditional, old.additional), new.permitsAdditional,
            "ARRAY_TYPE_ITEM_SCHEMAS", place + "/addItemSchema", visited)
        reasons += try compareRemoved(
            Array(before.dropFirst(after.count)), (new.permitsAdditional, new.additional), "ARRAY_TYPE_ITEM_SCHEMAS",
            place + "/removeItemSchema", visited)
        return reasons
    }

    private mutating func compareOptional(
        _ old: ID?, _ new: ID?, _ name: String, _ place: String, _ visited: Set<ID>
    ) throws(RegistryFailure) -> [Reason] {
        guard let new else { return [] }
        guard let old else { return [Reason("\(name)_ADDED", place)] }
        return try compare(old, new, place, visited)
    }
}

extension TypedSchemas.Numbers {
    fileprivate var isMinimumExclusive: Bool { exclusiveMinimum != nil || excludesMinimum }
    fileprivate var isMaximumExclusive: Bool { exclusiveMaximum != nil || excludesMaximum }
}
