extension Contract {
    /// Returns the places of the bytes of a scalar in the manifest, such as an expression.
    package func places(in scalar: Located<String>) -> ScalarPlaces {
        ScalarPlaces(of: scalar, in: manifestText)
    }
}
