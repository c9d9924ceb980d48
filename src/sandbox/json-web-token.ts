import { createHmac, timingSafeEqual } from "node:crypto";
import { isRecord, parseJson } from "./admin-exchange.ts";

/** Signs claims with HS256. */
export function signToken(claims: Readonly<Record<string, unknown>>, secret: string): string {
  const unsigned = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${unsigned}.${signature(unsigned, secret).toString("base64url")}`;
}

/** True for a token of this secret that has not expired. `now` in milliseconds since 1970. */
export function isValidToken(token: string, secret: string, now: number): boolean {
  const [header, claims, signed, ...rest] = token.split(".");
  if (header === undefined || claims === undefined || signed === undefined || rest.length > 0) return false;
  const algorithm = decode(header);
  if (!isRecord(algorithm) || algorithm.alg !== "HS256") return false;
  const expected = signature(`${header}.${claims}`, secret);
  const given = Buffer.from(signed, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const read = decode(claims);
  return isRecord(read) && typeof read.exp === "number" && read.exp * 1000 > now;
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
