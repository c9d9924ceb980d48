import { createHmac, timingSafeEqual } from "node:crypto";
import { isRecord, parseJson } from "./admin-exchange.ts";

/** Signs claims with HS256. */
export function signToken(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${signature(unsigned, secret).toString("base64url")}`;
}

/** True for a token of this secret that has not expired. `now` in milliseconds since 1970. */
export function isValidToken(token: string, secret: string, now: number): boolean {
  return readToken(token, secret, now) !== null;
}

/** The claims of a token of this secret that has not expired, else null. `now` in milliseconds since 1970. */
export function readToken(
  token: string,
  secret: string,
  now: number,
): Readonly<Record<string, unknown>> | null {
  const [header, claims, signed, ...rest] = token.split(".");
  if (header === undefined || claims === undefined || signed === undefined || rest.length > 0) return null;
  const algorithm = decode(header);
  if (!isRecord(algorithm) || algorithm.alg !== "HS256") return null;
  const expected = signature(`${header}.${claims}`, secret);
  const given = Buffer.from(signed, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const read = decode(claims);
  return isRecord(read) && typeof read.exp === "number" && read.exp * 1000 > now ? read : null;
}

function signature(unsigned: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(unsigned).digest();
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): unknown {
  return parseJson(Buffer.from(part, "base64url").toString("utf8"));
}
