"""Judges of what event-contracts exports: the official schemas of AsyncAPI, asyncapi3, zatalog and jsonschema.

Usage: judge.py JUDGES asyncapi|backstage|schemas FOLDER
JUDGES is the folder of this file. Prints each fault on a line. The exit code is 1 where there is one.
"""
import json
import pathlib
import sys
import warnings

import jsonschema
import yaml

warnings.simplefilter("ignore")
here = pathlib.Path(sys.argv[1])
faults = []


def fault(subject, text):
    faults.append(f"{subject}: {text}")


def references(value, path=""):
    if isinstance(value, dict):
        for key, member in value.items():
            if key == "$ref" and isinstance(member, str):
                yield path, member
            elif key not in ("example", "examples", "const", "enum", "default"):
                yield from references(member, f"{path}/{key}")
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from references(element, f"{path}/{index}")


def resolves(document, reference):
    from urllib.parse import unquote

    if not reference.startswith("#"):
        return False
    node = document
    for token in reference[1:].split("/")[1:]:
        token = unquote(token).replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict) and token in node:
            node = node[token]
        elif isinstance(node, list) and token.isdigit() and int(token) < len(node):
            node = node[int(token)]
        else:
            return False
    return True


def asyncapi(subject, text):
    from asyncapi3 import AsyncAPI3

    document = yaml.safe_load(text)
    schema = json.loads((here / "asyncapi" / f"{document['asyncapi']}.json").read_text())
    for error in jsonschema.Draft7Validator(schema).iter_errors(document):
        fault(subject, f"{list(error.absolute_path)}: {error.message[:300]}")
    if document["asyncapi"] == "3.0.0":
        try:
            AsyncAPI3.model_validate(document)
        except Exception as error:
            fault(subject, f"asyncapi3: {str(error)[:1000]}")
    for place, reference in references(document):
        if not resolves(document, reference):
            fault(subject, f"{place}: {reference} leads to nothing")
    for name, message in document["components"]["messages"].items():
        payload = message["payload"]["$ref"].rsplit("/", 1)[1]
        component = document["components"]["schemas"][payload]
        is_wrapped = isinstance(component, dict) and "schemaFormat" in component
        # A reference in the schema leads from the document's root.
        root = dict(document)
        dialect = jsonschema.Draft202012Validator if is_wrapped else jsonschema.Draft7Validator
        root.update({"$ref": message["payload"]["$ref"] + ("/schema" if is_wrapped else "")})
        validator = dialect(root, format_checker=dialect.FORMAT_CHECKER)
        for example in message.get("examples", []):
            for error in validator.iter_errors(example["payload"]):
                fault(subject, f"the example {example['name']} of {name}: {error.message[:200]}")


def backstage(path):
    from zatalog.catalog import load_catalog
    from zatalog.schema import validate_entity

    catalog = load_catalog([path])
    for entity in catalog.all():
        for problem in validate_entity(entity):
            fault(path, f"zatalog: {entity.ref}: {problem}")
        for relation in catalog.relations(entity):
            # Teams are declared elsewhere.
            if not relation.resolved and relation.name != "ownedBy":
                fault(path, f"zatalog: {entity.ref}: {relation.name} -> {relation.ref} does not resolve")
    entities = list(yaml.safe_load_all(open(path)))
    names = {(entity["kind"], entity["metadata"]["name"]) for entity in entities}
    if len(names) != len(entities):
        fault(path, "two entities have one name")
    for entity in entities:
        spec = entity["spec"]
        for name in spec.get("providesApis", []) + spec.get("consumesApis", []):
            if ("API", name) not in names:
                fault(path, f"there is no API {name}")
        if entity["kind"] == "API":
            asyncapi(f"{path} {entity['metadata']['name']}", spec["definition"])


def schemas(folder):
    """Reads cases.json: for each message its two schemas, and values with our verdicts."""
    for case in json.load(open(pathlib.Path(folder) / "cases.json")):
        for form in ("own", "current"):
            schema = case[form]
            dialect = jsonschema.validators.validator_for(schema, default=jsonschema.Draft202012Validator)
            try:
                dialect.check_schema(schema)
            except jsonschema.SchemaError as error:
                fault(case["name"], f"{form}: {error.message[:200]}")
                continue
            validator = dialect(schema, format_checker=dialect.FORMAT_CHECKER)
            for place, reference in references(schema):
                if reference.startswith("#/") and not resolves(schema, reference):
                    fault(case["name"], f"{form} {place}: {reference} leads to nothing")
            for value, expected in zip(case["values"], case["verdicts"]):
                if validator.is_valid(value) != expected:
                    fault(case["name"], f"{form}: {json.dumps(value)[:300]} is valid: {not expected}; ours: {expected}")


kind, folder = sys.argv[2], pathlib.Path(sys.argv[3])
if kind == "schemas":
    schemas(folder)
else:
    for path in sorted(folder.iterdir()):
        asyncapi(path.name, path.read_text()) if kind == "asyncapi" else backstage(path)
print("\n".join(faults[:40]))
sys.exit(1 if faults else 0)
