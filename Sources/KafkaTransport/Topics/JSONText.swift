import JSONTape

/// JSON whose numbers are all finite.
enum JSONText {
    static func make(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter()
        body(&writer)
        // Only a number that is not finite can fail.
        return (try? writer.finish()) ?? []
    }
}
