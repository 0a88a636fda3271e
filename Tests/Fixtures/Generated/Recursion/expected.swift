
nonisolated extension Recursion {
    public nonisolated struct RecursionMessage: Sendable, Hashable, JSONCodable {
        /// JSON: `root`, optional.
        public var root: Folder?

        public init(root: Folder? = nil) {
            self.root = root
        }

        /// The message's only event.
        public nonisolated enum MessageType: String, Sendable, Hashable, Codable, CaseIterable {
            case recursionMessage = "RecursionMessage"
        }

        public nonisolated struct Folder: Sendable, Hashable, JSONCodable {
            /// JSON: `name`, required.
            public var name: String
            /// JSON: `left`, optional.
            public var left: RecursionMessage.Folder? {
                get { boxedLeft.value }
                set { boxedLeft.value = newValue }
            }
            var boxedLeft: Boxed<RecursionMessage.Folder?> = Boxed(nil)
            /// JSON: `parent`, optional.
            public var parent: Nullable<RecursionMessage.Folder> {
                get { boxedParent.value }
                set { boxedParent.value = newValue }
            }
            var boxedParent: Boxed<Nullable<RecursionMessage.Folder>> = Boxed(.absent)
            /// JSON: `all`, optional.
            public var all: [RecursionMessage.Folder]?

            public init(
                name: String,
                left: RecursionMessage.Folder? = nil,
                parent: Nullable<RecursionMessage.Folder> = .absent,
                all: [RecursionMessage.Folder]? = nil
            ) {
                self.name = name
                self.boxedLeft = Boxed(left)
                self.boxedParent = Boxed(parent)
                self.all = all
            }
        }
    }
}

/// `Recursion.RecursionMessage` by its short name.
public typealias RecursionMessage = Recursion.RecursionMessage
