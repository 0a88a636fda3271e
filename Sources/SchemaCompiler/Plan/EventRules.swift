package import JSONTape

/// The rules of the events of a message, in addition to its schema.
package struct EventRules: Sendable {
    package struct Rule: Sendable {
        package struct Fixed: Sendable {
            package var pointer: JSONPointer
            package var value: JSONValue
        }

        package var event: String
        package var fixed: [Fixed]
        package var required: [JSONPointer]
        package var forbidden: [JSONPointer]
        /// The place in the manifest: `topics.yaml#/messages/JobMessage/events/job.completed`.
        package var location: String
    }

    /// The property whose value is the event; `nil` where the message has one event, whose rules count always.
    package var discriminator: JSONPointer?
    /// The events that require something.
    package var rules: [Rule]
}
