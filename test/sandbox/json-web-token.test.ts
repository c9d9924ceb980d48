import { createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { isValidToken, readToken, signToken } from "../../src/sandbox/json-web-token.ts";

const now = 1_000_000_000_000;
const good = signToken({ sub: "someone", exp: 1_000_000_001 }, "secret");
const [header = "", claims = "", signature = ""] = good.split(".");
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (unsigned: string) => createHmac("sha256", "secret").update(unsigned).digest("base64url");
const unsignedHeader = encode({ alg: "none", typ: "JWT" });

it("signs what any JWT library can read", () => {
  expect(Buffer.from(header, "base64url").toString()).toBe('{"alg":"HS256","typ":"JWT"}');
  expect(Buffer.from(claims, "base64url").toString()).toBe('{"sub":"someone","exp":1000000001}');
  expect(signature).toBe(sign(`${header}.${claims}`));
});

it("gives back the claims", () => {
  expect(readToken(good, "secret", now)).toEqual({ sub: "someone", exp: 1_000_000_001 });
});

it.each([
  { what: "a good one", token: good, valid: true },
  { what: "an expired one", token: signToken({ exp: 1_000_000_000 }, "secret"), valid: false },
  { what: "one without an end", token: signToken({ sub: "someone" }, "secret"), valid: false },
  { what: "one of another secret", token: signToken({ exp: 1_000_000_001 }, "other"), valid: false },
  { what: "changed claims", token: `${header}.${encode({ exp: 2_000_000_000 })}.${signature}`, valid: false },
  { what: "no signature", token: `${header}.${claims}.`, valid: false },
  {
    what: "another algorithm",
    token: `${unsignedHeader}.${claims}.${sign(`${unsignedHeader}.${claims}`)}`,
    valid: false,
  },
  { what: "a part too many", token: `${good}.x`, valid: false },
  { what: "nonsense", token: "nonsense", valid: false },
])("$what is valid: $valid", ({ token, valid }) => {
  expect(isValidToken(token, "secret", now)).toBe(valid);
  expect(readToken(token, "secret", now) !== null).toBe(valid);
});
