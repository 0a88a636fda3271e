import JSONTape

/// A comparison of two schemas by the rules of Karapace, which reads all schemas by draft 7.
///
/// These are the rules as they are implemented, not as they were meant: that a property became required is looked for in the
/// property's own schema, and an `enum` beside a `type` is not examined.
struct KarapaceComparison {
    typealias Reason = RegistryForecast.Reason

    /// The type by which schemas are compared.
    enum Kind: Equatable {
        /// A type of JSON, by its name.
        case type(String)
        /// `true` and `false`.
        case truth
        case combination(TypedSchemas.Criterion)
        case not
        case values
        /// A schema that is missing.
        case missing

        var isNumber: Bool { self == .type("number") || self == .type("integer") }

        var criterion: TypedSchemas.Criterion? {
            if case .combination(let criterion) = self { criterion } else { nil }
        }
    }

    private var depth = 0

    static func reasons(_ reader: JSONValue, _ writer: JSONValue) throws(RegistryFailure) -> [Reason] {
        let readers = try InlinedSchema.value(of: reader)
        let writers = try InlinedSchema.value(of: writer)
        var comparison = KarapaceComparison()
        return try comparison.compare(readers, writers, "")
    }

    mutating func accepts(_ reader: JSONValue?, _ writer: JSONValue?) throws(RegistryFailure) -> Bool {
        try compare(reader, writer, "").isEmpty
    }

    mutating func compare(
        _ reader: JSONValue?, _ writer: JSONValue?, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        guard depth < 400 else { throw RegistryFailure(text: "the schemas nest too deep") }
        depth += 1
        defer { depth -= 1 }
        if writer == nil, reader != nil { return [Reason("schema_added", place)] }
        if reader == nil, writer != nil { return [Reason("schema_removed", place)] }
        let (kind, other) = (try Self.kind(of: reader), try Self.kind(of: writer))
        let isObject = kind == .type("object") || reader == .bool(true)
        let areObjects = isObject && (other == .type("object") || writer == .bool(true))
        let isCombination = kind.criterion != nil || other.criterion != nil
        let areNumbers = kind.isNumber && other.isNumber
        if !areNumbers, !isCombination, !areObjects, kind != other { return [Reason("type_changed", place)] }
        let (own, written) = (reader?.members ?? JSONObject(), writer?.members ?? JSONObject())
        if areNumbers { return compareNumbers(own, written, place) }
        if isCombination { return try compareCombinations(reader, writer, place) }
        if areObjects { return try compareObjects(own, written, place) }
        switch kind {
        case .type("string"): return compareStrings(own, written, place)
        case .type("array"): return try compareArrays(own, written, place)
        case .not: return try compare(own["not"], written["not"], place + "/not")
        case .values: return try Self.compareValues(own, written, place)
        case .type, .truth, .combination, .missing: return []
        }
    }

    static func kind(of schema: JSONValue?) throws(RegistryFailure) -> Kind {
        guard let schema else { return .missing }
        switch schema {
        case .null: return .missing
        case .bool: return .truth
        case .object(let object):
            if case .array? = object["type"] { return .combination(.any) }
            for criterion in [TypedSchemas.Criterion.all, .any, .one] where object[criterion.rawValue] != nil {
                return .combination(criterion)
            }
            if object["not"] != nil { return .not }
            if let type = object["type"]?.text { return .type(type) }
            return object["enum"] == nil ? .type("object") : .values
        case .number, .string, .array: throw RegistryFailure(text: "a schema is an object or a Boolean")
        }
    }

    // MARK: Values

    /// Returns a limit that a reader introduces, or makes narrower.
    func limit(
        _ reader: JSONObject, _ writer: JSONObject, _ keyword: String, _ name: String, _ place: String, isUpper: Bool
    ) -> [Reason] {
        guard let own = reader[keyword] else { return [] }
        guard let written = writer[keyword] else { return [Reason("\(name)_added", place)] }
        guard let own = own.number, let written = written.number else { return [] }
        if isUpper { return own < written ? [Reason("\(name)_decreased", place)] : [] }
        return own > written ? [Reason("\(name)_increased", place)] : []
    }

    private func compareStrings(_ reader: JSONObject, _ writer: JSONObject, _ place: String) -> [Reason] {
        var reasons = limit(reader, writer, "maxLength", "max_length", place, isUpper: true)
        reasons += limit(reader, writer, "minLength", "min_length", place, isUpper: false)
        if let pattern = reader["pattern"], pattern != writer["pattern"] {
            reasons.append(Reason(writer["pattern"] == nil ? "pattern_added" : "pattern_changed", place))
        }
        return reasons
    }

    private func compareNumbers(_ reader: JSONObject, _ writer: JSONObject, _ place: String) -> [Reason] {
        var reasons = limit(reader, writer, "maximum", "maximum", place, isUpper: true)
        reasons += limit(reader, writer, "minimum", "minimum", place, isUpper: false)
        reasons += limit(reader, writer, "exclusiveMaximum", "maximum_exclusive", place, isUpper: true)
        reasons += limit(reader, writer, "exclusiveMinimum", "minimum_exclusive", place, isUpper: false)
        // Its comparison of 'multipleOf' looks for a keyword 'multiple'.
        if reader["type"] == "integer", writer["type"] == "number" { reasons.append(Reason("type_narrowed", place)) }
        return reasons
    }

    private static func compareValues(
        _ reader: JSONObject, _ writer: JSONObject, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        let (own, written) = (reader["enum"]?.elements ?? [], writer["enum"]?.elements ?? [])
        let isScalar = (own + written).allSatisfy { value in
            switch value {
            case .array, .object: false
            case .null, .bool, .number, .string: true
            }
        }
        guard isScalar else { throw RegistryFailure(text: "it fails on an 'enum' with a list or an object") }
        let removed = Set(written).subtracting(own)
        guard removed.allSatisfy({ $0.text != nil }) else {
            throw RegistryFailure(text: "it fails where an 'enum' loses a value that is not a string")
        }
        return removed.isEmpty ? [] : [Reason("enum_array_narrowed", place + "/enum")]
    }

    // MARK: Combinations

    /// Returns the parts of a combination; of a schema with a list of types, the schema with each of them.
    private static func parts(of schema: JSONValue?) -> [JSONValue]? {
        guard case .object(let object)? = schema else { return nil }
        if case .array(let types)? = object["type"] {
            return types.map { type in
                var single = object
                single["type"] = type
                return .object(single)
            }
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            if let parts = object[name] { return parts.elements }
        }
        return object["not"].map { [$0] }
    }

    private mutating func compareCombinations(
        _ reader: JSONValue?, _ writer: JSONValue?, _ place: String
    ) throws(RegistryFailure) -> [Reason] {
        let (kind, other) = (try Self.kind(of: reader), try Self.kind(of: writer))
        let (parts, written) = (Self.parts(of: reader), Self.parts(of: writer))
        let place = place + "/" + (kind.criterion?.rawValue ?? "")
        let changed = [Reason("type_changed", place)]
        if kind.criterion != nil, other.criterion == nil, let parts, parts.count == 1 {
            return try accepts(parts[0], writer) ? [] : changed
        }
        if kind.criterion == nil, other.criterion != nil, let written, written.count == 1 {
            return try accepts(reader, written[0]) ? [] : changed
        }
        if let criterion = kind.criterion, criterion != .all, other.criterion == nil {
            for part in parts ?? [] where try accepts(part, writer) { return [] }
            return changed
        }
        guard let parts, let written else { return changed }
        guard kind == .combination(.any) || kind == other else { return [Reason("combined_type_changed", place)] }
        let isProduct = kind == .combination(.all)
        if isProduct, written.count < parts.count { return [Reason("product_type_extended", place)] }
        if kind.criterion != nil, !isProduct, written.count > parts.count {
            return [Reason("sum_type_narrowed", place)]
        }
        var matching = Matching(count: written.count)
        for part in parts {
            var partners: [Int] = []
            for (index, other) in written.enumerated() where try accepts(part, other) { partners.append(index) }
            matching.add(partners)
        }
        let isEnough = matching.size >= (isProduct ? parts.count : written.count)
        return isEnough ? [] : [Reason("combined_type_subschemas_changed", place)]
    }
}

/// A schema whose references have been replaced by what they lead to.
private struct InlinedSchema {
    private let references: SchemaReferences
    private var depth = 0

    static func value(of schema: JSONValue) throws(RegistryFailure) -> JSONValue {
        var inlined = InlinedSchema(references: SchemaReferences(schema))
        return try inlined.value(schema)
    }

    private init(references: SchemaReferences) { self.references = references }

    private mutating func value(_ value: JSONValue) throws(RegistryFailure) -> JSONValue {
        guard depth < 300 else { throw RegistryFailure(text: "it fails on a schema that refers to itself") }
        depth += 1
        defer { depth -= 1 }
        switch value {
        case .object(let object):
            if let text = object["$ref"]?.text {
                let target = try references.target(of: text).value
                guard case .object = target else {
                    throw RegistryFailure(text: "it fails on a reference to a schema that is a Boolean")
                }
                return try self.value(target)
            }
            var members = JSONObject()
            for (key, member) in object { members[key] = try self.value(member) }
            return .object(members)
        case .array(let elements):
            var inlined: [JSONValue] = []
            for element in elements { inlined.append(try self.value(element)) }
            return .array(inlined)
        case .null, .bool, .number, .string: return value
        }
    }
}
