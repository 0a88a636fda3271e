import ContractModel
import SchemaPlan
import JSONSchema
import JSONTape

// Several shapes for one value.

extension ShapeBuilder {
    /// Returns the shape of values that have one of several shapes: a simpler one where there is, else a union.
    ///
    /// - Parameter mayOverlap: Whether a value may be valid by several of their schemas.
    mutating func unify(_ alternatives: [Shape.ID], node: NodeID, mayOverlap: Bool = false) -> Found {
        var parts = Parts()
        for id in alternatives { collect(id, into: &parts) }
        if parts.hasAny { return Found(kind: .any, note: parts.note) }
        var ids = scalars(parts, node: node)
        if parts.hasBoolean { ids.append(add(.boolean, node: node)) }
        switch lists(parts, node: node) {
        case .success(let found): ids += found
        case .failure(let note): return Found(kind: .any, note: note.text)
        }
        ids += parts.objects
        let found: Found
        if ids.isEmpty {
            found = Found(kind: parts.isNullable ? .null : .never)
        } else if ids.count == 1 {
            return Found(kind: parts.isNullable ? .nullable(ids[0]) : .same(ids[0]))
        } else {
            let cases = cases(parts.order(ids))
            if mayOverlap { keepOthers(of: cases) }
            found = Found(kind: .union(Shape.Union(cases: cases)))
        }
        return parts.isNullable ? nullable(found, node: node) : found
    }

    /// Alternatives by the JSON types of their values.
    struct Parts {
        var isNullable = false
        var hasAny = false
        var hasBoolean = false
        var note: String?
        var strings: [Shape.ID] = []
        var numbers: [Shape.ID] = []
        /// Enumerations of other values than strings.
        var constants: [Shape.ID] = []
        var arrays: [Shape.ID] = []
        var objects: [Shape.ID] = []
        /// The order in which alternatives came.
        var all: [Shape.ID] = []

        func order(_ ids: [Shape.ID]) -> [Shape.ID] {
            ids.enumerated().sorted { left, right in
                (all.firstIndex(of: left.element) ?? all.count, left.offset)
                    < (all.firstIndex(of: right.element) ?? all.count, right.offset)
            }.map(\.element)
        }
    }

    private mutating func collect(_ alternative: Shape.ID, into parts: inout Parts) {
        let id = shapes.resolve(alternative)
        guard let kind = knownKind(id) else {
            parts.hasAny = true
            parts.note = "an alternative of the schema is the schema itself"
            return
        }
        if parts.all.contains(id) { return }
        parts.all.append(id)
        switch kind {
        case .any:
            parts.hasAny = true
            parts.note = shapes[id].note ?? "an alternative of the schema allows any value"
        case .never, .same: break
        case .null: parts.isNullable = true
        case .nullable(let inner):
            parts.isNullable = true
            collect(inner, into: &parts)
        case .boolean: parts.hasBoolean = true
        case .integer, .number: parts.numbers.append(id)
        case .string: parts.strings.append(id)
        case .enumeration(let values):
            let areStrings = values.allSatisfy { if case .string = $0 { true } else { false } }
            if areStrings { parts.strings.append(id) } else { parts.constants.append(id) }
        case .list, .tuple: parts.arrays.append(id)
        case .record, .map, .object: parts.objects.append(id)
        case .union(let union): for alternative in union.cases { collect(alternative.shape, into: &parts) }
        }
    }

    // MARK: Scalars

    /// Returns the strings, numbers and constants, so that no two have the same JSON type.
    private mutating func scalars(_ parts: Parts, node: NodeID) -> [Shape.ID] {
        var strings = parts.strings
        var numbers = parts.numbers
        var constants: [JSONValue] = []
        for id in parts.constants {
            guard case .enumeration(let values) = shapes[id].kind else { continue }
            for value in values where !constants.contains(value) { constants.append(value) }
        }
        if parts.strings.isEmpty, parts.numbers.isEmpty, !parts.hasBoolean, parts.arrays.isEmpty, parts.objects.isEmpty,
            !constants.isEmpty
        {
            return parts.constants.count == 1 ? parts.constants : [add(.enumeration(constants), node: node)]
        }
        var others: [Shape.ID] = []
        var free: [JSONValue] = []
        for value in constants {
            switch value {
            case .string: free.append(value)
            case .number: numbers.append(add(.number, node: node))
            case .bool: if !parts.hasBoolean, others.isEmpty { others.append(add(.boolean, node: node)) }
            case .null, .array, .object: break
            }
        }
        if !free.isEmpty { strings.append(add(.enumeration(free), node: node)) }
        return string(strings, node: node) + number(numbers, node: node) + others
    }

    private mutating func string(_ ids: [Shape.ID], node: NodeID) -> [Shape.ID] {
        guard ids.count > 1 else { return ids }
        var values: [JSONValue] = []
        var formats: [StringFormat?] = []
        for id in ids {
            switch shapes[id].kind {
            case .enumeration(let own): for value in own where !values.contains(value) { values.append(value) }
            case .string(let format): formats.append(format)
            default: break
            }
        }
        guard let format = formats.first else { return [add(.enumeration(values), node: node)] }
        let isCommon = values.isEmpty && formats.allSatisfy { $0 == format }
        return [add(.string(isCommon ? format : nil), node: node)]
    }

    private mutating func number(_ ids: [Shape.ID], node: NodeID) -> [Shape.ID] {
        guard ids.count > 1 else { return ids }
        var ranges: [Shape.IntegerRange] = []
        for id in ids {
            guard case .integer(let range) = shapes[id].kind else { return [add(.number, node: node)] }
            ranges.append(range)
        }
        let minimums = ranges.compactMap(\.minimum)
        let maximums = ranges.compactMap(\.maximum)
        let range = Shape.IntegerRange(
            minimum: minimums.count == ranges.count ? minimums.min() : nil,
            maximum: maximums.count == ranges.count ? maximums.max() : nil)
        return [add(.integer(range), node: node)]
    }

    // MARK: Arrays

    private struct Note: Error { var text: String }

    /// Lists of different elements become a list of elements of each kind.
    private mutating func lists(_ parts: Parts, node: NodeID) -> Result<[Shape.ID], Note> {
        var elements: [Shape.ID] = []
        var others: [Shape.ID] = []
        var lists: [Shape.ID] = []
        for id in parts.arrays {
            guard case .list(let element) = shapes[id].kind else {
                others.append(id)
                continue
            }
            lists.append(id)
            if !elements.contains(element) { elements.append(element) }
        }
        if elements.count > 1 {
            for element in elements { force(element) }
            guard elements.allSatisfy({ knownKind($0) != nil }) else {
                return .failure(Note(text: "lists of different elements among its alternatives contain the schema"))
            }
            let found = unify(elements, node: node)
            let element = add(found.kind, node: node, note: found.note)
            lists = [add(.list(element), node: node)]
        } else {
            lists = Array(lists.prefix(1))
        }
        return .success(others + lists)
    }

    // MARK: Choice

    /// Returns the cases of a union, each with how it is chosen.
    private mutating func cases(_ ids: [Shape.ID]) -> [Shape.Union.Case] {
        let objects = ids.filter { types(of: $0) == .object }
        let arrays = ids.filter { types(of: $0) == .array }
        let choices = objects.count > 1 ? choices(objects) : nil
        var cases = ids.map { id -> Shape.Union.Case in
            let types = types(of: id)
            let isAlone = (types == .object ? objects.count : types == .array ? arrays.count : 1) == 1
            return Shape.Union.Case(
                shape: id, choice: isAlone ? .type(types) : types == .object ? choices?[id] ?? .trial : .trial)
        }
        // A case that requires more is tried before one that accepts what it accepts.
        let tried = cases.indices.filter { cases[$0].choice == .trial }
        let ordered = tried.map { cases[$0] }.enumerated().sorted { left, right in
            let (first, second) = (demands(left.element.shape), demands(right.element.shape))
            return first != second ? first > second : left.offset < right.offset
        }
        for (index, sorted) in zip(tried, ordered) { cases[index] = sorted.element }
        return cases
    }

    /// Makes the records of a union whose cases do not exclude each other keep what a later case names: a value may be valid
    /// by both.
    private mutating func keepOthers(of cases: [Shape.Union.Case]) {
        let tried = cases.filter { $0.choice == .trial }.map(\.shape)
        for (index, id) in tried.enumerated() {
            guard case .record(var record) = shapes[id].kind, record.additional == .any else { continue }
            record.keepsOthers = tried.dropFirst(index + 1).contains { other in
                guard case .record(let later) = shapes[other].kind else { return false }
                return later.members.contains { record.member($0.name.value) == nil }
            }
            if record.keepsOthers { shapes[id].kind = .record(record) }
        }
    }

    /// Returns the number of conditions that a case has for an object.
    private func demands(_ id: Shape.ID) -> Int {
        switch shapes[id].kind {
        case .record(let record):
            2 * record.members.count(where: \.isRequired) + (record.additional == .none ? 1 : 0) + 1
        case .tuple(let tuple): tuple.minimumCount + 1
        case .map: 0
        default: -1
        }
    }

    /// Returns the JSON types of a case's values.
    private func types(of id: Shape.ID) -> TypeSet {
        switch shapes[id].kind {
        case .any, .never, .same: .any
        case .null: .null
        case .boolean: .boolean
        case .integer: .integer
        case .number: .number
        case .string: .string
        case .enumeration(let values):
            values.allSatisfy { if case .string = $0 { true } else { false } } ? .string : .any
        case .record, .map, .object: .object
        case .list, .tuple: .array
        case .union, .nullable: .any
        }
    }

    /// Returns the choices that distinguish records by one member, or each by a member of its own; `nil` if there are
    /// none.
    private mutating func choices(_ ids: [Shape.ID]) -> [Shape.ID: Shape.Union.Choice]? {
        var records: [(id: Shape.ID, record: Shape.Record)] = []
        for id in ids {
            guard case .record(let record) = shapes[id].kind else { return nil }
            for member in record.members { force(member.shape) }
            records.append((id, record))
        }
        return discriminator(records) ?? keys(records)
    }

    private func discriminator(
        _ records: [(id: Shape.ID, record: Shape.Record)]
    ) -> [Shape.ID: Shape.Union.Choice]? {
        guard let first = records.first else { return nil }
        candidates: for candidate in first.record.members where candidate.isRequired {
            let name = candidate.name.value
            var seen: Set<JSONValue> = []
            var choices: [Shape.ID: Shape.Union.Choice] = [:]
            for (id, record) in records {
                guard let member = record.member(name), member.isRequired,
                    case .enumeration(let values)? = knownKind(member.shape)
                else { continue candidates }
                for value in values {
                    guard seen.insert(value).inserted else { continue candidates }
                }
                choices[id] = .member(name, values: values)
            }
            return choices
        }
        return nil
    }

    /// Returns a required member that no other record can have, for each record.
    private func keys(_ records: [(id: Shape.ID, record: Shape.Record)]) -> [Shape.ID: Shape.Union.Choice]? {
        var choices: [Shape.ID: Shape.Union.Choice] = [:]
        for (id, record) in records {
            let key = record.members.first { member in
                member.isRequired
                    && records.allSatisfy { other in
                        other.id == id
                            || other.record.additional == .none && other.record.member(member.name.value) == nil
                    }
            }
            guard let key else { return nil }
            choices[id] = .key(key.name.value)
        }
        return choices
    }
}
