import JSONTape

/// The manifest's `compatibility` of a message: the versions that a change must not break.
package struct CompatibilityDeclaration: Hashable, Sendable {
    /// As in a schema registry.
    package enum Level: String, CaseIterable, Sendable {
        /// New code reads the messages of the version before.
        case backward = "BACKWARD"
        /// New code reads the messages of all versions before.
        case backwardTransitive = "BACKWARD_TRANSITIVE"
        /// Code of the version before reads new messages.
        case forward = "FORWARD"
        /// Code of all versions before reads new messages.
        case forwardTransitive = "FORWARD_TRANSITIVE"
        case full = "FULL"
        case fullTransitive = "FULL_TRANSITIVE"
        case none = "NONE"

        /// Whether new code must read old messages.
        package var isBackward: Bool {
            switch self {
            case .backward, .backwardTransitive, .full, .fullTransitive: true
            case .forward, .forwardTransitive, .none: false
            }
        }

        /// Whether old code must read new messages.
        package var isForward: Bool {
            switch self {
            case .forward, .forwardTransitive, .full, .fullTransitive: true
            case .backward, .backwardTransitive, .none: false
            }
        }

        /// Whether versions before the last one count.
        package var isTransitive: Bool {
            switch self {
            case .backwardTransitive, .forwardTransitive, .fullTransitive: true
            case .backward, .forward, .full, .none: false
            }
        }
    }

    /// The messages that a reader must be able to read.
    package enum Messages: String, CaseIterable, Sendable {
        /// Messages that generated code can write: with no other members than those that the schema names.
        case written
        /// All that the schema accepts.
        case any
    }

    package var level: Level = .backwardTransitive
    package var messages: Messages = .written

    package init() {}
}

extension CompatibilityDeclaration {
    /// Reads `compatibility`: a level, or a mapping of `level` and `messages`.
    static func read(_ mapping: ManifestMapping, diagnostics: inout Diagnostics) -> Self {
        var declaration = CompatibilityDeclaration()
        guard let node = mapping["compatibility"] else { return declaration }
        let levels = Level.allCases.map(\.rawValue)
        guard case .mapping = node.content else {
            let level = mapping.choice("compatibility", levels, diagnostics: &diagnostics)
            declaration.level = level.flatMap { Level(rawValue: $0.value) } ?? declaration.level
            return declaration
        }
        guard
            let parts = ManifestMapping(
                node, "'compatibility'", keys: ["level", "messages"], diagnostics: &diagnostics)
        else { return declaration }
        let level = parts.choice("level", levels, diagnostics: &diagnostics)
        declaration.level = level.flatMap { Level(rawValue: $0.value) } ?? declaration.level
        let messages = parts.choice("messages", Messages.allCases.map(\.rawValue), diagnostics: &diagnostics)
        declaration.messages = messages.flatMap { Messages(rawValue: $0.value) } ?? declaration.messages
        return declaration
    }
}
