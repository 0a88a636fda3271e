import EventContracts
import Foundation
import JSONTape

/// Messages whose sensitive values are recognized wherever they appear.
enum Markers {
    private static let text = "s3cr3t"
    private static let number = 7_770_777

    /// The texts of which each sensitive value contains one.
    static let all = [text, "7770777", "7777-07-0", "77707770-7770"]

    private static func word(_ random: inout some RandomNumberGenerator) -> String {
        text + " \"ü\\\n" + String(Int.random(in: 0..<1_000_000, using: &random))
    }

    /// A value, or none, each as often.
    private static func maybe<Value>(
        _ random: inout some RandomNumberGenerator, _ value: @autoclosure () -> Value
    ) -> Sensitive<Value>? {
        Bool.random(using: &random) ? Sensitive(value()) : nil
    }

    private static func person(
        _ depth: Int, _ random: inout some RandomNumberGenerator
    ) -> Hospital.PatientMessage.Person {
        Hospital.PatientMessage.Person(
            name: Sensitive(word(&random)), child: depth == 0 ? nil : person(depth - 1, &random))
    }

    static func payload(_ random: inout some RandomNumberGenerator) -> PatientMessage.Payload {
        let (first, second) = (word(&random), word(&random))
        var payload = PatientMessage.Payload(
            patientID: String(random.next()), ward: Bool.random(using: &random) ? .north : .south,
            email: Sensitive(word(&random)))
        payload.age = maybe(&random, number)
        payload.serial = maybe(&random, UInt64(number) * 1_000_000_000)
        payload.weight = Bool.random(using: &random) ? .value(Sensitive(Double(number) + 0.5)) : .null
        payload.exact = maybe(&random, JSONNumber(Int64(number)))
        payload.insured = maybe(&random, true)
        payload.smoker = .null
        payload.nothing = maybe(&random, JSONNull())
        if let time = Timestamp("7777-07-07T07:07:07.777Z") { payload.bornAt = maybe(&random, time) }
        if let date = CalendarDate(year: 7777, month: 7, day: 7) { payload.bornOn = maybe(&random, date) }
        if let id = UUID(uuidString: "77707770-7770-4777-8777-777077707770") { payload.person = maybe(&random, id) }
        if let page = URL(string: "https://\(text).example") { payload.page = maybe(&random, page) }
        payload.blood = maybe(&random, .ab)
        payload.address = maybe(&random, PatientMessage.Payload.Address(city: first, street: second))
        payload.diagnoses = maybe(&random, [first, second])
        // The names of members are not values.
        payload.notes = maybe(&random, ["kind": second])
        payload.files = maybe(&random, [first: number])
        payload.measures =
            Bool.random(using: &random)
            ? .init(unit: "kg", additionalMembers: Sensitive(["before": first, "after": second])) : nil
        payload.readings = .init(device: "d", additionalMembers: Sensitive(["at_1": number, "at_2": number]))
        payload.guardians = .init(first: person(0, &random), additionalMembers: ["second": person(1, &random)])
        // The cases of a union that a sensitive value chooses have its name.
        payload.result = maybe(&random, .s3cr3tYes(.init()))
        payload.contact = maybe(&random, .string(first))
        payload.visit =
            Bool.random(using: &random)
            ? .withRoom(.init(room: Sensitive(first))) : .withVideo(.init(video: Sensitive(second)))
        payload.position = maybe(&random, .init(first: Double(number), second: 1))
        payload.relatives = [person(0, &random), person(3, &random)]
        payload.extra = maybe(&random, JSONValue.object([first: .array([.string(second), .number(7_770_777)])]))
        return payload
    }

    private static func draft(_ payload: PatientMessage.Payload) -> Draft<PatientMessage> {
        PatientMessage.admitted(
            patientID: payload.patientID, ward: payload.ward, email: payload.email, age: payload.age,
            serial: payload.serial, weight: payload.weight, exact: payload.exact, insured: payload.insured,
            smoker: payload.smoker, nothing: payload.nothing, bornAt: payload.bornAt, bornOn: payload.bornOn,
            person: payload.person, page: payload.page, blood: payload.blood, address: payload.address,
            diagnoses: payload.diagnoses, notes: payload.notes, files: payload.files, measures: payload.measures,
            readings: payload.readings, guardians: payload.guardians, result: payload.result, contact: payload.contact,
            visit: payload.visit, position: payload.position, relatives: payload.relatives, extra: payload.extra)
    }

    static func patient(_ random: inout some RandomNumberGenerator) -> Draft<PatientMessage> { draft(payload(&random)) }

    static func letter(_ random: inout some RandomNumberGenerator) -> Draft<LetterMessage> {
        LetterMessage.draft(payload: Sensitive(.init(subject: word(&random), text: word(&random))))
    }

    /// Messages that each break a limit of a sensitive value, or can't be written.
    static func brokenPatients(_ random: inout some RandomNumberGenerator) -> [Draft<PatientMessage>] {
        let sound = payload(&random)
        func broken(_ change: (inout PatientMessage.Payload) -> Void) -> Draft<PatientMessage> {
            var payload = sound
            change(&payload)
            return draft(payload)
        }
        var deep = JSONValue.string(text)
        for _ in 0..<600 { deep = .array([deep]) }
        return [
            broken { $0.email = Sensitive(String(repeating: text, count: 10)) },
            broken { $0.age = Sensitive(-number) },
            broken { $0.address = Sensitive(.init(city: text, street: "7")) },
            broken { $0.diagnoses = Sensitive(Array(repeating: text, count: 4)) },
            broken { payload in
                payload.files = Sensitive(Dictionary(uniqueKeysWithValues: (0..<4).map { ("\(text)\($0)", number) }))
            },
            broken { $0.measures = .init(unit: "kg", additionalMembers: Sensitive(["a": text, "b": ""])) },
            broken { payload in
                let members = Dictionary(uniqueKeysWithValues: (0..<4).map { ("n\($0)", text) })
                payload.measures = .init(unit: "kg", additionalMembers: Sensitive(members))
            },
            broken { $0.readings = .init(additionalMembers: Sensitive(["other": number])) },
            broken { $0.weight = .value(Sensitive(.infinity)) },
            broken { $0.position = Sensitive(.init(first: .nan, second: Double(number))) },
            broken { $0.extra = Sensitive(deep) },
            broken { $0.relatives = [Hospital.PatientMessage.Person(name: Sensitive(""))] },
        ]
    }

    /// Texts of messages that are invalid, or that no Swift type holds, in a sensitive place.
    static func brokenTexts(_ plain: [UInt8]) -> [[UInt8]] {
        let members = [
            #""email":"\#(String(repeating: text, count: 10))""#, #""email":\#(number)"#,
            #""email":["\#(text)"]"#, #""email":{"\#(text)":1,"\#(text)":2}"#,
            #""files":{"\#(text)":1,"\#(text)":2},"email":"x""#, #""age":77707777077707777077707770777,"email":"x""#,
            #""address":{"\#(text)":"\#(text)"},"email":"x""#, #""contact":["\#(text)"],"email":"x""#,
            #""measures":{"unit":"kg","a":\#(number)},"email":"x""#, #""measures":"\#(text)","email":"x""#,
            #""readings":{"at_1":"\#(text)"},"email":"x""#, #""readings":{"at_1":{"\#(text)":1}},"email":"x""#,
            #""notes":{"kind":\#(number)},"email":"x""#, #""position":[\#(number)],"email":"x""#,
            #""born_on":"7777-07-07x","email":"x""#, #""blood":"\#(text)","email":"x""#,
        ]
        let start = "{\"encrypted\":false,\"metadata\":{\"id\":\"1\",\"time\":\"2026-01-01T00:00:00Z\","
        return members.map { member in
            Array(
                (start
                    + "\"type\":\"patient.admitted\"},\"payload\":{\"patient_id\":\"1\",\"ward\":\"north\",\(member)}}")
                    .utf8)
        }
    }
}
