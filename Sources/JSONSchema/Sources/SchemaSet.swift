package import ContractModel
import JSONTape

/// Schema documents whose ids, anchors and references have been resolved. No keyword has a meaning yet.
///
/// Documents are divided into resources, each with a URI, and resources into places, each a schema. Places are found by
/// the positions of subschemas that the keyword table states, or because a reference leads to them.
package struct SchemaSet: Sendable {
    package struct ResourceID: Hashable, Comparable, Sendable {
        let index: Int

        package static func < (lhs: Self, rhs: Self) -> Bool { lhs.index < rhs.index }
    }

    package struct PlaceID: Hashable, Sendable {
        let index: Int
    }

    /// A document, or the part of one that has an id of its own.
    struct Resource: Sendable {
        /// The URI without a fragment.
        var uri: String
        var root: PlaceID
        var dialect: Dialect
        var anchors: [JSONName: PlaceID] = [:]
        /// The anchors that `$dynamicRef` looks for in the resources on its way; in 2019-09, the one with an empty name.
        var dynamicAnchors: [JSONName: PlaceID] = [:]
        /// The URI as if the document were in the contract's first folder, where the document's id is relative.
        var rootURI: String?
    }

    /// One schema.
    struct Place: Sendable {
        var node: SourceNode
        var document: Int
        /// The path in the document.
        var pointer: JSONPointer
        var resource: ResourceID
    }

    /// The meaning of a reference.
    struct Reference: Sendable {
        var target: PlaceID
        /// The dynamic anchor that the outermost resource decides on; `nil` for a static reference.
        var dynamicAnchor: JSONName?
    }

    /// The options for reading documents and finding others.
    package struct Options: Sendable {
        /// The draft of documents without `$schema`, and with an unknown one.
        package var defaultDraft: SchemaDraft
        /// The drafts of meta-schemas that are not known, by their URI without an empty fragment.
        package var dialects: [String: SchemaDraft]
        /// Finds a document that is not among those given, by its URI.
        package var library: @Sendable (String) -> SchemaDocument?

        package init(
            defaultDraft: SchemaDraft = .draft2020, dialects: [String: SchemaDraft] = [:],
            library: @escaping @Sendable (String) -> SchemaDocument? = { _ in nil }
        ) {
            self.defaultDraft = defaultDraft
            self.dialects = dialects
            self.library = library
        }
    }

    let options: Options
    /// The documents of the contract come first; others follow.
    private(set) var documents: [SchemaDocument] = []
    private(set) var ownDocumentCount = 0
    var resources: [Resource] = []
    var places: [Place] = []
    /// Each document's places by their paths.
    var placesByPointer: [[JSONPointer: PlaceID]] = []
    /// Resources by their URIs.
    var resourcesByURI: [String: ResourceID] = [:]
    /// More URIs of documents, by which they are found where nothing has that URI.
    var aliases: [(uri: String, resource: ResourceID)] = []
    /// References by the place and the keyword: `$ref`, `$dynamicRef`, `$recursiveRef`.
    var references: [ReferenceKey: Reference] = [:]
    /// Places whose references have not been resolved.
    var pending: [PlaceID] = []
    /// The names of dynamic anchors that a reference looks for.
    var usedDynamicAnchors: Set<JSONName> = []
    /// Errors have been reported at these places.
    var broken: Set<PlaceID> = []
    /// The meta-schemas that have been examined.
    var knownDialects: [String: Dialect] = [:]

    /// A path in a document.
    struct PathKey: Hashable, Sendable {
        var document: Int
        var pointer: JSONPointer
    }

    /// The positions of members in large mappings that references lead through.
    var memberPositions: [PathKey: [JSONName: Int]] = [:]

    struct ReferenceKey: Hashable, Sendable {
        var place: PlaceID
        var keyword: String
    }

    /// The schemas that ``init(_:roots:options:diagnostics:)`` was asked for, by their references.
    private(set) var namedRoots: [(reference: String, place: PlaceID)] = []

    /// Reads documents and resolves all their references.
    ///
    /// - Parameter roots: References from the contract's folder to schemas that are needed besides the documents' roots,
    ///   such as `events.json#/$defs/OrderPlaced`.
    package init(
        _ documents: [SchemaDocument], roots: [Located<String>] = [], options: Options = Options(),
        diagnostics: inout Diagnostics
    ) {
        self.options = options
        // A meta-schema among the documents is found by the others, whichever comes first.
        self.documents = documents
        placesByPointer = Array(repeating: [:], count: documents.count)
        ownDocumentCount = documents.count
        for index in documents.indices { scanDocument(index, diagnostics: &diagnostics) }
        for (uri, resource) in aliases where resourcesByURI[uri] == nil { resourcesByURI[uri] = resource }
        for root in roots {
            guard let place = place(of: root, diagnostics: &diagnostics) else { continue }
            namedRoots.append((root.value, place))
        }
        resolveReferences(diagnostics: &diagnostics)
    }

    /// Returns the place of a document's root.
    package func root(ofFile file: String) -> PlaceID? {
        documents.firstIndex { $0.file == file }.flatMap { placesByPointer[$0][JSONPointer()] }
    }

    /// The root of each document that was given, by its file, and the schemas that were asked for, by their references.
    var ownRoots: [(name: String, place: PlaceID)] {
        let roots = (0..<ownDocumentCount).compactMap { index in
            placesByPointer[index][JSONPointer()].map { (documents[index].file, $0) }
        }
        return roots + namedRoots.map { ($0.reference, $0.place) }
    }

    subscript(place: PlaceID) -> Place { places[place.index] }
    subscript(resource: ResourceID) -> Resource {
        get { resources[resource.index] }
        set { resources[resource.index] = newValue }
    }

    func dialect(of place: PlaceID) -> Dialect { self[self[place].resource].dialect }

    /// Returns whether a place belongs to the documents that were given, so that its words are the user's.
    func isOwn(_ place: PlaceID) -> Bool { self[place].document < ownDocumentCount }

    /// Returns the path from a place's resource to the place.
    func resourcePointer(of place: PlaceID) -> JSONPointer {
        let root = self[self[self[place].resource].root].pointer
        return JSONPointer(tokens: Array(self[place].pointer.tokens.dropFirst(root.tokens.count)))
    }

    /// Adds a document that a reference leads to, and returns its root's resource.
    mutating func load(_ document: SchemaDocument, diagnostics: inout Diagnostics) -> ResourceID? {
        documents.append(document)
        placesByPointer.append([:])
        scanDocument(documents.count - 1, diagnostics: &diagnostics)
        return placesByPointer[documents.count - 1][JSONPointer()].map { self[$0].resource }
    }
}
