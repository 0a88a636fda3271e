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
        guard case .valid(let name) = AtRandom.validate(bytes) else { return "invalid" }
        guard let type = AtRandom.messages.first(where: { $0.messageName == name }) else { return "of no message" }
        do {
            if case .unknownEvent = try AtRandom.read(bytes) { return "valid, but not read" }
            return try fault(of: type, in: bytes) ?? "valid"
        } catch MessageError.unrepresentable {
            // A whole number that needs more than 64 bits, or a UUID in upper case, is valid all the same.
            return "valid"
        }
    }

    private static func fault<M: Message>(of type: M.Type, in bytes: [UInt8]) throws -> String? {
        let message = try M(validating: bytes)
        M.observation(of: message, by: metrics)?()
        let direct = try message.encoded()
        let foundation = try JSONEncoder().encode(message)
        if try M(validating: direct) != message { return "changed by direct coding" }
        if try JSONDecoder().decode(M.self, from: foundation) != message { return "changed by Codable" }
        if try JSONDecoder().decode(M.self, from: Data(direct)) != message { return "changed on the way to Codable" }
        if try M(validating: foundation) != message { return "changed on the way from Codable" }
        return nil
    }
}
