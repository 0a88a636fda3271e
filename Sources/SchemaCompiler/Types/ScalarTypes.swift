import ContractModel
import SchemaPlan
import JSONSchema
import JSONTape

/// A Swift type for strings of one format, or for numbers.
enum RequestedType: String, CaseIterable {
    case timestamp = "Timestamp"
    case uuid = "UUID"
    case date = "CalendarDate"
    case url = "URL"
    case string = "String"
    case exactNumber = "JSONNumber"

    /// The format of the type's strings; `nil` for a type of other values.
    var format: StringFormat? {
        switch self {
        case .timestamp: .dateTime
        case .uuid: .uuid
        case .date: .date
        case .url: .uri
        case .string, .exactNumber: nil
        }
    }

    var swiftType: SwiftType {
        switch self {
        case .timestamp: .timestamp
        case .uuid: .uuid
        case .date: .date
        case .url: .url
        case .string: .string
        case .exactNumber: .exactNumber
        }
    }
}

/// The types of strings and numbers.
struct ScalarTypes {
    /// The formats whose strings become a Swift type of their own.
    let typedFormats: Set<StringFormat>
    let assertsFormats: Bool
    private let requests: [SchemaModel.NodeID: RequestedType]

    init(_ contract: Contract, _ model: SchemaModel, diagnostics: inout Diagnostics) {
        typedFormats = contract.typedFormats
        assertsFormats = contract.assertsFormats
        var requests: [SchemaModel.NodeID: RequestedType] = [:]
        for id in model.ids {
            guard let node = model[id].annotations["x-swift-type"] else { continue }
            if let request = Self.request(node, by: id, model, contract.assertsFormats, diagnostics: &diagnostics) {
                requests[id] = request
            }
        }
        self.requests = requests
    }

    func string(_ format: StringFormat?, node: SchemaModel.NodeID) -> SwiftType {
        if let request = requests[node] { return request.swiftType }
        guard let format, format == .dateTime || typedFormats.contains(format) else { return .string }
        return RequestedType.allCases.first { $0.format == format }?.swiftType ?? .string
    }

    func number(node: SchemaModel.NodeID) -> SwiftType { requests[node] == .exactNumber ? .exactNumber : .double }

    func integer(_ range: Shape.IntegerRange, node: SchemaModel.NodeID) -> SwiftType {
        if requests[node] == .exactNumber { return .exactNumber }
        let minimum = range.minimum ?? JSONNumber(Int64.min)
        let maximum = range.maximum ?? JSONNumber(Int64.max)
        if minimum >= JSONNumber(Int64.min), maximum <= JSONNumber(Int64.max) { return .integer }
        return minimum >= 0 && maximum <= JSONNumber(UInt64.max) ? .unsignedInteger : .exactNumber
    }

    /// Returns the type that `x-swift-type` names, where the schema's values can have it.
    private static func request(
        _ node: SourceNode, by id: SchemaModel.NodeID, _ model: SchemaModel, _ assertsFormats: Bool,
        diagnostics: inout Diagnostics
    ) -> RequestedType? {
        guard case .string(let name) = node.content else {
            diagnostics.error(
                .schemaValue, at: node.location, "'x-swift-type' must be a string, found \(node.kindName)")
            return nil
        }
        guard let request = RequestedType(rawValue: name) else {
            diagnostics.error(
                .schemaValue, at: node.location, "'x-swift-type' can't be '\(name)'",
                hint: Suggestion.hint(for: name, among: RequestedType.allCases.map(\.rawValue)))
            return nil
        }
        // The type of a reference is that of the schema that it refers to.
        let isOwn = model.shapeSource(of: id).node == id
        let fragment = isOwn ? Fragment([id], ignoring: [], in: model) : Fragment()
        let types = fragment.types.subtracting(.null)
        guard fragment.values == nil else {
            diagnostics.error(
                .schemaValue, at: node.location, "'x-swift-type' beside 'enum' or 'const': the values become an enum",
                hint: "remove 'x-swift-type'")
            return nil
        }
        switch request {
        case .exactNumber:
            if fragment.hasTypes, types.subtracting([.number, .integer, .integerLiteral]).isEmpty { return request }
            diagnostics.error(
                .schemaValue, at: node.location, "'JSONNumber' is a type for numbers, which this schema is not",
                hint: "remove 'x-swift-type'")
        case .string:
            if fragment.hasTypes, types == .string { return request }
            diagnostics.error(
                .schemaValue, at: node.location, "'String' is a type for strings, which this schema is not",
                hint: "remove 'x-swift-type'")
        case .timestamp, .uuid, .date, .url:
            if fragment.hasTypes, types == .string, let format = request.format, fragment.formats == [format] {
                return request
            }
            let format = request.format?.rawValue ?? ""
            diagnostics.error(
                .schemaValue, at: node.location,
                "'\(name)' is a type for strings with the format '\(format)', "
                    + (assertsFormats ? "which this schema is not" : "and the manifest has no format checked"),
                hint: assertsFormats
                    ? "write \"type\": \"string\", \"format\": \"\(format)\""
                    : "remove 'formats: annotate' from the manifest's 'schemas'")
        }
        return nil
    }
}
