import Foundation
import JSONTape

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Requests that set up the server of a test, by a client that is not ours.
enum TestControl {
    struct Failure: Error {}

    static func get(_ url: String) async throws -> JSONValue { try await send("GET", url, nil) }

    static func post(_ url: String, _ body: JSONValue) async throws -> JSONValue {
        var writer = JSONWriter()
        writer.write(body)
        return try await send("POST", url, Data(writer.finish()))
    }

    private static func send(_ method: String, _ url: String, _ body: Data?) async throws -> JSONValue {
        guard let url = URL(string: url) else { throw Failure() }
        var request = URLRequest(url: url)
        request.httpMethod = method
        request.httpBody = body
        let (data, _) = try await URLSession.shared.data(for: request)
        let tape = try JSONTape(parsing: data)
        return try tape.value(at: .root)
    }
}
