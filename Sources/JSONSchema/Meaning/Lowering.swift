import ContractModel
import JSONTape
import SchemaPlan

/// The lowering of the places of a schema set to nodes of a model.
///
/// A node is made for a place and an environment: the resource that decides on each dynamic anchor, as the path from the
/// root has it. Only anchors that some reference looks for are in an environment, so that without such references each
/// place has one node.
struct Lowering {
    typealias NodeID = SchemaModel.NodeID
    typealias Environment = [JSONName: SchemaSet.ResourceID]

    private struct Key: Hashable {
        var place: SchemaSet.PlaceID
        var environment: Int
    }

    private let set: SchemaSet
    let options: SchemaModel.Options
    var diagnostics: Diagnostics
    private(set) var model = SchemaModel()
    private var ids: [Key: NodeID] = [:]
    private var keys: [Key] = []
    private var environments: [Environment] = [[:]]
    private var environmentIndices: [Environment: Int] = [[:]: 0]
    /// The words that a warning has named, by file.
    private var warned: Set<String> = []

    // The schema that is being lowered.
    private var key: Key
    var node: SchemaModel.Node
    private(set) var dialect: Dialect
    private var entries: [SourceNode.Entry] = []

    init(set: SchemaSet, options: SchemaModel.Options, diagnostics: Diagnostics) {
        self.set = set
        self.options = options
        self.diagnostics = diagnostics
        key = Key(place: SchemaSet.PlaceID(index: 0), environment: 0)
        node = Self.emptyNode
        dialect = Dialect(set.options.defaultDraft)
    }

    private static var emptyNode: SchemaModel.Node {
        SchemaModel.Node(
            location: SourceLocation(file: ""), file: "", pointer: JSONPointer(), uri: "",
            resourcePointer: JSONPointer())
    }

    mutating func run() {
        for (name, place) in set.ownRoots { model.roots[name] = id(of: place, in: [:]) }
        var next = 0
        while next < keys.count {
            lower(keys[next], as: NodeID(next))
            next += 1
        }
        cutCycles()
    }

    // MARK: Nodes

    /// Returns the id of a place's node; a new one is lowered later.
    private mutating func id(of place: SchemaSet.PlaceID, in environment: Environment) -> NodeID {
        let entered = entering(set[place].resource, environment)
        let index: Int
        if let known = environmentIndices[entered] {
            index = known
        } else {
            index = environments.count
            environments.append(entered)
            environmentIndices[entered] = index
        }
        let key = Key(place: place, environment: index)
        if let known = ids[key] { return known }
        let id = model.add(Self.emptyNode)
        ids[key] = id
        keys.append(key)
        return id
    }

    /// Returns the environment inside of a resource: the outermost declaration of an anchor stays.
    private func entering(_ resource: SchemaSet.ResourceID, _ environment: Environment) -> Environment {
        var environment = environment
        for name in set[resource].dynamicAnchors.keys
        where set.usedDynamicAnchors.contains(name) && environment[name] == nil {
            environment[name] = resource
        }
        return environment
    }

    private mutating func lower(_ key: Key, as id: NodeID) {
        self.key = key
        let place = set[key.place]
        dialect = set.dialect(of: key.place)
        node = SchemaModel.Node(
            location: place.node.location, file: set.documents[place.document].file, pointer: place.pointer,
            uri: SchemaDocument.displayName(set[place.resource].uri),
            resourcePointer: set.resourcePointer(of: key.place))
        node.isComplete = !set.broken.contains(key.place)
        switch place.node.content {
        case .bool(true): break
        case .bool(false):
            node.assertions.append(
                Assertion(keyword: JSONPointer(), location: place.node.location, kind: .never))
        case .mapping(let entries):
            self.entries = entries
            let active = activeEntries
            if active.count < entries.count { warnOfIgnored() }
            for entry in active { lower(entry) }
            checkLookalikes()
        case .null, .number, .string, .sequence:
            fail(
                .schemaValue, at: place.node.location, "expected a schema, found \(place.node.kindName)",
                hint: "a schema is a mapping, true or false")
        }
        model[id] = node
    }

    /// The entries that the draft regards: up to draft 7, a reference alone and what asserts nothing.
    private var activeEntries: [SourceNode.Entry] {
        guard dialect.draft.ignoresReferenceSiblings,
            entries.contains(where: { $0.key.value == "$ref" && $0.value.isString })
        else { return entries }
        return entries.filter { !isIgnoredBesideReference($0) }
    }

    private func isIgnoredBesideReference(_ entry: SourceNode.Entry) -> Bool {
        guard entry.key.value != "$ref" else { return false }
        return KeywordTable.keyword(entry.key.value, in: dialect)?.isAnnotation == false
    }

    private mutating func warnOfIgnored() {
        let draft = dialect.draft
        for entry in entries where isIgnoredBesideReference(entry) {
            let word = entry.key.value
            warn(
                .schemaKeyword, at: entry.key.location, "\(draft.name) ignores '\(word)' beside '$ref'",
                hint: "write both as schemas of an 'allOf', or state a later draft as '$schema'",
                once: "beside $ref " + word)
        }
    }

    private mutating func lower(_ entry: SourceNode.Entry) {
        guard let keyword = KeywordTable.keyword(entry.key.value, in: dialect) else {
            node.annotations.extensions.append(entry)
            warnOfUnknown(entry)
            return
        }
        for fault in keyword.form.faults(in: entry.value) {
            fail(
                .schemaValue, at: fault.node.location,
                "'\(entry.key.value)' must be \(fault.expected), found \(fault.node.shownKind)",
                hint: KeywordHints.hint(for: entry.key.value, fault.node))
        }
        if keyword.form.isUsable(entry.value) { keyword.lower(&self, entry) }
    }

    // MARK: Parts for keywords

    /// Returns the entry of another keyword of the same schema, where the dialect has that keyword and its form is
    /// right.
    func entry(_ name: String) -> SourceNode.Entry? {
        guard let entry = entries.first(where: { $0.key.value == name }),
            let keyword = KeywordTable.keyword(name, in: dialect), keyword.form.isUsable(entry.value)
        else { return nil }
        return entry
    }

    mutating func add(_ kind: Assertion.Kind, _ entry: SourceNode.Entry) {
        node.assertions.append(
            Assertion(keyword: JSONPointer(tokens: [entry.key.value]), location: entry.key.location, kind: kind))
    }

    /// Returns the node of a subschema, by the path from the current schema.
    mutating func child(_ tokens: String...) -> NodeID {
        let place = set[key.place]
        let pointer = JSONPointer(tokens: place.pointer.tokens + tokens)
        // The scan found all subschemas by the same table.
        guard let child = set.placesByPointer[place.document][pointer] else {
            preconditionFailure("no schema at \(pointer)")
        }
        return id(of: child, in: environments[key.environment])
    }

    mutating func refer(_ entry: SourceNode.Entry) {
        let key = self.key
        guard let reference = set.references[.init(place: key.place, keyword: entry.key.value)] else { return }
        let environment = environments[key.environment]
        var target = reference.target
        if let anchor = reference.dynamicAnchor, let resource = environment[anchor],
            let outermost = set[resource].dynamicAnchors[anchor]
        {
            target = outermost
        }
        add(.refer(id(of: target, in: environment)), entry)
    }

    // MARK: Diagnostics

    /// Reports an error of the current schema. The documents that it is made of by others are not the user's to correct.
    mutating func fail(_ rule: Rule, at location: SourceLocation, _ message: String, hint: String? = nil) {
        node.isComplete = false
        diagnostics.error(rule, at: location, message, hint: hint)
    }

    /// Reports a warning of the contract's own files, once for each file and word.
    mutating func warn(
        _ rule: Rule, at location: SourceLocation, _ message: String, hint: String?, once word: String
    ) {
        guard set.isOwn(key.place), warned.insert("\(location.file)\0\(word)").inserted else { return }
        diagnostics.warning(rule, at: location, message, hint: hint)
    }

    /// Returns whether a string is a regular expression; reports where it is not.
    mutating func isPattern(_ source: String, at location: SourceLocation) -> Bool {
        guard SchemaPattern(source) == nil else { return true }
        fail(.schemaValue, at: location, "'\(source)' is not a regular expression of ECMA-262")
        return false
    }

    private mutating func warnOfUnknown(_ entry: SourceNode.Entry) {
        let word = entry.key.value
        guard !word.lowercased().hasPrefix("x-"), !word.hasPrefix("confluent:") else { return }
        let drafts = KeywordTable.drafts(of: word)
        if let first = drafts.first, let last = drafts.last {
            let since = first > dialect.draft ? "since \(first.name)" : "until \(last.name)"
            warn(
                .schemaKeyword, at: entry.key.location,
                "'\(word)' is a keyword \(since): \(dialect.draft.name) ignores it",
                hint: "state the draft that the schema means as '$schema'", once: word)
            return
        }
        let near = Suggestion.nearest(to: word, among: KeywordTable.names(in: dialect.draft))
            // `tsAdditionalProperties` is a name of a tool, and not a typo.
            .flatMap { keyword in
                let end = keyword.prefix(1).uppercased() + keyword.dropFirst()
                return word != end && word.hasSuffix(end) ? nil : keyword
            }
        if let near, isMissing(near, meantBy: entry) {
            reportTypo(entry.key, of: near)
            return
        }
        warn(
            .schemaKeyword, at: entry.key.location, "unknown keyword '\(word)': it asserts nothing",
            hint: near.map { "did you mean '\($0)'?" }
                ?? "start the name with 'x-' if it is an annotation of your own", once: word)
    }

    private mutating func reportTypo(_ word: Located<String>, of keyword: String) {
        diagnostics.append(
            Diagnostic(
                .error, .schemaKeyword, at: word.location, "unknown keyword '\(word.value)'",
                hint: "did you mean '\(keyword)'?", isAllowable: true))
        if diagnostics.hasError(.schemaKeyword, at: word.location) { node.isComplete = false }
    }

    /// Returns whether a word is a typo of a keyword that would assert something: the schema does not have the keyword, and the
    /// value has its form. A short word that resembles a keyword is as likely a word of its own.
    private func isMissing(_ name: String, meantBy entry: SourceNode.Entry) -> Bool {
        guard let keyword = KeywordTable.keyword(name, in: dialect), !keyword.isAnnotation,
            !Self.closing.contains(name),
            !entries.contains(where: { $0.key.value == name })
        else { return false }
        switch keyword.form {
        case .anything: return false
        case .types: return keyword.form.fault(in: entry.value) == nil
        default:
            let word = entry.key.value
            return (word.count >= 5 || word.lowercased() == name.lowercased())
                && keyword.form.fault(in: entry.value) == nil
        }
    }

    /// The keywords that only refuse what a schema does not name. A published schema with the typo of one accepts what its
    /// author's own documents are.
    private static let closing: Set<String> = [
        "additionalItems", "additionalProperties", "unevaluatedItems", "unevaluatedProperties",
    ]

    // MARK: Cycles

    /// Reports references that lead back to their own schema for the same value, and cuts them.
    private mutating func cutCycles() {
        enum Mark { case new, open, done }
        var marks = [Mark](repeating: .new, count: model.nodes.count)
        for start in model.ids where marks[start.index] == .new {
            var path: [(id: NodeID, children: [NodeID], next: Int)] = []
            func children(_ id: NodeID) -> [NodeID] { model[id].assertions.flatMap(\.kind.inPlaceChildren) }
            path.append((start, children(start), 0))
            marks[start.index] = .open
            while let last = path.last {
                guard last.next < last.children.count else {
                    marks[last.id.index] = .done
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let child = last.children[last.next]
                switch marks[child.index] {
                case .new:
                    marks[child.index] = .open
                    path.append((child, children(child), 0))
                case .open: reportCycle(from: last.id, to: child)
                case .done: break
                }
            }
        }
    }

    private mutating func reportCycle(from id: NodeID, to target: NodeID) {
        let index = model[id].assertions.firstIndex { $0.kind.inPlaceChildren.contains(target) }
        guard let index else { return }
        diagnostics.error(
            .schemaReference, at: model[id].assertions[index].location,
            "the schema refers to itself for the same value, without an end",
            hint: "refer to it from a property or an item")
        model[id].assertions.remove(at: index)
        model[id].isComplete = false
    }
}
