import ContractModel
import JSONSchema
import JSONTape

// The names of types: those that schemas or the manifest set, titles, and those of the places of schemas.

extension TypeBuilder {
    /// A shape that becomes a declared type, and the name of its place.
    typealias Place = (shape: Shape.ID, name: String)

    // MARK: Titles

    /// Chooses the types of a scope that have the names of their titles. A title that is also the title of another type of
    /// the scope, or the name of its place, names none of them: no schema's name depends on the order of the schemas.
    mutating func chooseTitles(in scope: [String], of places: [Place]) {
        let titled = places.compactMap { place -> (place: Place, title: String)? in
            guard place.shape != discriminatorShape, names[shapes[place.shape].node] == nil,
                let title = model[shapes[place.shape].node].annotations.title.flatMap(SwiftName.type(titled:)),
                !isHiding(title, in: scope)
            else { return nil }
            return (place, title)
        }
        guard !titled.isEmpty else { return }
        // A shape that has the title can have the same name by its place.
        var holders: [String: Set<Shape.ID>] = [:]
        for place in places { holders[SwiftName.type(place.name), default: []].insert(place.shape) }
        for (place, title) in titled { holders[title, default: []].insert(place.shape) }
        for (place, title) in titled where holders[title]?.count == 1 { titles[place.shape] = title }
    }

    /// Returns the declared types of the shared schemas of files, with the names of their places.
    func sharedPlaces(ofFiles isIncluded: (String) -> Bool) -> [Place] {
        let roots = Set(shapes.roots.values)
        return shapes.ids.compactMap { id in
            let file = model[shapes[id].node].file
            // The root of a message's file is the message.
            guard shapes[id].isShared, isIncluded(file), owners[file] == nil || !roots.contains(id) else { return nil }
            return place(of: id, name: sharedName(id))
        }
    }

    /// Returns the declared types that are nested in the type of a shape.
    func places(in id: Shape.ID) -> [Place] {
        func place(_ part: Shape.ID, _ name: String) -> Place? {
            shapes[part].isShared ? nil : self.place(of: part, name: names[shapes[part].node] ?? name)
        }
        switch shapes[id].kind {
        case .record(let record):
            var places = record.members.compactMap { member in
                place(member.shape, member.node.flatMap { names[$0] } ?? member.name.value)
            }
            if case .typed(let value) = record.additional, let value = place(value, "AdditionalMember") {
                places.append(value)
            }
            return places
        case .union(let union): return union.cases.compactMap { place($0.shape, caseName($0, of: union)) }
        case .tuple(let tuple):
            return tuple.elements.enumerated().compactMap { place($1, Self.elementName($0)) }
                + (tuple.rest.flatMap { place($0, "RestItem") }.map { [$0] } ?? [])
        default: return []
        }
    }

    /// Returns the declared type of a shape, or of the elements of a list or map.
    private func place(of id: Shape.ID, name: String) -> Place? {
        var place: Place = (id, name)
        var visited: Set<Shape.ID> = []
        while visited.insert(place.shape).inserted {
            let inner: Place
            switch shapes[place.shape].kind {
            case .record, .union, .tuple, .enumeration: return place
            case .nullable(let value): inner = (value, place.name)
            case .list(let element): inner = (element, names[shapes[element].node] ?? place.name + "Item")
            case .map(let value): inner = (value, names[shapes[value].node] ?? place.name + "Value")
            case .any, .never, .null, .boolean, .integer, .number, .string, .object, .same: return nil
            }
            guard !shapes[inner.shape].isShared else { return nil }
            place = inner
        }
        return nil
    }

    // MARK: Places

    /// Returns the name of a shared schema: its definition's, or its file's.
    func sharedName(_ id: Shape.ID) -> String {
        let node = model[shapes[id].node]
        if let name = names[shapes[id].node] { return name }
        let structural: Set<String> = [
            "properties", "items", "$defs", "definitions", "allOf", "anyOf", "oneOf", "additionalProperties",
        ]
        let token = node.pointer.tokens.last { !structural.contains($0) && Int($0) == nil }
        if let token { return token }
        let file = node.file.split(separator: "/").last.map(String.init) ?? node.file
        return file.split(separator: ".").first.map(String.init) ?? file
    }

    /// Returns a type's name that no other in its scope has.
    mutating func uniqueTypeName(of id: Shape.ID, _ name: String, in scope: [String]) -> String {
        if names[shapes[id].node] == nil, let title = titles[id], taken[scope]?.contains(title) != true {
            taken[scope, default: []].insert(title)
            return title
        }
        let name = names[shapes[id].node].map(SwiftName.type(set:)) ?? SwiftName.type(name)
        let unique = SwiftName.unique(
            [isHiding(name, in: scope) ? name + "Value" : name], besides: (taken[scope] ?? []).union(scope))
        taken[scope, default: []].insert(unique)
        return unique
    }

    /// Returns whether a type would hide the one in which it is nested or, of the contract, names of the contract's own code.
    private func isHiding(_ name: String, in scope: [String]) -> Bool {
        reserved.contains(name) || scope.contains(name)
            || scope == [contractName] && ManifestNames.takenNames.contains(name)
    }
}
