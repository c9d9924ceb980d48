import { describe, expect, test } from "vitest";
import { proxyFor } from "../../src/host/proxy-rules.ts";
import { expectFailure } from "./http-request.ts";

const PROXY = "http://proxy.test:3128/";

describe("which proxy", () => {
  test.each<[string, Record<string, string>, string | null]>([
    ["https://a.test/", {}, null],
    ["https://a.test/", { HTTPS_PROXY: PROXY }, PROXY],
    ["https://a.test/", { https_proxy: PROXY, HTTPS_PROXY: "http://other.test" }, PROXY],
    ["https://a.test/", { https_proxy: "", HTTPS_PROXY: PROXY }, null],
    ["https://a.test/", { HTTPS_PROXY: "proxy.test:3128" }, PROXY],
    ["https://a.test/", { HTTP_PROXY: PROXY }, null],
    ["http://a.test/", { HTTP_PROXY: PROXY }, PROXY],
    ["http://a.test/", { HTTPS_PROXY: PROXY }, null],
    ["https://localhost:8443/", { HTTPS_PROXY: PROXY }, null],
    ["https://127.0.0.1/", { HTTPS_PROXY: PROXY }, null],
    ["https://127.1.2.3/", { HTTPS_PROXY: PROXY }, null],
    ["https://[::1]/", { HTTPS_PROXY: PROXY }, null],
  ])("for %s with %j is %s", (url, env, expected) => {
    expect(proxyFor(new URL(url), env)?.href ?? null).toBe(expected);
  });

  test.each<[string, string, boolean]>([
    ["https://a.test/", "a.test", true],
    ["https://a.test/", "A.Test", true],
    ["https://b.a.test/", "a.test", true],
    ["https://b.a.test/", ".a.test", true],
    ["https://b.a.test/", "*.a.test", true],
    ["https://xa.test/", "a.test", false],
    ["https://a.test/", "b.test, a.test", true],
    ["https://a.test/", "b.test a.test", true],
    ["https://a.test/", "a.test:443", true],
    ["https://a.test:8443/", "a.test:443", false],
    ["https://10.0.0.1/", "10.0.0.1", true],
    ["https://[fd00::1]/", "[fd00::1]", true],
    ["https://[fd00::1]:8443/", "[fd00::1]:8443", true],
    ["https://a.test/", "*", true],
    ["https://a.test/", "", false],
  ])("%s with NO_PROXY=%j is exempt: %s", (url, list, exempt) => {
    expect(proxyFor(new URL(url), { HTTPS_PROXY: PROXY, NO_PROXY: list }) === null).toBe(exempt);
  });

  test("what is not a URL is named without being quoted", async () => {
    const asked = (async () => proxyFor(new URL("https://a.test"), { HTTPS_PROXY: "http://me:hunter2@[" }))();
    const error = await expectFailure(asked, "usage", /HTTPS_PROXY is not a URL/);
    expect(error.message).not.toContain("hunter2");
  });
});
