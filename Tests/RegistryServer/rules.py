"""Rules of thumb for JSON Schema, as registries have them: what in a new schema refuses messages of the old one."""


def differences(old, new, path="#"):
    """Returns the reasons, by their places, why a reader with the new schema may refuse messages of the old one."""
    if new is True or new == {}:
        return []
    if not isinstance(old, dict) or not isinstance(new, dict):
        return [] if old == new else [f"{path}: the schema changed"]
    found = []
    if "type" in new and not types(old) <= types(new):
        found.append(f"{path}/type: the type changed")
    for name in sorted(set(new.get("required", [])) - set(old.get("required", []))):
        if "default" not in new.get("properties", {}).get(name, {}):
            found.append(f"{path}/required: '{name}' became required")
    for word in ("enum", "const"):
        if word in new and not set(map(str, values(old, word))) <= set(map(str, values(new, word))) or word in new and word not in old:
            found.append(f"{path}/{word}: values were removed")
    for word, is_tighter in LIMITS.items():
        if word in new and (word not in old or is_tighter(new[word], old[word])):
            found.append(f"{path}/{word}: the limit is tighter")
    for name, schema in sorted(new.get("properties", {}).items()):
        if name in old.get("properties", {}):
            found += differences(old["properties"][name], schema, f"{path}/properties/{name}")
    if new.get("additionalProperties") is False:
        removed = sorted(set(old.get("properties", {})) - set(new.get("properties", {})))
        found += [f"{path}/properties/{name}: the property was removed from a closed object" for name in removed]
    return found


LIMITS = {
    "minimum": lambda new, old: new > old, "maximum": lambda new, old: new < old,
    "minLength": lambda new, old: new > old, "maxLength": lambda new, old: new < old,
    "minItems": lambda new, old: new > old, "maxItems": lambda new, old: new < old,
    "pattern": lambda new, old: new != old,
}


def types(schema):
    stated = schema.get("type", ["null", "boolean", "number", "integer", "string", "array", "object"])
    stated = {stated} if isinstance(stated, str) else set(stated)
    return stated | ({"integer"} if "number" in stated else set())


def values(schema, word):
    return schema.get(word, []) if word == "enum" else [schema[word]] if word in schema else []
