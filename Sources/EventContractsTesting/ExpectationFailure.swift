import EventContracts

/// An expectation of a test that was not met. XCTest and Swift Testing both report it with its text where a test throws it.
public struct ExpectationFailure: Error, Hashable, Sendable {
    /// The expectation.
    public var message: String
    /// The actual records or log lines, one for each line.
    public var found: [String]

    init(_ message: String, found: [String]) {
        self.message = message
        self.found = found
    }

    /// Returns the failure of a test that has no keys for encrypted values.
    static func noCipher(for message: any Message.Type) -> ExpectationFailure {
        ExpectationFailure("\(message.messageName) has encrypted values; pass a cipher as 'decryptedBy'", found: [])
    }
}

extension ExpectationFailure: CustomStringConvertible {
    /// The maximum number of lines in the text.
    private static let longestList = 20

    public var description: String {
        guard !found.isEmpty else { return "\(message); found nothing" }
        let rest = found.count - Self.longestList
        let lines = found.prefix(Self.longestList) + (rest > 0 ? ["… and \(rest) more"] : [])
        return "\(message); found:" + lines.map { "\n  \($0)" }.joined()
    }
}

/// Runs a wait, which must end soon when its task is cancelled. Returns `false` where the timeout came first.
func finishes(within timeout: Duration, _ wait: @escaping @Sendable () async -> Bool) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
        group.addTask { await wait() }
        group.addTask {
            try? await Task.sleep(for: timeout.bounded)
            return false
        }
        let isFinished = await group.next() ?? false
        group.cancelAll()
        return isFinished
    }
}
