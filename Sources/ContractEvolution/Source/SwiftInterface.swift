import ContractModel
import JSONTape
import SchemaCompiler

/// The generated declarations of a message that callers use, by the place of the values that each is for.
struct SwiftInterface {
    /// A property of a `struct`, or an element of a tuple.
    struct Member: Equatable {
        var name: String
        var type: SwiftType
        /// Whether the type is an `Optional` because the member may be absent.
        var isOptional: Bool
        /// Whether the initializer has a parameter for it, and requires the argument.
        var isParameter: Bool
        var isDemanded: Bool
    }

    /// A generated type.
    enum Form: Equatable {
        /// The names of the parameters of the initializer, in their order.
        case structure(parameters: [String])
        /// The cases, which callers switch over.
        case cases(Set<String>, isOpen: Bool)
    }

    private(set) var members: [JSONPointer: Member] = [:]
    private(set) var forms: [JSONPointer: Form] = [:]
    private let types: [[String]: TypeDeclaration]
    private let ownName: String
    private var open: Set<[String]> = []

    init(_ message: CompiledMessage, in contract: CompiledContract) {
        var types: [[String]: TypeDeclaration] = [:]
        func collect(_ type: TypeDeclaration) {
            types[type.path] = type
            for nested in type.nested { collect(nested) }
        }
        for shared in contract.sharedTypes { collect(shared.type) }
        for message in contract.messages { collect(message.type) }
        self.types = types
        ownName = message.typeName
        add(message.type, at: JSONPointer())
    }

    private mutating func add(_ declaration: TypeDeclaration, at place: JSONPointer) {
        // A type within itself has the same members there.
        guard open.insert(declaration.path).inserted else { return }
        defer { open.remove(declaration.path) }
        switch declaration {
        case .structure(let type): add(type, at: place)
        case .tuple(let type):
            forms[place] = .structure(
                parameters: type.elements.filter { $0.constant == nil }.map(\.name) + (type.rest == nil ? [] : ["rest"])
            )
            for (index, element) in type.elements.enumerated() {
                let inner = place.appending(String(index))
                members[inner] = Member(
                    name: element.name, type: renamed(element.type), isOptional: element.isOptional,
                    isParameter: element.constant == nil, isDemanded: !element.isOptional)
                add(element.type, at: inner)
            }
            if let rest = type.rest { addContent(rest, at: place.appending("*")) }
        case .union(let type):
            forms[place] = .cases(Set(type.cases.map { "\($0.name)(\(renamed($0.type)))" }), isOpen: false)
            for value in type.cases { add(value.type, at: place) }
        case .enumeration(let type): forms[place] = .cases(Set(type.cases.map(\.name)), isOpen: type.isOpen)
        case .constants(let type): forms[place] = .cases(Set(type.cases.map(\.name)), isOpen: false)
        }
    }

    private mutating func add(_ type: StructType, at place: JSONPointer) {
        // Parts of a union are at one place: each has its own parameters, and the last one's are those of the place.
        forms[place] = .structure(parameters: type.properties.filter { $0.constant == nil }.map(\.name))
        for property in type.properties {
            let inner = place.appending(property.jsonName)
            members[inner] = Member(
                name: property.name, type: renamed(property.type), isOptional: property.isOptional,
                isParameter: property.constant == nil,
                isDemanded: property.isRequired && property.defaultValue == nil)
            add(property.type, at: inner)
        }
        if let additional = type.additional {
            addContent(type.isAdditionalSensitive ? .sensitive(additional) : additional, at: place.appending("*"))
        }
    }

    private mutating func addContent(_ type: SwiftType, at place: JSONPointer) {
        members[place] = Member(name: "*", type: renamed(type), isOptional: false, isParameter: true, isDemanded: false)
        add(type, at: place)
    }

    private mutating func add(_ type: SwiftType, at place: JSONPointer) {
        switch type {
        case .optional(let inner), .nullable(let inner), .sensitive(let inner): add(inner, at: place)
        case .array(let inner), .dictionary(let inner): add(inner, at: place.appending("*"))
        case .structure(let path), .enumeration(let path), .composite(let path):
            if let declaration = types[path] { add(declaration, at: place) }
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .uuid, .date, .url,
            .value, .object:
            break
        }
    }

    /// Returns the type without the message's own name, which may change without a change of its members.
    private func renamed(_ type: SwiftType) -> SwiftType {
        func renamed(_ path: [String]) -> [String] { path.first == ownName ? ["Self"] + path.dropFirst() : path }
        return switch type {
        case .structure(let path): .structure(renamed(path))
        case .enumeration(let path): .enumeration(renamed(path))
        case .composite(let path): .composite(renamed(path))
        case .array(let inner): .array(self.renamed(inner))
        case .dictionary(let inner): .dictionary(self.renamed(inner))
        case .optional(let inner): .optional(self.renamed(inner))
        case .nullable(let inner): .nullable(self.renamed(inner))
        case .sensitive(let inner): .sensitive(self.renamed(inner))
        case .string, .integer, .unsignedInteger, .double, .exactNumber, .bool, .null, .timestamp, .uuid, .date, .url,
            .value, .object:
            type
        }
    }

    /// Returns the places at which code for this interface may not compile with another, with a description of each.
    func breaks(by new: SwiftInterface) -> [JSONPointer: String] {
        var breaks: [JSONPointer: String] = [:]
        for (place, member) in members {
            guard let other = new.members[place] else {
                breaks[place] = "'\(member.name)' is gone"
                continue
            }
            if member.name != other.name {
                breaks[place] = "'\(member.name)' has a different name"
            } else if member.type != other.type || member.isOptional != other.isOptional {
                breaks[place] = "'\(member.name)' has a different type"
            } else if member.isParameter != other.isParameter || (other.isDemanded && !member.isDemanded) {
                breaks[place] = "the parameter '\(member.name)' changed"
            }
        }
        for (place, member) in new.members where members[place] == nil && member.isParameter && member.isDemanded {
            breaks[place] = "'\(member.name)' must be given"
        }
        for (place, form) in forms {
            switch (form, new.forms[place]) {
            case (.cases, let other?) where form != other: breaks[place] = breaks[place] ?? "the cases changed"
            case (.structure(let old), .structure(let new)?):
                let (common, others) = (old.filter(new.contains), new.filter(old.contains))
                if common != others { breaks[place] = "the parameters of the initializer are in a different order" }
            default: break
            }
        }
        return breaks
    }
}
