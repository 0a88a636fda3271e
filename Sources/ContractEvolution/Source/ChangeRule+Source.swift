extension ChangeRule {
    /// Whether the rule is about the schema of a message.
    var isAboutSchemas: Bool {
        switch self {
        case .propertyAdded, .propertyRemoved, .propertyRequired, .propertyOptional, .typeChanged, .valuesChanged,
            .limitChanged, .schemaChanged:
            true
        default: false
        }
    }

    /// Whether the rule is about the messages that a version accepts.
    var isAboutMeaning: Bool {
        switch self {
        case .eventAdded, .eventRemoved, .eventRule: true
        default: isAboutSchemas
        }
    }

    /// Whether a change of the rule may be the reason for another declaration.
    var mayBreakSource: Bool {
        switch self {
        case .swiftName, .openEnum, .unknownMembers, .messageDiscriminator, .messageCloudEvents, .sensitivityAdded,
            .sensitivityRemoved:
            true
        default: isAboutSchemas
        }
    }

    /// Whether such a change usually alters declarations: where these can't be compared, it counts.
    var breaksSource: Bool {
        switch self {
        case .propertyRemoved, .propertyRequired, .propertyOptional, .typeChanged, .valuesChanged: true
        default: false
        }
    }
}
