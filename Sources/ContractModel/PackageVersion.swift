/// The version of the package, which its programs print. A test compares it with the changelog and the documentation.
package let packageVersion = "0.1.0"
