/// A draft of JSON Schema, by the name that a manifest gives it.
package enum SchemaDraft: String, CaseIterable, Sendable {
    case draft4 = "draft-04"
    case draft6 = "draft-06"
    case draft7 = "draft-07"
    case draft2019 = "2019-09"
    case draft2020 = "2020-12"

    /// The URI of the draft's meta-schema, without a fragment.
    package var uri: String {
        switch self {
        case .draft4: "http://json-schema.org/draft-04/schema"
        case .draft6: "http://json-schema.org/draft-06/schema"
        case .draft7: "http://json-schema.org/draft-07/schema"
        case .draft2019: "https://json-schema.org/draft/2019-09/schema"
        case .draft2020: "https://json-schema.org/draft/2020-12/schema"
        }
    }

    /// The name in messages.
    package var name: String {
        switch self {
        case .draft4: "draft 4"
        case .draft6: "draft 6"
        case .draft7: "draft 7"
        case .draft2019: "draft 2019-09"
        case .draft2020: "draft 2020-12"
        }
    }
}

extension SchemaDraft: Comparable {
    private var number: Int {
        switch self {
        case .draft4: 4
        case .draft6: 6
        case .draft7: 7
        case .draft2019: 2019
        case .draft2020: 2020
        }
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.number < rhs.number }
}

extension SchemaDraft {
    /// Returns the draft that is probably meant by another name: `draft7`, `2020`, `draft-8`, `2019-9`, `latest`.
    package init?(meantBy text: String) {
        let text = text.lowercased()
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        let name = text.drop { !$0.isLetter && !$0.isNumber }
        guard
            name.hasPrefix("draft") || name.first?.isNumber == true || text.contains("json-schema") || text == "latest"
        else { return nil }
        switch numbers.first {
        case 3, 4: self = .draft4
        case 5, 6: self = .draft6
        case 7: self = .draft7
        // The working name of the draft after the seventh.
        case 8, 2019: self = .draft2019
        case .some(9...100), .some(2020...2100): self = .draft2020
        case nil where text == "latest" || text.contains("/schema"): self = .draft2020
        default: return nil
        }
    }
}
