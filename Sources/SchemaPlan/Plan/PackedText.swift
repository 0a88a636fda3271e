/// The form of numbers and strings as one string, from which generated code reads a plan: a literal compiles in no
/// time, however long it is.
///
/// A number is one or more characters of five bits each, the lowest first; all but the last have a sixth bit. A text is
/// the number of its UTF-8 bytes, and the text itself.
package enum PackedText {
    /// The character of the digit 0. The others follow, with a substitute for the backslash.
    package static var zero: UInt8 { UInt8(ascii: "?") }
    package static var backslash: UInt8 { UInt8(ascii: "\\") }
    package static var substitute: UInt8 { UInt8(ascii: ">") }
}
