/// The form of encryption keys, and the names of the variables that have them: the runtime and the tool share them.
package enum EncryptionKeyFormat {
    /// The size of a key of any scheme, in bytes.
    package static let size = 32

    /// The form of an ID in words.
    package static let idForm = "1 to 64 letters, digits, '.', '_' or '-'"

    /// Returns whether a string can be the ID of a key. Tokens have a byte for its size.
    package static func isID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// The beginning of the names of all variables with keys.
    package static let variablePrefix = "MESSAGE_ENCRYPTION_KEYS_"

    /// Returns the name of the variable with the keys of a name: `MESSAGE_ENCRYPTION_KEYS_CUSTOMER_DATA` for
    /// `customer-data`.
    package static func variable(ofName name: String) -> String {
        variablePrefix
            + String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    /// Returns the name of the variable with the path of a file that has the keys of a name.
    package static func fileVariable(ofName name: String) -> String { variable(ofName: name) + "_FILE" }
}
