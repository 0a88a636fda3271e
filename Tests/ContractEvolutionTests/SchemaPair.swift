import ContractEvolution
import ContractModel
import JSONSchema
import JSONTape

/// Two schemas, compared in both directions.
struct SchemaPair {
    let models: (old: SchemaModel, new: SchemaModel)
    let roots: (old: SchemaModel.NodeID, new: SchemaModel.NodeID)
    private var prover: ContainmentProver

    /// `nil` where one is not a schema.
    init?(_ old: SourceNode, _ new: SourceNode, assertsFormats: Bool = true, budget: Int = 20_000) {
        guard let (oldModel, oldRoot) = Self.model(old, assertsFormats),
            let (newModel, newRoot) = Self.model(new, assertsFormats)
        else { return nil }
        models = (oldModel, newModel)
        roots = (oldRoot, newRoot)
        prover = ContainmentProver(old: oldModel, new: newModel, budget: budget)
    }

    init?(_ old: String, _ new: String, assertsFormats: Bool = true) {
        guard let old = Self.node(old), let new = Self.node(new) else { return nil }
        self.init(old, new, assertsFormats: assertsFormats)
    }

    mutating func decide(from side: ContainmentProver.Side) -> Containment {
        prover.decide(from: side, old: roots.old, new: roots.new)
    }

    static func node(_ text: String) -> SourceNode? {
        var diagnostics = Diagnostics()
        return JSONReader.read(Array(text.utf8), file: "schema.json", diagnostics: &diagnostics)
    }

    private static func model(_ root: SourceNode, _ assertsFormats: Bool) -> (SchemaModel, SchemaModel.NodeID)? {
        var diagnostics = Diagnostics()
        let set = SchemaSet([SchemaDocument(file: "schema.json", root: root)], diagnostics: &diagnostics)
        let model = SchemaModel(set, options: .init(assertsFormats: assertsFormats), diagnostics: &diagnostics)
        guard !diagnostics.hasErrors, let root = model.roots["schema.json"] else { return nil }
        return (model, root)
    }
}

extension Containment {
    /// The answer as a word: `yes`, `no` or `undecided`.
    var word: String {
        switch self {
        case .compatible: "yes"
        case .incompatible: "no"
        case .undecided(let reason): "undecided: \(reason)"
        }
    }
}

extension JSONValue {
    var text: String {
        var writer = JSONWriter()
        writer.write(self)
        return (try? writer.finish()).map { String(decoding: $0, as: UTF8.self) } ?? "too deep"
    }
}
