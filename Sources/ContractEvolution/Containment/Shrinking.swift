import JSONSchema
import JSONTape

/// The reduction of a counterexample to a smaller one.
struct Shrinking {
    /// The most candidates that are tested.
    private static let mostTests = 2_000

    private var conditions: CertainConditions
    private let root: CertainConditions.Part
    private let holds: (JSONValue) -> Bool
    private var tests = 0

    private init(_ node: SchemaModel.NodeID, in schemas: JoinedSchemas, while holds: @escaping (JSONValue) -> Bool) {
        conditions = CertainConditions(schemas)
        root = conditions.part([node])
        self.holds = holds
    }

    /// Returns the smallest value that is found in steps which each keep the property.
    ///
    /// - Parameters:
    ///   - node: A node by which each value with the property is valid.
    ///   - holds: Returns whether a value has the property.
    static func smallest(
        of value: JSONValue, validBy node: SchemaModel.NodeID, in schemas: JoinedSchemas,
        while holds: (JSONValue) -> Bool
    ) -> JSONValue {
        withoutActuallyEscaping(holds) { holds in
            var shrinking = Shrinking(node, in: schemas, while: holds)
            var current = value
            while shrinking.tests < mostTests,
                let smaller = shrinking.smaller(than: current, shrinking.root, within: { $0 })
            {
                current = smaller
            }
            return current
        }
    }

    /// Returns the first simpler value with the property, the simplest being tried first.
    ///
    /// - Parameters:
    ///   - part: The conditions of the part that is made simpler.
    ///   - whole: Returns the whole value with another part.
    private mutating func smaller(
        than value: JSONValue, _ part: CertainConditions.Part, within whole: (JSONValue) -> JSONValue
    ) -> JSONValue? {
        switch value {
        case .null: .none
        case .bool(let flag): first(of: flag ? [.bool(false)] : [], part, within: whole)
        case .number(let number): first(of: Self.candidates(number), part, within: whole)
        case .string(let text): first(of: Self.candidates(text), part, within: whole)
        case .array(let elements): smaller(than: elements, within: whole)
        case .object(let object): smaller(than: object, part, within: whole)
        }
    }

    private mutating func smaller(
        than elements: [JSONValue], within whole: (JSONValue) -> JSONValue
    ) -> JSONValue? {
        if elements.count > 1, let found = test({ whole(.array([])) }) { return found }
        for index in elements.indices {
            let found = test {
                var shorter = elements
                shorter.remove(at: index)
                return whole(.array(shorter))
            }
            if let found { return found }
        }
        let unknown = conditions.part([])
        for (index, element) in elements.enumerated() where tests < Self.mostTests {
            let found = smaller(than: element, unknown) { candidate in
                var changed = elements
                changed[index] = candidate
                return whole(.array(changed))
            }
            if let found { return found }
        }
        return nil
    }

    private mutating func smaller(
        than object: JSONObject, _ part: CertainConditions.Part, within whole: (JSONValue) -> JSONValue
    ) -> JSONValue? {
        if object.count > 1, let found = test(isRefused: !part.required.isEmpty, { whole(.object(JSONObject())) }) {
            return found
        }
        for name in object.keys {
            let found = test(isRefused: part.required.contains(JSONName(name))) {
                var shorter = object
                shorter[name] = nil
                return whole(.object(shorter))
            }
            if let found { return found }
        }
        for (name, member) in object where tests < Self.mostTests {
            let found = smaller(than: member, conditions.member(JSONName(name), of: part)) { candidate in
                var changed = object
                changed[name] = candidate
                return whole(.object(changed))
            }
            if let found { return found }
        }
        return nil
    }

    private mutating func first(
        of candidates: [JSONValue], _ part: CertainConditions.Part, within whole: (JSONValue) -> JSONValue
    ) -> JSONValue? {
        for candidate in candidates {
            let isRefused = conditions.refuse(candidate, as: part)
            if let found = test(isRefused: isRefused, { whole(candidate) }) { return found }
        }
        return nil
    }

    /// Returns a candidate with the property.
    ///
    /// - Parameter isRefused: Whether the candidate is known not to have it.
    private mutating func test(isRefused: Bool = false, _ candidate: () -> JSONValue) -> JSONValue? {
        guard tests < Self.mostTests else { return nil }
        tests += 1
        guard !isRefused else { return nil }
        let value = candidate()
        guard holds(value) else { return nil }
        return value
    }

    private static func candidates(_ number: JSONNumber) -> [JSONValue] {
        if number == 0 { return [] }
        guard let value = number.int64Value else {
            let whole = number.doubleValue.rounded(.towardZero)
            return [.number(0)] + (Int64(exactly: whole).map { [JSONValue.number(JSONNumber($0))] } ?? [])
        }
        return [0, 1, value / 2].filter { $0.magnitude < value.magnitude }.map { .number(JSONNumber($0)) }
    }

    private static func candidates(_ text: String) -> [JSONValue] {
        guard !text.isEmpty else { return [] }
        let scalars = Array(text.unicodeScalars)
        var shorter = [""]
        for part in [scalars.prefix(scalars.count / 2), scalars.dropLast(), scalars.dropFirst()] {
            shorter.append(String(String.UnicodeScalarView(part)))
        }
        return shorter.filter { $0.unicodeScalars.count < scalars.count }.map { .string($0) }
    }
}
