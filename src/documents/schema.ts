import { type JsonSchema, toJsonSchema } from "@valibot/to-json-schema";
import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import { answerSchemas } from "./answers.ts";
import { documentKinds } from "./document.ts";
import type { Schema } from "./shape.ts";

const schemas: Readonly<Record<string, Schema<unknown>>> = {
  System: documentKinds.System.schema,
  AlertRule: documentKinds.AlertRule.schema,
  Config: documentKinds.Config.schema,
  ...answerSchemas,
};

/** Every kind of document and of answer that has a JSON Schema. */
export const schemaKinds: readonly string[] = Object.keys(schemas);

/**
 * The JSON Schema (2020-12) of a document or an answer, made from the definition that checks it.
 * @throws CbctlError `unknown-name` when there is no such kind.
 */
export function jsonSchemaOf(kind: string): JsonSchema {
  const schema = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
  if (schema === undefined) {
    throw new CbctlError("unknown-name", `there is no kind "${kind}"`, {
      hint: nearNamesHint(kind, schemaKinds),
    });
  }
  const { $schema, ...rest } = toJsonSchema(schema, {
    target: "draft-2020-12",
    ignoreActions: ["raw_check", "finite"],
    overrideSchema: ({ valibotSchema, jsonSchema }) =>
      valibotSchema.type === "object_with_rest" ? { ...jsonSchema, additionalProperties: false } : undefined,
  });
  return { $schema: $schema ?? "https://json-schema.org/draft/2020-12/schema", title: kind, ...rest };
}
