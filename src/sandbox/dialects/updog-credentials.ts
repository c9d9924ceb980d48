import type { AdminReply, AdminRequest } from "../admin-exchange.ts";
import { readToken } from "../json-web-token.ts";
import { expressJson, plainText } from "./express.ts";

export const updogClaims = { iss: "updog", aud: "updog-app", role: "admin" };

export interface UpdogCredentials {
  readonly secret: string;
  readonly now: () => number;
}

/** Null for an administrator's token, by the header or by the cookie; what it answers otherwise. */
export function refusalOfUpdog(
  { headers }: Pick<AdminRequest, "headers">,
  { secret, now }: UpdogCredentials,
): AdminReply | null {
  const header = headers.authorization;
  const [, cookie] = /(?:^|;\s*)updog\.session=([^;]*)/.exec(String(headers.cookie ?? "")) ?? [];
  if (header !== undefined && cookie !== undefined)
    return expressJson(401, { error: "ambiguous_credentials" });
  const [, bearer] = /^Bearer ([^\s,]+)$/.exec(String(header ?? "")) ?? [];
  if (header !== undefined && bearer === undefined) return expressJson(401, { error: "invalid_credentials" });
  const claims = readToken(bearer ?? cookie ?? "", secret, now());
  if (claims === null || claims.iss !== updogClaims.iss || claims.aud !== updogClaims.aud)
    return expressJson(401, { error: "unauthorized", message: "Valid JWT token required" });
  return claims.role === updogClaims.role ? null : plainText(403, "Forbidden");
}
