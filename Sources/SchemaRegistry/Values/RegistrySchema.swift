public import EventContracts
import JSONTape

/// A schema as a registry has it: a text, its language, and the schemas that it refers to.
public struct RegistrySchema: Hashable, Sendable {
    /// The languages of schemas.
    public enum Language: Hashable, Sendable {
        case json, avro, protobuf
        case other(String)

        /// The name in requests and answers.
        public var name: String {
            switch self {
            case .json: "JSON"
            case .avro: "AVRO"
            case .protobuf: "PROTOBUF"
            case .other(let name): name
            }
        }

        /// Creates the language of a name.
        public init(name: String) {
            switch name.uppercased() {
            case "JSON": self = .json
            case "AVRO": self = .avro
            case "PROTOBUF": self = .protobuf
            default: self = .other(name)
            }
        }
    }

    /// A schema of the registry that another refers to.
    public struct Reference: Hashable, Sendable {
        /// The name in the schema that refers, such as a file name.
        public var name: String
        /// The subject of the schema that is meant.
        public var subject: String
        /// Its version.
        public var version: Int

        /// Creates a reference.
        public init(name: String, subject: String, version: Int) {
            self.name = name
            self.subject = subject
            self.version = version
        }
    }

    /// The text. A registry may have reformatted it, with other white space and another order of members.
    public var text: String
    /// The language; JSON unless said otherwise.
    public var language: Language
    /// The schemas that the text refers to.
    public var references: [Reference]

    /// Creates a schema.
    public init(_ text: String, language: Language = .json, references: [Reference] = []) {
        self.text = text
        self.language = language
        self.references = references
    }

    /// Returns whether two schemas have the same text but for white space, the order of members, and the form of numbers and
    /// strings.
    public func hasSameContent(as other: RegistrySchema) -> Bool {
        guard language == other.language, Set(references) == Set(other.references) else { return false }
        if text == other.text { return true }
        guard let own = JSONValue(bytes: Array(text.utf8)), let others = JSONValue(bytes: Array(other.text.utf8)) else {
            return false
        }
        return own == others
    }
}

/// A schema that a registry has, with its place there.
public struct RegisteredSchema: Hashable, Sendable {
    /// The subject; `nil` where the registry did not report it.
    public var subject: String?
    /// The version within the subject; `nil` where the registry did not report it.
    public var version: Int?
    /// The id, which belongs to the schema whatever its subject.
    public var id: Int
    /// The id that is the same in all registries, of servers that have such ids.
    public var guid: SchemaGUID?
    /// The schema; `nil` where the registry did not report it.
    public var schema: RegistrySchema?
}

/// The version of a subject that a request is about.
public enum SchemaVersion: Hashable, Sendable {
    case latest
    case number(Int)

    var path: String {
        switch self {
        case .latest: "latest"
        case .number(let number): String(number)
        }
    }
}

/// The versions that a registry compares a new schema with.
public enum ComparedVersions: Hashable, Sendable {
    /// One version.
    case one(SchemaVersion)
    /// All versions that the subject's level asks for.
    case all
}

/// A registry's answer to the question whether a schema is compatible.
public struct RegistryVerdict: Hashable, Sendable {
    /// Whether the schema is compatible by the registry's rules.
    public var isCompatible: Bool
    /// The reasons why it is not, where the registry states them.
    public var messages: [String]
}

/// The compatibility levels of a registry.
public enum RegistryLevel: String, Hashable, Sendable, CaseIterable {
    case none = "NONE"
    case backward = "BACKWARD"
    case backwardTransitive = "BACKWARD_TRANSITIVE"
    case forward = "FORWARD"
    case forwardTransitive = "FORWARD_TRANSITIVE"
    case full = "FULL"
    case fullTransitive = "FULL_TRANSITIVE"
}

/// The modes of a registry or a subject.
public enum RegistryMode: String, Hashable, Sendable, CaseIterable {
    case readWrite = "READWRITE"
    case readOnly = "READONLY"
    case readOnlyOverride = "READONLY_OVERRIDE"
    case importing = "IMPORT"
    case forward = "FORWARD"
}

/// The subject that a level or a mode is set for.
public enum RegistryScope: Hashable, Sendable {
    /// All subjects that have none of their own.
    case global
    case subject(String)
}
