import ContractModel
import JSONSchema
import JSONTape

extension SensitivityMarks {
    /// Reports marks that no value has because their draft ignores the keyword that they are in, or because the keyword
    /// describes no part of the message: that of `contentSchema` is in a string.
    static func checkReach(of files: [SchemaFile], in model: SchemaModel, diagnostics: inout Diagnostics) {
        var search = UnreachedMarks()
        for file in files { search.collect(file) }
        guard !search.found.isEmpty else { return }
        let reached = Set(model.ids.filter { hasMark(model[$0]) }.map { Place(model[$0]) })
        let unreached = search.found.filter { !reached.contains($0.place) }
        guard !unreached.isEmpty else { return }
        var schemas: [Place: SchemaModel.Node] = [:]
        for id in model.ids { schemas[Place(model[id])] = model[id] }
        for mark in unreached where schemas[mark.place] == nil {
            var outer = mark.place
            var keyword = ""
            while schemas[outer] == nil, let last = outer.pointer.tokens.last {
                keyword = last
                outer.pointer = JSONPointer(tokens: outer.pointer.tokens.dropLast())
            }
            // The name of a property, with the schema 'true', is not a mark.
            let isName = keyword == "properties" && outer.pointer.appending(keyword) == mark.place.pointer
            guard schemas[outer]?.isComplete == true, !isName, !isWithoutSchemas(keyword) else { continue }
            diagnostics.error(
                .sensitiveField, at: mark.location, "a mark inside of '\(keyword)' has no effect",
                hint: keyword == "contentSchema"
                    ? "mark the string that has this content: it is encrypted as a whole"
                    : "mark the schema of the value that is sensitive")
        }
    }

    /// Returns whether a keyword has data, an annotation of the user's own, or definitions, to which nothing refers.
    private static func isWithoutSchemas(_ keyword: String) -> Bool {
        ["const", "enum", "default", "example", "examples", "$defs", "definitions"].contains(keyword)
            || keyword.hasPrefix("x-")
    }

    private static func hasMark(_ schema: SchemaModel.Node) -> Bool {
        schema.annotations["x-sensitive"] != nil || schema.annotations["confluent:tags"] != nil
    }

    /// A place in a file.
    fileprivate struct Place: Hashable {
        var file: String
        var pointer: JSONPointer

        init(file: String, pointer: JSONPointer) {
            self.file = file
            self.pointer = pointer
        }

        init(_ schema: SchemaModel.Node) {
            self.init(file: schema.file, pointer: schema.pointer)
        }
    }
}

/// A search for the words of marks in files, whatever is around them.
private struct UnreachedMarks {
    struct Mark {
        /// The mapping that has the word.
        var place: SensitivityMarks.Place
        var location: SourceLocation
    }

    private(set) var found: [Mark] = []
    private var path: [String] = []

    mutating func collect(_ file: SchemaFile) {
        path = []
        collect(file.root, in: file.name)
    }

    /// Recurs for each level of the file, of which the reader limits the number.
    private mutating func collect(_ node: SourceNode, in file: String) {
        switch node.content {
        case .null, .bool, .number, .string: break
        case .sequence(let nodes):
            for (index, node) in nodes.enumerated() { enter(String(index), node, in: file) }
        case .mapping(let entries):
            for entry in entries {
                if Self.isMark(entry) {
                    let place = SensitivityMarks.Place(file: file, pointer: JSONPointer(tokens: path))
                    found.append(Mark(place: place, location: entry.value.location))
                } else {
                    enter(entry.key.value, entry.value, in: file)
                }
            }
        }
    }

    private mutating func enter(_ token: String, _ node: SourceNode, in file: String) {
        path.append(token)
        collect(node, in: file)
        path.removeLast()
    }

    private static func isMark(_ entry: SourceNode.Entry) -> Bool {
        switch (entry.key.value, entry.value.content) {
        case ("x-sensitive", .bool(true)), ("x-sensitive", .string), ("confluent:tags", .sequence): true
        default: false
        }
    }
}
