extension Diagnostics {
    /// Reports permissions that have expired, and those that nothing needs: they would hide later mistakes.
    ///
    /// To be called after all checks. With errors, some checks have not run, and no permission is reported as unused.
    package mutating func reviewAllowances() {
        let isComplete = !hasErrors
        for allowance in allowances {
            if isExpired(allowance), let expires = allowance.expires {
                warning(
                    .expiredAllow, at: expires.location,
                    "\(allowance.subject) was allowed to break '\(allowance.rule.value.rawValue)' until \(expires.value)",
                    hint: "correct the mistake, or set another day")
            } else if isComplete, !isUsed(allowance) {
                warning(
                    .unusedAllow, at: allowance.rule.location,
                    "\(allowance.subject) does not break the rule '\(allowance.rule.value.rawValue)'",
                    hint: "remove it from 'allow': it would hide a mistake that comes later")
            }
        }
    }
}
