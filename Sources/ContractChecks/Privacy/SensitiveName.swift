/// The kind of value that the name of a property suggests.
enum SensitiveName {
    case personal, secret

    /// Classifies a name such as `customer_email`, `accessToken` or `dob`; `nil` for all others.
    init?(_ name: String) {
        let words = Self.words(of: name)
        guard let last = words.last else { return nil }
        let lastTwo = words.suffix(2).joined(separator: " ")
        if Self.secretNames.contains(last) || Self.secretNames.contains(lastTwo) {
            self = .secret
        } else if Self.personalNames.contains(last) || Self.personalNames.contains(lastTwo)
            || Self.personalNames.contains(words.suffix(3).joined(separator: " "))
        {
            self = .personal
        } else {
            return nil
        }
    }

    private static let secretNames: Set<String> = [
        "password", "passwd", "pwd", "passphrase", "passcode", "secret", "apikey", "credential", "credentials",
        "api key", "access key", "secret key", "private key", "signing key", "encryption key", "client secret",
        "access token", "auth token", "api token", "bearer token", "refresh token", "session token", "id token",
        "security code", "cvv", "cvc", "cvv2",
    ]

    private static let personalNames: Set<String> = [
        "email", "e mail", "mail address", "email address", "phone", "telephone", "phone number", "phone no",
        "mobile number", "mobile phone", "msisdn", "ssn", "social security", "social security number",
        "social security no", "nino", "national id", "passport", "passport number", "passport no", "iban",
        "dob", "birthday", "birthdate", "birth date", "date of birth", "firstname", "first name", "fname", "lastname",
        "last name", "lname", "surname", "fullname", "full name", "given name", "family name", "maiden name",
        "home address", "street address", "postal address", "credit card", "credit card number", "card number",
        "card no", "ccn", "tax id", "tax number", "driver license", "drivers license", "license plate",
        "client ip", "user ip", "remote ip", "gender", "ethnicity", "religion",
    ]

    /// Returns the words of a name, in lower case: of `customerEmail`, `customer_email` and `Customer-EMail`.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var wasSmall = false
        for character in name {
            guard character.isLetter || character.isNumber else {
                if !word.isEmpty { words.append(word) }
                word = ""
                wasSmall = false
                continue
            }
            if character.isUppercase, wasSmall {
                words.append(word)
                word = ""
            }
            wasSmall = character.isLowercase || character.isNumber
            word += character.lowercased()
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
