import { describe, expect, test } from "vitest";
import type { Auth, Tls } from "../../../src/domain/config.ts";
import { readTls } from "../../../src/drivers/calls/tls.ts";
import { fakeHost } from "../../support/fake-host.ts";

const MTLS: Auth = { mtls: { cert: "c.pem", key: "/abs/k.pem" } };

function read(tls: Tls | null, auth: Auth | null = null) {
  const files = new Map([
    ["/config/ca.pem", "CA"],
    ["/config/c.pem", "CERT"],
    ["/abs/k.pem", "KEY"],
  ]);
  return readTls({ tls, auth }, "/config", fakeHost({ files }).host.files);
}

describe("readTls", () => {
  test.each<[string, Tls | null, Auth | null, object | null]>([
    ["nothing said: the usual authorities", null, null, null],
    ["other credentials say nothing of TLS", null, { bearer: { env: "T" } }, null],
    ["an authority beside the config", { ca: "ca.pem" }, null, { ca: "CA" }],
    ["a name and no check", { serverName: "h", insecure: true }, null, { serverName: "h", insecure: true }],
    ["a client certificate", null, MTLS, { cert: "CERT", key: "KEY" }],
    ["both", { ca: "ca.pem" }, MTLS, { ca: "CA", cert: "CERT", key: "KEY" }],
  ])("%s", async (_, tls, auth, told) => {
    expect(await read(tls, auth)).toEqual(told);
  });

  test("a file that is not there is named", async () => {
    await expect(read({ ca: "nope.pem" })).rejects.toMatchObject({
      code: "usage",
      message: "there is no file /config/nope.pem",
      where: "/config/nope.pem",
    });
  });
});
