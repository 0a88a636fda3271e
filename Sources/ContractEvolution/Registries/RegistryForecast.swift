package import ContractModel
package import JSONTape

/// The answer of a schema registry to a new version of a schema, by the registry's own rules.
///
/// Registries compare schemas keyword by keyword, and are wrong now and then. These rules are the registries', mistakes included:
/// what the messages of both schemas are is a question for ``ContainmentProver``.
package enum RegistryForecast: Equatable, Sendable {
    case compatible
    /// The differences that the registry refuses.
    case incompatible([Reason])
    /// The reason why the registry can't compare the schemas.
    case failure(String)

    /// A difference in the registry's own words.
    package struct Reason: Hashable, Sendable {
        /// The registry's name of the difference.
        package var rule: String
        /// The place in the schema, as the registry writes it.
        package var place: String

        package init(_ rule: String, _ place: String) {
            self.rule = rule
            self.place = place
        }
    }

    /// Forecasts the answer to a new schema.
    ///
    /// - Parameters:
    ///   - old: The versions before, the oldest first.
    ///   - level: The level of the subject. Of others than the transitive ones, only the last version counts.
    package init(
        of profile: RegistryDeclaration.Profile, _ level: CompatibilityDeclaration.Level, old: [JSONValue],
        new: JSONValue
    ) {
        self = .compatible
        for version in level.isTransitive ? old : old.suffix(1) {
            if level.isBackward { add(Self.answer(of: profile, reader: new, writer: version)) }
            if level.isForward { add(Self.answer(of: profile, reader: version, writer: new)) }
        }
    }

    /// Returns the answer to the question whether one schema reads what is written by another.
    private static func answer(
        of profile: RegistryDeclaration.Profile, reader: JSONValue, writer: JSONValue
    ) -> RegistryForecast {
        do throws(RegistryFailure) {
            let reasons =
                switch profile {
                case .confluentStrict: try ConfluentComparison.reasons(reader, writer, isLenient: false)
                case .confluentLenient: try ConfluentComparison.reasons(reader, writer, isLenient: true)
                case .karapace: try KarapaceComparison.reasons(reader, writer)
                case .apicurio: try ApicurioComparison.reasons(reader, writer)
                }
            return reasons.isEmpty ? .compatible : .incompatible(reasons)
        } catch {
            return .failure(error.text)
        }
    }

    private mutating func add(_ other: RegistryForecast) {
        switch (self, other) {
        case (.failure, _), (_, .compatible): break
        case (.compatible, _), (_, .failure): self = other
        case (.incompatible(let reasons), .incompatible(let more)):
            self = .incompatible(reasons + more.filter { !reasons.contains($0) })
        }
    }
}

/// A comparison that ends a registry's request with an error.
struct RegistryFailure: Error {
    var text: String
}

extension RegistryForecast.Reason {
    /// Returns the same reason, where its place is one within another.
    func below(_ parent: String) -> Self {
        place.isEmpty ? Self(rule, parent) : Self(rule, parent + place)
    }
}
