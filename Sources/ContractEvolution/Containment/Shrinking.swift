import JSONTape

/// The reduction of a counterexample to a smaller one.
enum Shrinking {
    /// The most candidates that are tested.
    private static let mostTests = 2_000

    /// Returns the smallest value that is found in steps which each keep the property.
    static func smallest(of value: JSONValue, while holds: (JSONValue) -> Bool) -> JSONValue {
        var current = value
        var tests = 0
        var changes = true
        while changes, tests < mostTests {
            changes = false
            for candidate in candidates(current) where tests < mostTests {
                tests += 1
                guard holds(candidate) else { continue }
                current = candidate
                changes = true
                break
            }
        }
        return current
    }

    /// Returns simpler values, the simplest first.
    private static func candidates(_ value: JSONValue) -> [JSONValue] {
        switch value {
        case .null: return []
        case .bool(let flag): return flag ? [.bool(false)] : []
        case .number(let number): return candidates(number)
        case .string(let text): return candidates(text)
        case .array(let elements):
            var smaller: [JSONValue] = []
            if elements.count > 1 { smaller.append(.array([])) }
            for index in elements.indices {
                var shorter = elements
                shorter.remove(at: index)
                smaller.append(.array(shorter))
            }
            for (index, element) in elements.enumerated() {
                for candidate in candidates(element) {
                    var changed = elements
                    changed[index] = candidate
                    smaller.append(.array(changed))
                }
            }
            return smaller
        case .object(let object):
            var smaller: [JSONValue] = []
            if object.count > 1 { smaller.append(.object(JSONObject())) }
            for name in object.keys {
                var shorter = object
                shorter[name] = nil
                smaller.append(.object(shorter))
            }
            for (name, member) in object {
                for candidate in candidates(member) {
                    var changed = object
                    changed[name] = candidate
                    smaller.append(.object(changed))
                }
            }
            return smaller
        }
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
