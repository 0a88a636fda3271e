import ContractGenerator
import Foundation
import Testing

/// Generated code for formats that are Swift types, compiled and run.
@Suite struct FormatTypeTests {
    private static func sources(_ body: String) throws -> [String: String] {
        let fixture = Contracts.root.appending(path: "Tests/Fixtures/Contracts/Formats").path
        let files = try Contracts.generate(try Contracts.compile(fixture))
        var sources = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0.contents) })
        sources["main.swift"] = body
        return sources
    }

    @Test("messages are made, written and read with them, directly and through Codable")
    func runs() throws {
        let outcome = try SwiftCompiler.runProgram(
            Self.sources(
                ##"""
                import EventContracts
                import Foundation

                func expect(_ isTrue: Bool, line: Int = #line) {
                    guard isTrue else { fatalError("line \(line)") }
                }
                func isUnrepresentable(_ text: String) -> Bool {
                    do {
                        _ = try BookingMessage(validating: text.utf8)
                        return false
                    } catch MessageError.unrepresentable(let error) {
                        return error.pointer.description.hasPrefix("/payload/")
                    } catch {
                        return false
                    }
                }

                let id = UUID(), guest = UUID()
                guard let day = CalendarDate("2026-11-29"), let link = URL(string: "https://example.com/a?b=c#d") else {
                    fatalError("no value")
                }
                let booking = BookingMessage.made(
                    bookingID: id, day: day, link: link, guests: [guest], photos: ["a": [link, link], "b": []],
                    trip: guest, externalID: guest.uuidString, holidays: [day]
                ).stamped(in: MessageContext(service: "test"))
                let text = id.uuidString.lowercased()
                expect(booking.recordKey == text)
                expect(booking.metadata.messageID == text)
                expect(booking.metadata.summary == "\(text) on 2026-11-29")
                expect(
                    booking.recordHeaders == [
                        RecordHeader(name: "day", value: "2026-11-29"),
                        RecordHeader(name: "trip", value: guest.uuidString.lowercased()),
                        RecordHeader(name: "link", value: "https://example.com/a?b=c#d"),
                        RecordHeader(name: "path", value: "/https://example.com/a?b=c#d"),
                    ])
                expect(BookingMessage.tombstone(bookingID: id).key == text)

                let direct = try booking.encoded()
                let encoder = JSONEncoder()
                encoder.outputFormatting = .withoutEscapingSlashes
                let foundation = try encoder.encode(booking)
                expect(try BookingMessage(validating: direct) == booking)
                expect(try BookingMessage(validating: Array(foundation)) == booking)
                expect(try JSONDecoder().decode(BookingMessage.self, from: Data(direct)) == booking)
                expect(try JSONDecoder().decode(BookingMessage.self, from: foundation) == booking)
                let written = String(decoding: direct, as: UTF8.self)
                expect(written.contains(#""booking_id":"\#(text)","day":"2026-11-29","link":"https://example.com/a?b=c#d""#))

                let upper = written.replacing(text, with: id.uuidString)
                expect(Formats.validate(Array(upper.utf8)).isValid)
                expect(isUnrepresentable(upper))
                expect(throwsError { try JSONDecoder().decode(BookingMessage.self, from: Data(upper.utf8)) })
                expect(!Formats.validate(Array(written.replacing("https:", with: "").utf8)).isValid)
                expect(!Formats.validate(Array(written.replacing("2026-11-29", with: "2026-11-31").utf8)).isValid)

                func throwsError(_ body: () throws -> some Any) -> Bool {
                    (try? body()) == nil
                }

                let wide = DayMessage(kind: .closed, day: day, id1: id, id2: [id, guest], id4: [guest], id35: guest)
                let bytes = try wide.encoded()
                expect(wide.recordKey == "2026-11-29")
                expect(try DayMessage(validating: bytes) == wide)
                expect(try JSONDecoder().decode(DayMessage.self, from: Data(bytes)) == wide)
                expect(try DayMessage(validating: Array(JSONEncoder().encode(wide))) == wide)
                """##))
        #expect(outcome.isSound, "\(outcome.text.suffix(4000))")
    }

    @Test("code imports Foundation only where the contract asks for its types")
    func imports() throws {
        let asked = try Self.sources("").filter { $0.value.contains("import Foundation") }
        #expect(
            Set(asked.keys) == [
                "booking.schema.swift", "booking.coding.swift", "day.schema.swift", "day.coding.swift",
            ])
        let unasked = try Contracts.generate(try Contracts.tda())
        #expect(!unasked.contains { $0.contents.contains("import Foundation") })
    }
}
