import { type AdminReply, isRecord, jsonReply, parseJson } from "../admin-exchange.ts";
import { type Route, unprocessable, type ValidationError } from "./fastapi.ts";

type Fields = Readonly<Record<string, "string" | "boolean">>;

/**
 * Rotation of API keys: as the runbook calls it by provider, or as the running server has it by key. Neither tells
 * what it answers; here it names what it was given, and touches no breaker.
 */
export function keyRotation(real: boolean): readonly Route[] {
  if (!real) {
    const fields: Fields = { provider: "string", activate_backup: "boolean" };
    const rotate = ({ body }: { readonly body: string }) => rotated(body, fields, {});
    return [{ path: "/api/v1/keys/rotate", methods: { POST: rotate } }];
  }
  const fields: Fields = { key_id: "string", new_key_value: "string", reason: "string" };
  const rotate = ({ body }: { readonly body: string }, key?: string) =>
    rotated(body, fields, { key_id: key });
  return [{ path: "/api/v1/key-rotation/keys/*/rotate", methods: { POST: rotate } }];
}

function rotated(body: string, fields: Fields, named: Readonly<Record<string, unknown>>): AdminReply {
  const given = parseJson(body);
  const read = isRecord(given) ? given : {};
  const errors = Object.entries(fields).flatMap(([name, type]): ValidationError[] => {
    if (read[name] === undefined) return [{ ...missing, loc: ["body", name], input: read }];
    if (typeof read[name] === type) return [];
    return [
      {
        type: `${type}_type`,
        loc: ["body", name],
        msg: `Input should be a valid ${type}`,
        input: read[name],
      },
    ];
  });
  if (errors.length > 0) return unprocessable(errors);
  const { new_key_value: _secret, ...told } = read;
  return jsonReply(200, { success: true, ...told, ...named });
}

const missing = { type: "missing", msg: "Field required" };
