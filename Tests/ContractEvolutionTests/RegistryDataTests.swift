import ContractEvolution
import ContractModel
import Foundation
import JSONTape
import Testing

/// Cases that registries publish as their own tests: `scripts/registry-profiles` reads them, and judges what is printed here.
@Suite(.enabled(if: RegistryCases.path != nil, "REGISTRY_CASES names no file of cases"))
struct RegistryDataTests {
    @Test
    func answersAsTheRegistryDoes() throws {
        let path = try #require(RegistryCases.path)
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let tape = try JSONTape(parsing: Array(line.utf8))
            guard case .object(let row) = try tape.value(at: .root), case .string(let profile)? = row["profile"],
                let old = row["old"], let new = row["new"], case .number(let number)? = row["number"]
            else { continue }
            let forecast = RegistryForecast(
                of: try #require(RegistryDeclaration.Profile(rawValue: profile)), .backward, old: [old], new: new)
            print("registry\t\(number)\t\(forecast)")
        }
    }
}

enum RegistryCases {
    static let path = ProcessInfo.processInfo.environment["REGISTRY_CASES"]
}
