/// The kind of value that the name of a property suggests.
enum SensitiveName {
    case personal, secret

    /// Classifies a name such as `customer_email`, `accessToken` or `dob`; `nil` for all others.
    init?(_ name: String) {
        let words = Self.words(of: name)
        guard let last = words.last else { return nil }
        let lastTwo = words.suffix(2).joined(separator: " ")
        if words.count == 1, Self.secretWords.contains(last) {
            self = .secret
        } else if words.count == 1, Self.personalWords.contains(last) {
            self = .personal
        } else if Self.secretNames.contains(last) || Self.secretNames.contains(lastTwo) {
            self = .secret
        } else if Self.personalNames.contains(last) || Self.personalNames.contains(lastTwo)
            || Self.personalNames.contains(words.suffix(3).joined(separator: " "))
        {
            self = .personal
        } else {
            return nil
        }
    }

    /// Names that are secrets only by themselves: `page_token` is not a secret.
    private static let secretWords: Set<String> = ["token", "jwt", "otp", "pin", "cookie", "bearer"]

    private static let secretNames: Set<String> = [
        "password", "passwd", "pwd", "passphrase", "passcode", "secret", "apikey", "credential", "credentials",
        "api key", "access key", "secret key", "private key", "signing key", "encryption key", "client secret",
        "auth key", "shared key", "license key", "session key", "user pass", "db pass", "jwt token", "oauth token",
        "access token", "auth token", "api token", "bearer token", "refresh token", "session token", "id token",
        "csrf token", "reset token", "push token", "login token", "invite token", "sso token", "session cookie",
        "auth cookie", "pin code", "card pin", "user pin", "mfa code", "otp code", "verification code",
        "recovery code", "security code", "security answer", "cvv", "cvc", "cvv2",
    ]

    /// Names that are personal data only by themselves.
    private static let personalWords: Set<String> = ["pan", "sin", "nin", "tel", "fax", "sex"]

    private static let personalNames: Set<String> = [
        // Contacts
        "email", "e mail", "mail address", "mail addr", "email address", "email addr", "phone", "telephone",
        "phone number", "phone no", "phone num", "telephone number", "telephone no", "tel no", "mobile number",
        "mobile no", "mobile num", "mobile phone", "cell phone", "cell number", "fax number", "fax no", "msisdn",
        "home address", "street address", "postal address", "billing address", "shipping address",
        "delivery address", "mailing address", "home phone", "work phone",
        // Numbers of persons
        "ssn", "social security", "social security number", "social security no", "nino", "national id",
        "national insurance", "national insurance number", "national number", "identity number", "identity card",
        "id card", "id card number", "aadhaar", "aadhar", "bsn", "cpf", "curp", "nric", "pesel", "personnummer",
        "nhs number", "insurance number", "voter id", "passport", "passport number", "passport no", "passport id",
        "tax id", "tax number", "tax no", "driver license", "drivers license", "driver licence", "driving licence",
        "driving license", "license plate", "licence plate", "number plate",
        // Money
        "iban", "credit card", "creditcard", "credit card number", "card number", "card no", "card num",
        "cardnumber", "cc number", "cc no", "cc num", "ccn", "bank account", "sort code", "salary", "cardholder",
        "cardholder name", "card holder", "account holder",
        // Names
        "firstname", "first name", "fname", "lastname", "last name", "lname", "surname", "middle name", "fullname",
        "full name", "given name", "family name", "maiden name", "username", "user name", "login name",
        "customer name", "contact name", "person name", "patient name", "recipient name",
        // Persons
        "dob", "birthday", "bday", "birthdate", "birth date", "birth day", "date of birth", "year of birth", "yob",
        "gender", "ethnicity", "nationality", "religion", "marital status", "blood type", "diagnosis",
        // Devices
        "client ip", "user ip", "remote ip", "imei", "imsi", "advertising id", "idfa", "gaid",
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
