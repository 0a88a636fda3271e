import ContractModel
import JSONSchema
import JSONTape

/// One difference between two versions of a schema, and what each version becomes by it alone.
struct SchemaEdit {
    var change: Change
    /// The place of the values that the schemas are about.
    var place: ValuePlace
    /// Returns the conditions of the old version with the change. Only a version that breaks needs them: those of a wide
    /// object have all of its properties, for each edit.
    var oldChanged: Conditions
    /// Returns the conditions of the new version without the change.
    var newReverted: Conditions

    /// A function that returns conditions, and adds the nodes that they apply to the joined schemas.
    typealias Conditions = (inout JoinedSchemas) -> [Assertion.Kind]
}

/// A walk that finds the differences of two schemas, place by place.
struct SchemaWalk {
    typealias NodeID = SchemaModel.NodeID

    let schemas: JoinedSchemas
    private(set) var edits: [SchemaEdit] = []
    private var visited: Set<[Int]> = []

    init(_ schemas: JoinedSchemas) {
        self.schemas = schemas
    }

    /// - Parameters:
    ///   - old: The node of the old version, in the joined schemas; `new` likewise.
    ///   - place: The place of the values.
    mutating func compare(_ old: NodeID, _ new: NodeID, at place: ValuePlace) {
        guard schemas.classNumber(of: old) != schemas.classNumber(of: new) else { return }
        let (old, new) = (schemas.model.resolve(old), schemas.model.resolve(new))
        guard visited.insert([old.index, new.index]).inserted else { return }
        let site = Site(old: old, new: new, place: place)
        let (removed, added) = differences(site)
        var slots: [String] = []
        for assertion in added + removed where !slots.contains(assertion.kind.slot) {
            slots.append(assertion.kind.slot)
        }
        for slot in slots {
            compare(removed.filter { $0.kind.slot == slot }, added.filter { $0.kind.slot == slot }, slot, site)
        }
    }

    /// A place of a message in both versions.
    private struct Site {
        var old: NodeID
        var new: NodeID
        var place: ValuePlace

        var path: JSONPointer { place.pointer }
        var name: String { path.tokens.isEmpty ? "the message" : "'\(path)'" }
    }

    /// Returns the assertions that only one version states.
    private func differences(_ site: Site) -> (removed: [Assertion], added: [Assertion]) {
        let old = Set(schemas.conditions(of: site.old))
        let new = Set(schemas.conditions(of: site.new))
        func only(_ id: NodeID, _ others: Set<Int>) -> [Assertion] {
            var seen: Set<Int> = []
            return zip(schemas.model[id].assertions, schemas.conditions(of: id))
                .filter { !others.contains($0.1) && seen.insert($0.1).inserted }.map(\.0)
        }
        return (only(site.old, new), only(site.new, old))
    }

    private mutating func compare(_ removed: [Assertion], _ added: [Assertion], _ slot: String, _ site: Site) {
        switch (removed.first?.kind, added.first?.kind) {
        case (.members(let old)?, .members(let new)?) where removed.count == 1 && added.count == 1:
            compare(old, new, removed[0], added[0], site)
        case (.members(let old)?, nil) where removed.count == 1:
            compare(old, Assertion.Members(), removed[0], removed[0], site)
        case (nil, .members(let new)?) where added.count == 1:
            compare(Assertion.Members(), new, added[0], added[0], site)
        case (.items(let old)?, .items(let new)?)
        where removed.count == 1 && added.count == 1 && old.prefix.count == new.prefix.count
            && (old.rest == nil) == (new.rest == nil):
            for (index, pair) in zip(old.prefix, new.prefix).enumerated() {
                compare(pair.0, pair.1, at: site.place.appending(.element(index)))
            }
            if let old = old.rest, let new = new.rest {
                compare(old, new, at: site.place.appending(.any))
            }
        case (.required?, _), (_, .required?): compareRequired(removed, added, site)
        case (.any(let old)?, .any(let new)?) where removed.count == 1 && added.count == 1:
            compareBranches(old, new, removed[0], added[0], site)
        case (.one(let old)?, .one(let new)?) where removed.count == 1 && added.count == 1:
            compareBranches(old, new, removed[0], added[0], site)
        case (.refer(let old)?, .refer(let new)?) where removed.count == 1 && added.count == 1:
            compare(old, new, at: site.place)
        default: addEdit(removed, added, site)
        }
    }

    /// Adds a difference of assertions as a whole.
    private mutating func addEdit(_ removed: [Assertion], _ added: [Assertion], _ site: Site) {
        guard let assertion = added.first ?? removed.first else { return }
        let (rule, message) = Self.describe(removed.map(\.kind), added.map(\.kind), site.name)
        add(rule, at: assertion.location, message, site, removed: removed.map(\.kind), added: added.map(\.kind))
    }

    private mutating func add(
        _ rule: ChangeRule, at location: SourceLocation, _ message: String, _ site: Site,
        removed: [Assertion.Kind], added: [Assertion.Kind]
    ) {
        var change = Change(rule, at: location, message, affected: rule.breaksSource ? [.source] : [])
        change.place = site.path.description
        edits.append(
            SchemaEdit(
                change: change, place: site.place,
                oldChanged: { schemas in schemas.conditions(of: site.old, replacing: removed, by: added) },
                newReverted: { schemas in schemas.conditions(of: site.new, replacing: added, by: removed) }))
    }

    // MARK: Members

    private mutating func compare(
        _ old: Assertion.Members, _ new: Assertion.Members, _ oldAssertion: Assertion, _ newAssertion: Assertion,
        _ site: Site
    ) {
        let oldNames = Dictionary(old.properties.map { (JSONName($0.name.value), $0) }) { first, _ in first }
        let newNames = Dictionary(new.properties.map { (JSONName($0.name.value), $0) }) { first, _ in first }
        let oldKind = oldAssertion.kind.isMembers ? [oldAssertion.kind] : []
        let newKind = newAssertion.kind.isMembers ? [newAssertion.kind] : []
        let requiredNames = requiredNames(site)
        for property in new.properties {
            let name = property.name.value
            if let before = oldNames[JSONName(name)] {
                compare(
                    before.node, property.node, at: site.place.appending(.member(name)))
                continue
            }
            let isRequired =
                requiredNames.new.contains(JSONName(name)) && !requiredNames.old.contains(JSONName(name))
            let suffix = isRequired ? ", which is required" : ""
            let required: [Assertion.Kind] = isRequired ? [.required([name])] : []
            addMembers(
                .propertyAdded, name, at: property.name.location,
                "the property '\(site.path.appending(name))' was added\(suffix)", site,
                (oldKind, { [.members(old.adding(property))] + required }),
                (newKind, { [.members(new.removing(name))] }), dropping: isRequired ? name : nil)
        }
        for property in old.properties where newNames[JSONName(property.name.value)] == nil {
            let name = property.name.value
            addMembers(
                .propertyRemoved, name, at: property.name.location,
                "the property '\(site.path.appending(name))' was removed", site,
                (oldKind, { [.members(old.removing(name))] }), (newKind, { [.members(new.adding(property))] }),
                dropping: nil)
        }
        comparePatterns(old, new, newAssertion, site, oldKind, newKind)
    }

    private mutating func comparePatterns(
        _ old: Assertion.Members, _ new: Assertion.Members, _ assertion: Assertion, _ site: Site,
        _ oldKind: [Assertion.Kind], _ newKind: [Assertion.Kind]
    ) {
        if let before = old.additional, let after = new.additional {
            compare(before, after, at: site.place.appending(.any))
        } else if old.additional != nil || new.additional != nil {
            let (with, without) = (old.replacing(additional: new), new.replacing(additional: old))
            let verb = old.additional == nil ? "added" : "removed"
            let location = (new.additional ?? old.additional).map { schemas.model[$0].location }
            addMembers(
                .schemaChanged, at: location ?? assertion.location,
                "'additionalProperties' of \(site.name) was \(verb)", site, (oldKind, { [.members(with)] }),
                (newKind, { [.members(without)] }), dropping: nil)
        }
        func keys(_ members: Assertion.Members) -> Set<String> {
            Set(members.patterns.map { "\(schemas.classNumber(of: $0.node)) \($0.pattern.value)" })
        }
        guard keys(old) != keys(new) else { return }
        let (with, without) = (old.replacing(patterns: new), new.replacing(patterns: old))
        addMembers(
            .schemaChanged, at: (new.patterns.first ?? old.patterns.first)?.pattern.location ?? assertion.location,
            "'patternProperties' of \(site.name) changed", site, (oldKind, { [.members(with)] }),
            (newKind, { [.members(without)] }), dropping: nil)
    }

    /// - Parameters:
    ///   - property: The property that the change is about; `nil` for the object as a whole.
    ///   - dropping: A name that the new version requires, and does not where the change is undone.
    private mutating func addMembers(
        _ rule: ChangeRule, _ property: String? = nil, at location: SourceLocation, _ message: String, _ site: Site,
        _ old: (removed: [Assertion.Kind], added: () -> [Assertion.Kind]),
        _ new: (removed: [Assertion.Kind], added: () -> [Assertion.Kind]), dropping name: String?
    ) {
        var affected: Set<Change.Affected> = rule.breaksSource ? [.source] : []
        if name != nil { affected.insert(.source) }
        var change = Change(rule, at: location, message, affected: affected)
        change.place = (property.map { site.path.appending($0) } ?? site.path).description
        edits.append(
            SchemaEdit(
                change: change, place: site.place,
                oldChanged: { schemas in
                    schemas.conditions(of: site.old, replacing: old.removed, by: old.added())
                },
                newReverted: { schemas in
                    let reverted = schemas.conditions(of: site.new, replacing: new.removed, by: new.added())
                    guard let name else { return reverted }
                    return reverted.map { $0.withoutRequiring(name) }
                }))
    }

    /// Returns the names that each version requires.
    private func requiredNames(_ site: Site) -> (old: Set<JSONName>, new: Set<JSONName>) {
        func names(_ id: NodeID) -> Set<JSONName> {
            var found: Set<JSONName> = []
            for case .required(let names) in schemas.model[id].assertions.map(\.kind) {
                for name in names { found.insert(JSONName(name)) }
            }
            return found
        }
        return (names(site.old), names(site.new))
    }

    /// Returns the names of the properties that each version has.
    private func propertyNames(_ site: Site) -> (old: Set<JSONName>, new: Set<JSONName>) {
        func names(_ id: NodeID) -> Set<JSONName> {
            var found: Set<JSONName> = []
            for case .members(let members) in schemas.model[id].assertions.map(\.kind) {
                for property in members.properties { found.insert(JSONName(property.name.value)) }
            }
            return found
        }
        return (names(site.old), names(site.new))
    }

    private mutating func compareRequired(_ removed: [Assertion], _ added: [Assertion], _ site: Site) {
        func names(_ assertions: [Assertion]) -> [String] {
            assertions.flatMap { if case .required(let names) = $0.kind { names } else { [] as [String] } }
        }
        let (before, after) = (names(removed), names(added))
        let (required, properties) = (requiredNames(site), propertyNames(site))
        for name in after where !required.old.contains(JSONName(name)) {
            // A new property says that it is required itself.
            guard properties.old.contains(JSONName(name)) || !properties.new.contains(JSONName(name)) else { continue }
            guard let location = added.first(where: { names([$0]).contains(name) })?.location else { continue }
            var change = Change(
                .propertyRequired, at: location, "the property '\(site.path.appending(name))' is now required",
                affected: [.source])
            change.place = site.path.appending(name).description
            edits.append(
                SchemaEdit(
                    change: change,
                    place: site.place,
                    oldChanged: { schemas in
                        schemas.model[site.old].assertions.map(\.kind) + [.required([name])]
                    },
                    newReverted: { schemas in
                        schemas.model[site.new].assertions.map { $0.kind.withoutRequiring(name) }
                    }))
        }
        for name in before where !required.new.contains(JSONName(name)) {
            guard properties.new.contains(JSONName(name)) || !properties.old.contains(JSONName(name)) else { continue }
            let location = added.first?.location ?? schemas.model[site.new].location
            var change = Change(
                .propertyOptional, at: location,
                "the property '\(site.path.appending(name))' is no longer required", affected: [.source])
            change.place = site.path.appending(name).description
            edits.append(
                SchemaEdit(
                    change: change,
                    place: site.place,
                    oldChanged: { schemas in
                        schemas.model[site.old].assertions.map { $0.kind.withoutRequiring(name) }
                    },
                    newReverted: { schemas in
                        schemas.model[site.new].assertions.map(\.kind) + [.required([name])]
                    }))
        }
    }

    // MARK: Branches

    /// Compares the branches that differ one by one where there is one of each version, else as a whole.
    private mutating func compareBranches(
        _ old: [NodeID], _ new: [NodeID], _ oldAssertion: Assertion, _ newAssertion: Assertion, _ site: Site
    ) {
        let oldClasses = Set(old.map { schemas.classNumber(of: $0) })
        let newClasses = Set(new.map { schemas.classNumber(of: $0) })
        let removed = old.filter { !newClasses.contains(schemas.classNumber(of: $0)) }
        let added = new.filter { !oldClasses.contains(schemas.classNumber(of: $0)) }
        if removed.count == 1, added.count == 1, old.count == new.count {
            compare(removed[0], added[0], at: site.place)
        } else {
            addEdit([oldAssertion], [newAssertion], site)
        }
    }
}

extension JoinedSchemas {
    /// Returns the conditions of a node with others in the place of some of them.
    fileprivate func conditions(
        of id: NodeID, replacing removed: [Assertion.Kind], by added: [Assertion.Kind]
    ) -> [Assertion.Kind] {
        func key(_ kind: Assertion.Kind) -> String { ConditionKey.text(kind) { classNumber(of: $0) } }
        let keys = Set(removed.map(key))
        return model[id].assertions.map(\.kind).filter { !keys.contains(key($0)) } + added
    }
}

extension Assertion.Members {
    fileprivate func adding(_ property: Assertion.Property) -> Self {
        var members = self
        members.properties.append(property)
        return members
    }

    fileprivate func removing(_ name: String) -> Self {
        var members = self
        members.properties.removeAll { $0.name.value == name }
        return members
    }

    fileprivate func replacing(additional other: Self) -> Self {
        var members = self
        members.additional = other.additional
        return members
    }

    fileprivate func replacing(patterns other: Self) -> Self {
        var members = self
        members.patterns = other.patterns
        return members
    }
}
