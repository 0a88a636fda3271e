import ContractModel
import JSONTape

/// The forecast of a registry's answer to each changed schema, beside what the changes mean for messages.
struct RegistryAnswers {
    let profile: RegistryDeclaration.Profile

    /// Returns an answer for each message whose schema a registry would compare with those before.
    ///
    /// - Parameter found: The changes of the contract, by which messages break or not.
    func changes(_ old: [ContractVersion], _ new: ContractVersion, _ found: [Change]) -> [Change] {
        let (before, after) = (old.map { $0.registeredSchemas() }, new.registeredSchemas())
        return new.contract.messages.flatMap { message -> [Change] in
            let name = message.name.value
            let level = message.compatibility.level
            let versions = before.compactMap { $0[name] }
            guard level != .none, let schema = after[name], let latest = versions.last,
                versions.contains(where: { $0 != schema }), level.isTransitive || latest != schema
            else { return [] }
            let forecast = RegistryForecast(of: profile, level, old: versions, new: schema)
            let own = found.filter { $0.isAbout(name) }
            let change = answer(forecast, message, Truth(own))
            return [change].at(name)
        }
    }

    /// The meaning of a change, which the registry may not see.
    private enum Truth {
        case compatible, incompatible, undecided

        init(_ changes: [Change]) {
            if changes.contains(where: { $0.severity == .error && !$0.counterexamples.isEmpty }) {
                self = .incompatible
            } else if changes.contains(where: { $0.rule == .messageUndecided }) {
                self = .undecided
            } else {
                self = .compatible
            }
        }

        var isUndecided: Bool { self == .undecided }
    }

    private func answer(
        _ forecast: RegistryForecast, _ message: MessageDeclaration, _ truth: Truth
    ) -> Change {
        let registry = profile.rawValue
        let schema = "the schema of '\(message.name.value)' at \(message.compatibility.level.rawValue)"
        let (verb, accepts, notes): (String, Bool?, [String])
        switch forecast {
        case .compatible: (verb, accepts, notes) = ("would accept", true, [])
        case .incompatible(let reasons):
            let lines = reasons.map { "\(registry): \($0.rule) at '\($0.place.isEmpty ? "/" : $0.place)'" }
            (verb, accepts, notes) = ("would refuse", false, lines)
        case .failure(let reason): (verb, accepts, notes) = ("can't compare", nil, ["\(registry): \(reason)"])
        }
        let meaning =
            switch truth {
            case .compatible: accepts == true ? "messages are compatible" : "though messages are compatible"
            case .incompatible: accepts == true ? "though messages break" : "messages break"
            case .undecided: "it is not decided whether messages break"
            }
        var change = Change(
            .registryAnswer, at: message.schema.location, "\(registry) \(verb) \(schema); \(meaning)", notes: notes)
        let isRight = accepts == true ? truth == .compatible : accepts == false && truth == .incompatible
        change.severity = isRight || (truth.isUndecided && accepts != nil) ? .note : .warning
        if accepts != true, truth == .compatible {
            change.notes.append("register it by 'event-contracts-deploy registry apply --override-registry'")
        }
        return change
    }
}

extension Change {
    /// Returns whether the change is one of a message's schema or events.
    fileprivate func isAbout(_ message: String) -> Bool {
        place == message || place.hasPrefix(message + "/") || place.hasPrefix(message + ":")
    }
}
