import JSONTape
import Patterns

/// The content of an object or an array beside the members or elements that its schema lists.
private enum Content {
    /// Anything.
    case open
    /// Values of a schema.
    case partial(TypedSchemas.ID)
    case closed
}

extension ConfluentComparison {
    // MARK: Objects

    mutating func compare(
        _ old: TypedSchemas.Objects, _ new: TypedSchemas.Objects
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        // Names that 'properties' does not list are never compared.
        for name in old.properties.keys.sorted() where new.properties[name] != nil {
            guard new.required.contains(name), !old.required.contains(name) else { continue }
            if !hasDefault(new, name) { reasons.append(Reason("REQUIRED_ATTRIBUTE_ADDED", "/required/\(name)")) }
        }
        for name in Set(old.properties.keys).union(new.properties.keys).sorted() {
            let place = "/properties/\(name)"
            switch (old.properties[name], new.properties[name]) {
            case (let before?, let after?): reasons += try compare(before, after, place)
            case (let before?, nil): reasons += try compareRemoved(before, name, new, place)
            case (nil, let after?): reasons += try compareAdded(after, name, old, new, place)
            case (nil, nil): break
            }
        }
        reasons += try compareDependencies(old, new)
        reasons += try compareAdditional(old, new)
        reasons += try compareUnevaluated(
            old.unevaluated, new.unevaluated, "PROPERTIES", "/unevaluatedProperties", isIgnored: isLenient)
        reasons += Self.limit(old.maximum, new.maximum, "maxProperties", "MAX_PROPERTIES", isUpper: true)
        reasons += Self.limit(old.minimum, new.minimum, "minProperties", "MIN_PROPERTIES", isUpper: false)
        return reasons
    }

    private func hasDefault(_ object: TypedSchemas.Objects, _ name: String) -> Bool {
        object.properties[name].map { schemas.hasDefault($0) } ?? false
    }

    private func content(_ object: TypedSchemas.Objects, _ name: String) -> Content {
        for (pattern, schema) in object.patterns.sorted(by: { $0.key < $1.key }) {
            if (try? CompiledPattern.compile(pattern))?.matches(name) == true { return .partial(schema) }
        }
        if let schema = object.additional { return .partial(schema) }
        guard object.permitsAdditional else { return .closed }
        guard let schema = object.unevaluated, !schemas[schema].acceptsAll else {
            return object.patterns.isEmpty ? .open : .closed
        }
        return schemas[schema] == .rejecting ? .closed : .partial(schema)
    }

    private mutating func compareRemoved(
        _ before: ID, _ name: String, _ new: TypedSchemas.Objects, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        switch content(new, name) {
        case .open: return []
        case .partial(let schema):
            let reasons = try compare(before, schema, place)
            guard !reasons.isEmpty, !isLenient else { return reasons }
            return reasons + [Reason("PROPERTY_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", place)]
        case .closed:
            if isLenient || schemas[before] == .rejecting { return [] }
            return [Reason("PROPERTY_REMOVED_FROM_CLOSED_CONTENT_MODEL", place)]
        }
    }

    private mutating func compareAdded(
        _ after: ID, _ name: String, _ old: TypedSchemas.Objects, _ new: TypedSchemas.Objects, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        let isRequired = new.required.contains(name)
        let content = content(old, name)
        if case .open = content {
            if schemas[after].acceptsAll { return [] }
            if !isRequired {
                return isLenient ? [] : [Reason("OPTIONAL_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", place)]
            }
            guard hasDefault(new, name) else {
                return [Reason("REQUIRED_PROPERTY_ADDED_TO_OPEN_CONTENT_MODEL", place)]
            }
            return isLenient ? [] : [Reason("REQUIRED_PROPERTY_WITH_DEFAULT_ADDED_TO_OPEN_CONTENT_MODEL", place)]
        }
        var reasons: [Reason] = []
        if case .partial(let schema) = content {
            reasons = try compare(schema, after, place)
            if !reasons.isEmpty, !isLenient {
                reasons.append(Reason("PROPERTY_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", place))
            }
        }
        if isRequired, !hasDefault(new, name) {
            reasons.append(Reason("REQUIRED_PROPERTY_ADDED_TO_UNOPEN_CONTENT_MODEL", place))
        }
        return reasons
    }

    private mutating func compareDependencies(
        _ old: TypedSchemas.Objects, _ new: TypedSchemas.Objects
    ) throws(RegistryFailure) -> [Reason] {
        var reasons: [Reason] = []
        for (name, after) in new.requiredWith.sorted(by: { $0.key < $1.key }) {
            let place = "/dependencies/\(name)"
            guard let before = old.requiredWith[name] else {
                reasons.append(Reason("DEPENDENCY_ARRAY_ADDED", place))
                continue
            }
            if before.isSuperset(of: after) { continue }
            let name = after.isSuperset(of: before) ? "EXTENDED" : "CHANGED"
            reasons.append(Reason("DEPENDENCY_ARRAY_\(name)", place))
        }
        for (name, after) in new.schemasWith.sorted(by: { $0.key < $1.key }) {
            let place = "/dependencies/\(name)"
            if let before = old.schemasWith[name] {
                reasons += try compare(before, after, place)
            } else {
                reasons.append(Reason("DEPENDENCY_SCHEMA_ADDED", place))
            }
        }
        return reasons
    }

    private mutating func compareAdditional(
        _ old: TypedSchemas.Objects, _ new: TypedSchemas.Objects
    ) throws(RegistryFailure) -> [Reason] {
        let place = "/additionalProperties"
        if old.permitsAdditional != new.permitsAdditional {
            return new.permitsAdditional || isLenient ? [] : [Reason("ADDITIONAL_PROPERTIES_REMOVED", place)]
        }
        if old.additional == nil, new.additional != nil {
            return isLenient ? [] : [Reason("ADDITIONAL_PROPERTIES_NARROWED", place)]
        }
        return try compare(old.additional, new.additional, place)
    }

    private mutating func compareUnevaluated(
        _ old: ID?, _ new: ID?, _ name: String, _ place: String, isIgnored: Bool
    ) throws(RegistryFailure) -> [Reason] {
        guard let new else { return [] }
        let after = schemas[new]
        let before = old.map { schemas[$0] }
        if after == .rejecting, before != .rejecting {
            return isIgnored ? [] : [Reason("UNEVALUATED_\(name)_REMOVED", place)]
        }
        guard let old, let before else { return isIgnored ? [] : [Reason("UNEVALUATED_\(name)_NARROWED", place)] }
        if before == .rejecting, after != .rejecting { return [] }
        if before.acceptsAll, !after.acceptsAll {
            return isIgnored ? [] : [Reason("UNEVALUATED_\(name)_NARROWED", place)]
        }
        return after.acceptsAll ? [] : try compare(old, new, place)
    }

    // MARK: Arrays

    mutating func compare(_ old: TypedSchemas.Arrays, _ new: TypedSchemas.Arrays) throws(RegistryFailure) -> [Reason] {
        var reasons = try compare(old.all, new.all, "/items")
        let (before, after) = (old.prefix ?? [], new.prefix ?? [])
        for index in 0..<max(before.count, after.count) {
            let place = "/items/\(index)"
            if index < before.count, index < after.count {
                reasons += try compare(before[index], after[index], place)
            } else if index < before.count {
                reasons += try compareRemoved(before[index], new, place)
            } else {
                reasons += try compareAdded(after[index], old, place)
            }
        }
        if old.permitsAdditional != new.permitsAdditional {
            if old.permitsAdditional { reasons.append(Reason("ADDITIONAL_ITEMS_REMOVED", "/additionalItems")) }
        } else if old.additional == nil, new.additional != nil {
            reasons.append(Reason("ADDITIONAL_ITEMS_NARROWED", "/additionalItems"))
        } else {
            reasons += try compare(old.additional, new.additional, "/additionalItems")
        }
        reasons += try compareUnevaluated(
            old.unevaluated, new.unevaluated, "ITEMS", "/unevaluatedItems", isIgnored: false)
        reasons += Self.limit(old.maximum, new.maximum, "maxItems", "MAX_ITEMS", isUpper: true)
        reasons += Self.limit(old.minimum, new.minimum, "minItems", "MIN_ITEMS", isUpper: false)
        if new.isUnique, !old.isUnique { reasons.append(Reason("UNIQUE_ITEMS_ADDED", "/uniqueItems")) }
        reasons += Self.limit(
            old.maximumContained, new.maximumContained, "maxContains", "MAX_CONTAINS", isUpper: true)
        reasons += Self.limit(
            old.minimumContained, new.minimumContained, "minContains", "MIN_CONTAINS", isUpper: false)
        return reasons
    }

    private func content(_ array: TypedSchemas.Arrays) -> Content {
        if let schema = array.additional { return .partial(schema) }
        guard array.permitsAdditional else { return .closed }
        guard let schema = array.unevaluated, !schemas[schema].acceptsAll else { return .open }
        return schemas[schema] == .rejecting ? .closed : .partial(schema)
    }

    private mutating func compareRemoved(
        _ before: ID, _ new: TypedSchemas.Arrays, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        switch content(new) {
        case .open: return []
        case .partial(let schema):
            let reasons = try compare(before, schema, place)
            return reasons.isEmpty
                ? [] : reasons + [Reason("ITEM_REMOVED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", place)]
        case .closed:
            return schemas[before] == .rejecting ? [] : [Reason("ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL", place)]
        }
    }

    private mutating func compareAdded(
        _ after: ID, _ old: TypedSchemas.Arrays, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        switch content(old) {
        case .open: return schemas[after].acceptsAll ? [] : [Reason("ITEM_ADDED_TO_OPEN_CONTENT_MODEL", place)]
        case .partial(let schema):
            let reasons = try compare(schema, after, place)
            return reasons.isEmpty
                ? [] : reasons + [Reason("ITEM_ADDED_NOT_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL", place)]
        case .closed: return []
        }
    }
}
