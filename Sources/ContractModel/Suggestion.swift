package enum Suggestion { package static func nearest(to word: String, among: some Sequence<String>) -> String? { nil } }
