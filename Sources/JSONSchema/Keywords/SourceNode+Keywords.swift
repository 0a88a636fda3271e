import ContractModel
import JSONTape

extension SourceNode {
    /// The kind of a node in a message; a short text as it is.
    var shownKind: String {
        if case .string(let text) = content, text.count <= 40 { "'\(text)'" } else { kindName }
    }

    var isSchema: Bool {
        switch content {
        case .mapping, .bool: true
        case .null, .number, .string, .sequence: false
        }
    }

    var isString: Bool {
        if case .string = content { true } else { false }
    }

    var text: String? {
        if case .string(let text) = content { text } else { nil }
    }

    var flag: Bool {
        if case .bool(let flag) = content { flag } else { false }
    }

    /// The values of a list's strings.
    var texts: [String] {
        if case .sequence(let nodes) = content { nodes.compactMap(\.text) } else { [] }
    }

    /// A count; one beyond every length is the greatest integer.
    var count: Int? {
        guard case .number(let number) = content else { return nil }
        return number.int64Value.flatMap(Int.init(exactly:)) ?? .max
    }
}
