package import JSONTape

/// Permission to break a rule in a part of a contract: one entry of an `allow`.
package struct Allowance: Sendable {
    package var rule: Located<Rule>
    /// The reason, if the manifest states one.
    package var reason: String?
    /// The last day on which the permission applies; `nil` for no limit.
    package var expires: Located<CalendarDate>?
    /// The part in diagnostics: "the topic 'orders'".
    package var subject: String
    /// The places of the part.
    package var regions: [SourceRegion]

    /// Returns whether the permission covers a place.
    package func covers(_ location: SourceLocation) -> Bool {
        regions.contains { $0.contains(location) }
    }
}

/// A part of a contract's files.
package struct SourceRegion: Sendable {
    /// `nil` for all files.
    var file: String?
    /// The first place; `nil` for the start of the file.
    var start: SourceLocation?
    /// The first place after the region; `nil` for the end of the file.
    var end: SourceLocation?

    static let everything = SourceRegion()

    func contains(_ location: SourceLocation) -> Bool {
        guard let file else { return true }
        if location.file != file { return false }
        return start.map { $0 <= location } != false && end.map { location < $0 } != false
    }
}
