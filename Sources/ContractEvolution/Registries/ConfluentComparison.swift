import JSONTape
import Patterns

/// A comparison of two schemas by the rules of Confluent's Schema Registry.
///
/// Differences that the registry accepts are not listed: they make no difference to its answer.
struct ConfluentComparison {
    typealias ID = TypedSchemas.ID
    typealias Reason = RegistryForecast.Reason

    let schemas: TypedSchemas
    /// Whether the registry's policy is LENIENT: objects may gain and lose properties.
    let isLenient: Bool
    /// The reasons of pairs that have been compared, with places within the pair.
    private var known: [Pair: [Reason]] = [:]
    private var open: Set<Pair> = []
    /// Pairs that an earlier pass refused: one that leads back to itself is accepted until it is among these.
    private var refused: [Pair: [Reason]] = [:]
    private var assumes = false

    private struct Pair: Hashable {
        var old: ID
        var new: ID
    }

    static func reasons(
        _ reader: JSONValue, _ writer: JSONValue, isLenient: Bool
    ) throws(RegistryFailure) -> [Reason] {
        var schemas = TypedSchemas()
        let (old, new): (ID, ID)
        (schemas, old) = try TypedSchemaReader.read(
            writer, TypedSchemaReader.draft(of: writer) ?? .seven, into: schemas)
        (schemas, new) = try TypedSchemaReader.read(
            reader, TypedSchemaReader.draft(of: reader) ?? .seven, into: schemas)
        var comparison = ConfluentComparison(schemas: schemas, isLenient: isLenient)
        while true {
            (comparison.known, comparison.assumes) = ([:], false)
            let reasons = try comparison.compare(old, new, "#")
            let refused = comparison.known.filter { !$0.value.isEmpty }
            if !comparison.assumes || refused.count == comparison.refused.count { return reasons }
            comparison.refused = refused
        }
    }

    private init(schemas: TypedSchemas, isLenient: Bool) {
        self.schemas = schemas
        self.isLenient = isLenient
    }

    /// Returns the differences of two schemas, of which one may be missing.
    mutating func compare(_ old: ID?, _ new: ID?, _ place: String) throws(RegistryFailure) -> [Reason] {
        guard let new else { return [] }
        guard let old else { return [Reason("SCHEMA_ADDED", place)] }
        let pair = Pair(old: schemas.resolved(old), new: schemas.resolved(new))
        if let reasons = known[pair] { return reasons.map { $0.below(place) } }
        guard open.insert(pair).inserted else {
            if let reasons = refused[pair] { return reasons.map { $0.below(place) } }
            assumes = true
            return []
        }
        defer { open.remove(pair) }
        guard open.count < 400 else { throw RegistryFailure(text: "the schemas nest too deep") }
        let reasons = try compare(pair)
        known[pair] = reasons
        return reasons.map { $0.below(place) }
    }

    /// Returns whether the registry takes two schemas for compatible.
    mutating func accepts(_ old: ID, _ new: ID) throws(RegistryFailure) -> Bool {
        try compare(old, new, "").isEmpty
    }

    private mutating func compare(_ pair: Pair) throws(RegistryFailure) -> [Reason] {
        if try isCoveredByPart(pair) { return [] }
        switch (schemas[pair.old], schemas[pair.new]) {
        case (.strings(let old), .strings(let new)): return Self.compare(old, new)
        case (.numbers(let old), .numbers(let new)): return try Self.compare(old, new)
        case (.constant(let old), .constant(let new)):
            return old == new ? [] : [Reason("ENUM_ARRAY_CHANGED", "/const")]
        case (.values(let old), .values(let new)): return Self.compare(old, new)
        case (.combination(let old, let before), .combination(let new, let after)):
            return try compare(old, before, new, after)
        case (.not(let old), .not(let new)):
            return try accepts(new, old) ? [] : [Reason("NOT_TYPE_EXTENDED", "/not")]
        case (.objects(let old), .objects(let new)): return try compare(old, new)
        case (.arrays(let old), .arrays(let new)): return try compare(old, new)
        case (.rejecting, _), (_, .empty), (_, .accepting): return []
        case (let old, let new): return old.kind == new.kind ? [] : [Reason("TYPE_CHANGED", "")]
        }
    }

    /// Returns whether a combination on one side only has a part that suffices.
    private mutating func isCoveredByPart(_ pair: Pair) throws(RegistryFailure) -> Bool {
        switch (schemas[pair.old], schemas[pair.new]) {
        case (.combination, .combination): return false
        case (_, .combination(let criterion, let parts)) where parts.count == 1 || criterion != .all:
            for part in parts where try accepts(pair.old, part) { return true }
        case (.combination(let criterion, let parts), _) where parts.count == 1 || criterion == .all:
            for part in parts where try accepts(part, pair.new) { return true }
        default: break
        }
        return false
    }

    // MARK: Values

    /// Returns the differences of an upper or lower limit, by the names that end in `ADDED`, and in `INCREASED` or
    /// `DECREASED`.
    static func limit(
        _ old: JSONNumber?, _ new: JSONNumber?, _ keyword: String, _ name: String, isUpper: Bool
    ) -> [Reason] {
        guard let new, old != new else { return [] }
        guard let old else { return [Reason("\(name)_ADDED", "/\(keyword)")] }
        if isUpper { return new < old ? [Reason("\(name)_DECREASED", "/\(keyword)")] : [] }
        return new > old ? [Reason("\(name)_INCREASED", "/\(keyword)")] : []
    }

    private static func compare(_ old: TypedSchemas.Strings, _ new: TypedSchemas.Strings) -> [Reason] {
        var reasons = limit(old.maximum, new.maximum, "maxLength", "MAX_LENGTH", isUpper: true)
        reasons += limit(old.minimum, new.minimum, "minLength", "MIN_LENGTH", isUpper: false)
        if let pattern = new.pattern, pattern != old.pattern {
            reasons.append(Reason(old.pattern == nil ? "PATTERN_ADDED" : "PATTERN_CHANGED", "/pattern"))
        }
        return reasons
    }

    private static func compare(
        _ old: TypedSchemas.Numbers, _ new: TypedSchemas.Numbers
    ) throws(RegistryFailure) -> [Reason] {
        var reasons = limit(old.maximum, new.maximum, "maximum", "MAXIMUM", isUpper: true)
        reasons += limit(old.minimum, new.minimum, "minimum", "MINIMUM", isUpper: false)
        if let before = old.exclusiveMaximum, let after = new.exclusiveMaximum, after < before {
            // The registry compares with the other keyword, and fails where there is none.
            guard let maximum = new.maximum else {
                throw RegistryFailure(text: "it fails where 'exclusiveMaximum' is decreased and there is no 'maximum'")
            }
            if before > maximum { reasons.append(Reason("EXCLUSIVE_MAXIMUM_DECREASED", "/exclusiveMaximum")) }
        } else {
            reasons += limit(
                old.exclusiveMaximum, new.exclusiveMaximum, "exclusiveMaximum", "EXCLUSIVE_MAXIMUM", isUpper: true)
        }
        reasons += limit(
            old.exclusiveMinimum, new.exclusiveMinimum, "exclusiveMinimum", "EXCLUSIVE_MINIMUM", isUpper: false)
        if let factor = new.multipleOf, factor != old.multipleOf {
            if let before = old.multipleOf, !before.isMultiple(of: factor) {
                let name = factor.isMultiple(of: before) ? "EXPANDED" : "CHANGED"
                reasons.append(Reason("MULTIPLE_OF_\(name)", "/multipleOf"))
            } else if old.multipleOf == nil {
                reasons.append(Reason("MULTIPLE_OF_ADDED", "/multipleOf"))
            }
        }
        if new.requiresInteger, !old.requiresInteger { reasons.append(Reason("TYPE_NARROWED", "")) }
        return reasons
    }

    private static func compare(_ old: [JSONValue], _ new: [JSONValue]) -> [Reason] {
        let (before, after) = (Set(old), Set(new))
        guard !after.isSuperset(of: before) else { return [] }
        return [Reason(before.isSuperset(of: after) ? "ENUM_ARRAY_NARROWED" : "ENUM_ARRAY_CHANGED", "/enum")]
    }

    // MARK: Combinations

    private mutating func compare(
        _ old: TypedSchemas.Criterion, _ before: [ID], _ new: TypedSchemas.Criterion, _ after: [ID]
    ) throws(RegistryFailure) -> [Reason] {
        let isExtended =
            new == .any || (before.count == 1 && after.count == 1) || (before.count == 1 && new == .one)
            || (after.count == 1 && old == .all)
        guard old == new || isExtended else { return [Reason("COMBINED_TYPE_CHANGED", "")] }
        let (before, after) = (distinct(before), distinct(after))
        var reasons: [Reason] = []
        if before.count < after.count, new == .all { reasons.append(Reason("PRODUCT_TYPE_EXTENDED", "")) }
        if before.count > after.count, old != .all { reasons.append(Reason("SUM_TYPE_NARROWED", "")) }
        var matching = Matching(count: after.count)
        for part in before {
            var partners: [Int] = []
            for (index, other) in after.enumerated() where try accepts(part, other) { partners.append(index) }
            matching.add(partners)
        }
        if matching.size < min(before.count, after.count) {
            reasons.append(Reason("COMBINED_TYPE_SUBSCHEMAS_CHANGED", ""))
        }
        return reasons
    }

    private func distinct(_ parts: [ID]) -> [ID] {
        parts.enumerated().filter { index, part in
            !parts[..<index].contains { schemas.areEqual($0, part) }
        }.map(\.element)
    }
}

/// The largest number of pairs of two sets, of which each member is in one pair at most.
struct Matching {
    /// The partners that each member of the first set may have.
    private var partners: [[Int]] = []
    /// The partner of each member of the second set.
    private var chosen: [Int?]
    private(set) var size = 0

    init(count: Int) { chosen = Array(repeating: nil, count: count) }

    /// Adds a member of the first set, and finds a partner for it, for which others may change theirs.
    mutating func add(_ possible: [Int]) {
        partners.append(possible)
        var tried: Set<Int> = []
        if assign(partners.count - 1, &tried) { size += 1 }
    }

    private mutating func assign(_ member: Int, _ tried: inout Set<Int>) -> Bool {
        for partner in partners[member] where tried.insert(partner).inserted {
            let other = chosen[partner]
            guard other.map({ assign($0, &tried) }) ?? true else { continue }
            chosen[partner] = member
            return true
        }
        return false
    }
}
