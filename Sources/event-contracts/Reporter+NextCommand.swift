import ContractModel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Reporter {
    /// Writes the command that comes after one that started a contract, for a shell.
    func suggestLint(of folder: String) {
        guard format == .text else { return }
        // Not an option.
        let path = folder.hasPrefix("-") ? "./" + folder : folder
        // The plugin states how it is called.
        let command = ProcessInfo.processInfo.environment["EVENT_CONTRACTS_COMMAND"] ?? "event-contracts"
        StandardStream.output.write("next: \(command) lint \(ShellWord.quoted(path))\n")
    }
}

/// A word of a shell's command line.
private enum ShellWord {
    static func quoted(_ text: String) -> String {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "/._-+,:@%".unicodeScalars.contains($0)
        }
        return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
    }
}
