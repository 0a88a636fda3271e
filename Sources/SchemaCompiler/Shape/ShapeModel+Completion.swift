import JSONSchema

extension ShapeModel {
    /// The model without shapes that are the same as another.
    var completed: ShapeModel {
        var model = self
        for id in ids { model[id].kind = kind(of: id) }
        model.roots = roots.mapValues(resolve)
        model.shapesByNode = shapesByNode.mapValues(resolve)
        // A referenced schema is shared, even if the reference is redundant.
        for id in ids where self[id].isShared { model[resolve(id)].isShared = true }
        for id in ids where !self[id].isComplete { model[resolve(id)].isComplete = false }
        for id in ids {
            if case .nullable(let inner) = model[id].kind, !model[inner].isComplete { model[id].isComplete = false }
        }
        return model
    }

    private func kind(of id: ShapeID) -> Shape.Kind {
        let kind = self[resolve(id)].kind
        switch kind {
        case .any, .never, .null, .boolean, .integer, .number, .string, .enumeration, .object, .same: return kind
        case .map(let value): return .map(resolve(value))
        case .list(let element): return .list(resolve(element))
        case .nullable(let inner): return nullable(resolve(inner))
        case .record(var record):
            for index in record.members.indices { record.members[index].shape = resolve(record.members[index].shape) }
            if case .typed(let value) = record.additional { record.additional = .typed(resolve(value)) }
            return .record(record)
        case .tuple(var tuple):
            tuple.elements = tuple.elements.map(resolve)
            tuple.rest = tuple.rest.map(resolve)
            return .tuple(tuple)
        case .union(var union):
            for index in union.cases.indices { union.cases[index].shape = resolve(union.cases[index].shape) }
            return .union(union)
        }
    }

    private func nullable(_ inner: ShapeID) -> Shape.Kind {
        switch self[inner].kind {
        case .any: .any
        case .null, .never: .null
        case .nullable(let innermost): nullable(resolve(innermost))
        default: .nullable(inner)
        }
    }
}
