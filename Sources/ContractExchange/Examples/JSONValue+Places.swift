package import JSONTape

extension JSONValue {
    /// Returns the value at a path.
    package func value(at path: ArraySlice<String>) -> JSONValue? {
        guard let token = path.first else { return self }
        switch self {
        case .object(let object): return object[token]?.value(at: path.dropFirst())
        case .array(let elements):
            guard let index = Int(token), elements.indices.contains(index) else { return nil }
            return elements[index].value(at: path.dropFirst())
        default: return nil
        }
    }

    /// Returns the value with another at a path that exists; itself where it does not.
    func replacing(at path: ArraySlice<String>, with value: JSONValue) -> JSONValue {
        guard let token = path.first else { return value }
        switch self {
        case .object(var object):
            guard let member = object[token] else { return self }
            object[token] = member.replacing(at: path.dropFirst(), with: value)
            return .object(object)
        case .array(var elements):
            guard let index = Int(token), elements.indices.contains(index) else { return self }
            elements[index] = elements[index].replacing(at: path.dropFirst(), with: value)
            return .array(elements)
        case .null, .bool, .number, .string: return self
        }
    }

    /// Returns the value with a member that is added where only the object around it exists.
    func setting(_ path: ArraySlice<String>, to value: JSONValue) -> JSONValue {
        guard let token = path.first, case .object(var object) = self else { return self }
        object[token] = path.count == 1 ? value : object[token]?.setting(path.dropFirst(), to: value)
        return .object(object)
    }

    /// Returns the value without the part at a path; `nil` where there is none.
    func removing(at path: ArraySlice<String>) -> JSONValue? {
        guard let token = path.first else { return nil }
        switch self {
        case .object(var object):
            guard let member = object[token] else { return nil }
            object[token] = path.count == 1 ? nil : member.removing(at: path.dropFirst()) ?? member
            return .object(object)
        case .array(var elements):
            guard let index = Int(token), elements.indices.contains(index) else { return nil }
            if path.count == 1 {
                elements.remove(at: index)
            } else if let smaller = elements[index].removing(at: path.dropFirst()) {
                elements[index] = smaller
            }
            return .array(elements)
        default: return nil
        }
    }
}
