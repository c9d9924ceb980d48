import { describe, expect, test } from "vitest";
import type { Auth } from "../../../src/domain/config.ts";
import { readCredentials, shownCredentials } from "../../../src/drivers/calls/credentials.ts";

const fromEnv = { env: "TOKEN" };
const AUTHS: readonly (readonly [string, Auth | null, Record<string, string>, string])[] = [
  ["none", null, {}, ""],
  [
    "a bearer token",
    { bearer: fromEnv },
    { Authorization: "Bearer s3cr3t" },
    '-H "Authorization: Bearer $TOKEN"',
  ],
  [
    "a header",
    { header: { name: "X-Api-Key", value: fromEnv } },
    { "X-Api-Key": "s3cr3t" },
    '-H "X-Api-Key: $TOKEN"',
  ],
  [
    "a password",
    { basic: { user: "ana", password: fromEnv } },
    { Authorization: "Basic YW5hOnMzY3IzdA==" },
    '-u "ana:$TOKEN"',
  ],
  ["a client certificate", { mtls: { cert: "c.pem", key: "k.pem" } }, {}, "--cert c.pem --key k.pem"],
];

function vault() {
  const asked: unknown[] = [];
  const registered: string[] = [];
  const secrets = {
    read: async (source: unknown) => {
      asked.push(source);
      return "s3cr3t";
    },
    register: (secret: string) => void registered.push(secret),
    redact: (text: string) => text,
  };
  return { asked, registered, secrets };
}

describe.each(AUTHS)("%s", (_, auth, headers, shown) => {
  test("is sent as headers", async () => {
    expect(await readCredentials(auth, "/config", vault().secrets)).toEqual(headers);
  });

  test("is shown without its secret", () => {
    expect(shownCredentials(auth).join(" ")).toBe(shown);
  });
});

test.each([
  ["token", "/config/token"],
  ["/run/token", "/run/token"],
])("a secret in the file %s is looked for at %s", async (file, path) => {
  const { asked, secrets } = vault();
  await readCredentials({ bearer: { file } }, "/config", secrets);
  expect(asked).toEqual([{ file: path }]);
});

test("a password is registered as it is sent, so that an echo of it is not shown", async () => {
  const { registered, secrets } = vault();
  await readCredentials({ basic: { user: "ana", password: fromEnv } }, "/config", secrets);
  expect(registered).toEqual(["YW5hOnMzY3IzdA=="]);
});

test("where the secret is no variable, a usual one stands for it", () => {
  expect(shownCredentials({ bearer: { file: "t" } })).toEqual(["-H", '"Authorization: Bearer $CB_TOKEN"']);
  expect(shownCredentials({ basic: { user: "a", password: { command: ["pass"] } } })).toEqual([
    "-u",
    '"a:$CB_PASSWORD"',
  ]);
});
