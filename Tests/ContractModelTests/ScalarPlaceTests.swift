import ContractModel
import Foundation
import Testing

@Suite("Places within a manifest's scalars")
struct ScalarPlaceTests {
    static let styles = [
        "expr: a + bad > 1",
        "expr: 'a + bad > 1'",
        "expr: 'it''s + bad > 1'",
        "expr: \"a{b=\\\"c\\\"} + bad > 1\"",
        "expr: \"a\\n + bad > 1\"",
        "expr: |\n  a\n    + bad > 1",
        "expr: |\n  a\n\n  + bad > 1\n",
        "expr: >-\n  a\n  + bad > 1",
        "expr: a\n  + bad\n  > 1",
        "expr: \"a\n  + bad\n  > 1\"",
        "expr: é + bad > 1",
    ]

    @Test("a byte of a text has its line and column, however the manifest writes the text", arguments: styles)
    func place(_ style: String) throws {
        let manifest = Manifest.whole + "\n" + style + "\n"
        let reading = try Reading.of(manifest)
        let contract = try #require(reading.contract)
        let line = Manifest.whole.split(separator: "\n", omittingEmptySubsequences: false).count + 1
        var diagnostics = Diagnostics()
        let node = YAMLReader.read(Array(manifest.utf8), file: contract.manifestPath, diagnostics: &diagnostics)?[
            "expr"]
        guard case .string(let text)? = node?.content, let location = node?.location else {
            Issue.record("no string: \(style)")
            return
        }
        #expect(location.line == line || style.contains("|") || style.contains(">-"))
        let offset = try #require(text.range(of: "bad")).lowerBound.utf16Offset(in: text)
        let bytes = text.prefix(offset).utf8.count
        let place = contract.location(ofByte: bytes, in: Located(text, at: location))
        let lines = manifest.split(separator: "\n", omittingEmptySubsequences: false)
        let found = lines[place.line - 1].dropFirst(place.column - 1)
        #expect(found.hasPrefix("bad"), "\(place)")
    }
}
