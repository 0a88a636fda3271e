import ArgumentParser
import ContractModel
import Foundation
import StringFormats

struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make keys for encrypted values.", subcommands: [New.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a new key of random bytes.",
            discussion: """
                The output is ID:KEY, an entry of the variable MESSAGE_ENCRYPTION_KEYS_NAME, or a line of the file that \
                MESSAGE_ENCRYPTION_KEYS_NAME_FILE names. NAME is the key in the contract's 'encryption', in capitals. To \
                rotate, put the new entry first, and keep the old ones for as long as something may have to be decrypted.

                EXAMPLES
                  event-contracts keys new --id 2026-11
                  event-contracts keys new --scheme fernet --id 2026-11 >> customer-data.keys

                \(ExitStatus.help)
                """)

        @Option(help: "The scheme that uses the key: aes-256-gcm or fernet. Both have keys of the same form.")
        var scheme = EncryptionDeclaration.Scheme.aes256GCM

        @Option(
            help: """
                The key's ID: \(EncryptionKeyFormat.idForm). Each token of aes-256-gcm carries it. Default: today's date.
                """)
        var id: String?

        func validate() throws {
            guard let id, !EncryptionKeyFormat.isID(id) else { return }
            throw ValidationError("expected \(EncryptionKeyFormat.idForm) for --id, found '\(id)'")
        }

        func run() {
            let id = id ?? Date.now.formatted(.iso8601.year().month().day())
            StandardStream.output.write("\(id):\(KeyText.random())\n")
        }
    }
}

extension EncryptionDeclaration.Scheme: ExpressibleByArgument {}

/// The text of a key: 32 bytes in base64url, with padding, as Python's `Fernet.generate_key()` returns it.
enum KeyText {
    /// Returns a key from the system's cryptographic random number generator.
    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<EncryptionKeyFormat.size).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }
}
