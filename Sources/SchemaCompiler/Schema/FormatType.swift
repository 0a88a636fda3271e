import ContractModel
import JSONTape

/// A Swift type for strings of one format.
enum FormatType: String, CaseIterable {
    case timestamp = "Timestamp"
    case uuid = "UUID"
    case date = "CalendarDate"
    case url = "URL"

    /// The format of the type's strings.
    var format: StringFormat {
        switch self {
        case .timestamp: .dateTime
        case .uuid: .uuid
        case .date: .date
        case .url: .uri
        }
    }

    var swiftType: SwiftType {
        switch self {
        case .timestamp: .timestamp
        case .uuid: .uuid
        case .date: .date
        case .url: .url
        }
    }

    /// Whether each value of the type has the format. A program can make a `URL` that is a relative reference.
    var isAlwaysValid: Bool { self != .url }

    /// The name that keeps strings of a format strings.
    static let stringName = "String"
    static let names = allCases.map(\.rawValue) + [stringName]
}

extension SchemaReader {
    /// Chooses the type of strings with a format: the one that `x-swift-type` names, else the manifest's choice.
    mutating func applyFormatType(to node: inout SchemaNode) {
        guard let name = node.swiftType else {
            guard node.enumeration == nil, let format = node.format else { return }
            let isTyped = format == .dateTime || typedFormats.contains(format)
            node.formatType = isTyped ? FormatType.allCases.first { $0.format == format } : nil
            return
        }
        guard FormatType.names.contains(name.value) else {
            error(
                .schemaValue, at: name.location, "'x-swift-type' can't be '\(name.value)'",
                hint: Suggestion.hint(for: name.value, among: FormatType.names))
            return
        }
        guard node.enumeration == nil else {
            error(
                .schemaValue, at: name.location, "'x-swift-type' beside 'enum' or 'const': the values become an enum",
                hint: "remove 'x-swift-type'")
            return
        }
        guard let type = FormatType(rawValue: name.value) else {
            checkStaysString(node, name)
            return
        }
        guard node.type?.value == .string, node.format == type.format else {
            error(
                .schemaValue, at: name.location,
                "'\(name.value)' is a type for strings with the format '\(type.format.rawValue)', "
                    + (assertsFormats ? "which this schema is not" : "and the manifest has no format checked"),
                hint: assertsFormats
                    ? "write \"type\": \"string\", \"format\": \"\(type.format.rawValue)\""
                    : "remove 'formats: annotate' from the manifest's 'schemas'")
            return
        }
        node.formatType = type
    }

    private mutating func checkStaysString(_ node: SchemaNode, _ name: Located<String>) {
        guard node.type?.value != .string else { return }
        error(
            .schemaValue, at: name.location, "'String' is a type for strings, which this schema is not",
            hint: "remove 'x-swift-type'")
    }
}
