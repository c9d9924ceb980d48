import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020, type AnySchemaObject } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { jsonSchemaOf, schemaKinds } from "../../src/documents/schema.ts";
import { examples } from "./answer-examples.ts";

/** A validator that knows nothing of cbctl. */
function validator(kind: string) {
  return new Ajv2020({ strict: true, allowUnionTypes: true }).compile(jsonSchemaOf(kind) as AnySchemaObject);
}

const documents = ["systems", "alerts"].flatMap((folder) =>
  readdirSync(folder).map((name) => `${folder}/${name}`),
);

describe("jsonSchemaOf", () => {
  test("documents and answers have one each", () => {
    expect(schemaKinds).toEqual(["System", "AlertRule", "Config", ...Object.keys(examples)]);
  });

  test.each([...schemaKinds])("%s is a JSON Schema with its dialect and title", (kind) => {
    const schema = jsonSchemaOf(kind);
    expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", title: kind });
    expect(() => validator(kind)).not.toThrow();
  });

  test.each(documents)("%s is valid by it", (file) => {
    const value = parse(readFileSync(file, "utf8")) as { kind: string; spec: Record<string, unknown> };
    const validate = validator(value.kind);
    expect(validate(value) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...value, spec: { ...value.spec, surprise: 1 } })).toBe(false);
    expect(validate({ ...value, metadata: {} })).toBe(false);
  });

  test.each(Object.entries(examples))("an answer of kind %s is valid by it", (kind, answer) => {
    const validate = validator(kind);
    expect(validate(answer) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...answer, surprise: 1 })).toBe(false);
  });

  test.each([
    ["a string for a bearer", { auth: { bearer: "x" } }, false],
    ["a bearer from a variable", { auth: { bearer: { env: "X" } } }, true],
    ["a list of instances", { instances: ["http://a", "http://b"] }, true],
    ["no list of instances", { instances: [] }, false],
    ["a scaled clock", { sandbox: { timeScale: 60 } }, true],
    ["a clock that runs slower", { sandbox: { timeScale: 0.5 } }, false],
  ])("a config with %s", (_, change, valid) => {
    const context = { system: "acme", instances: "http://a", ...change };
    expect(
      validator("Config")({ apiVersion: "cbctl.dev/v1", kind: "Config", contexts: { a: context } }),
    ).toBe(valid);
  });

  test("an unknown kind is refused with near names", () => {
    expect(() => jsonSchemaOf("BreakerLst")).toThrowError(
      expect.objectContaining({ code: "unknown-name", hint: "did you mean BreakerList or BreakerLists?" }),
    );
    expect(() => jsonSchemaOf("toString")).toThrowError(expect.objectContaining({ code: "unknown-name" }));
  });
});
