/// The names of the environment variables that name topics: the runtime and the tool share them.
package enum TopicVariable {
    /// Returns the name of the variable with the whole name of a topic: `KAFKA_DEAD_LETTERS_TOPIC` for `dead-letters` and
    /// `deadLetters`.
    package static func name(ofTopic key: String) -> String {
        var name = ""
        var wasLower = false
        for character in key {
            if wasLower, character.isUppercase { name += "_" }
            wasLower = character.isLowercase
            name += character.isLetter || character.isNumber ? character.uppercased() : "_"
        }
        return "KAFKA_\(name)_TOPIC"
    }
}
