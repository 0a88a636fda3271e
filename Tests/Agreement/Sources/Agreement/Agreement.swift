import EventContracts
import Foundation

/// Says of each line of standard input whether generated code takes it for a valid message; and of a valid one, whether
/// it is the same after being written and read again, directly and through `Codable`.
@main
enum Agreement {
    private static let metrics = AtRandom.Metrics()

    static func main() throws {
        while let line = readLine() {
            print(try verdict(on: Array(line.utf8)))
        }
    }

    private static func verdict(on bytes: [UInt8]) throws -> String {
        guard AtRandom.validate(bytes).isValid else { return "invalid" }
        do {
            guard let message = try AtRandom.read(bytes) else { return "valid, but not read" }
            metrics.observation(of: message)?()
            return try fault(in: message) ?? "valid"
        } catch MessageError.unrepresentable {
            // A whole number that needs more than 64 bits is valid all the same.
            return "valid"
        }
    }

    private static func fault<M: Message>(in message: M) throws -> String? {
        let direct = try message.encoded()
        let foundation = try JSONEncoder().encode(message)
        if try M(validating: direct) != message { return "changed by direct coding" }
        if try JSONDecoder().decode(M.self, from: foundation) != message { return "changed by Codable" }
        if try JSONDecoder().decode(M.self, from: Data(direct)) != message { return "changed on the way to Codable" }
        if try M(validating: foundation) != message { return "changed on the way from Codable" }
        return nil
    }
}
