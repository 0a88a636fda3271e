extension SchemaModel {
    /// Returns the model with the same meaning and less work: what plans are made from.
    ///
    /// Ids of nodes stay as they are. Each pass is exact: it changes neither which values are valid nor where a failure's
    /// keyword is, but a failure that follows from another may no longer be found beside it.
    package func simplified() -> SchemaModel {
        var model = self
        model.mergeConjunctions()
        model.decideUnevaluated()
        model.foldTypesAndValues()
        model.dropTautologies()
        return model
    }
}
