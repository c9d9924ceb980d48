import { describe, expect, test } from "vitest";
import { CbctlError, type ErrorCode } from "../../src/domain/errors.ts";
import { cutShort, explainFailure, showUrl, timedOut, tooLong } from "../../src/host/http-errors.ts";

const url = new URL("http://10.0.0.1:8080/a/b?token=hunter2");
const coded = (code: string, message = "its own words", cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });

describe("what a socket throws, in words", () => {
  test.each<[unknown, ErrorCode, string]>([
    [coded("ECONNREFUSED"), "unreachable", "connection refused"],
    [coded("ENOTFOUND"), "unreachable", "unknown host"],
    [coded("EAI_AGAIN"), "unreachable", "the host name could not be resolved"],
    [coded("ECONNRESET"), "unreachable", "the connection was reset"],
    [coded("UND_ERR_SOCKET"), "unreachable", "the connection was reset"],
    [
      coded("UND_ERR_SOCKET", "other side closed", coded("EHOSTUNREACH")),
      "unreachable",
      "no route to the host",
    ],
    [coded("ETIMEDOUT"), "unreachable", "no answer to the connection attempt"],
    [coded("CERT_HAS_EXPIRED"), "unreachable", "its certificate has expired"],
    [coded("CERT_NOT_YET_VALID"), "unreachable", "its certificate is not valid yet"],
    [coded("ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"), "unreachable", "it wants a client certificate"],
    [
      coded("EPROTO", "0A:SSL routines:f:unsupported protocol:x.c:1"),
      "unreachable",
      "the TLS handshake failed: unsupported protocol",
    ],
    [
      coded("ERR_SSL_X", "error:0A00010B:SSL routines::wrong version number"),
      "unreachable",
      "it does not speak TLS there",
    ],
    [coded("ENEWCODE"), "unreachable", "its own words"],
    [coded("HPE_INVALID_CONSTANT"), "not-understood", "what answered does not speak HTTP"],
    [coded("ERR_OSSL_PEM_NO_START_LINE"), "usage", "its own words"],
    [new Error("fetch failed", { cause: coded("ECONNREFUSED") }), "unreachable", "connection refused"],
  ])("%s is %s: %s", (thrown, code, reason) => {
    const error = explainFailure(thrown, url);
    expect(error).toBeInstanceOf(CbctlError);
    expect(error).toMatchObject({ code, reason, hint: expect.stringMatching(/./) });
  });

  test("an error of ours stays as it is", () => {
    const ours = new CbctlError("conflict", "x");
    expect(explainFailure(ours, url)).toBe(ours);
  });

  test("a bug is not made to look like trouble of the network", () => {
    const bug = new TypeError("x is undefined");
    expect(explainFailure(bug, url)).toBe(bug);
  });

  test("the proxy is named without its password", () => {
    const error = explainFailure(coded("ECONNREFUSED"), url, new URL("http://me:hunter2@proxy.test:3128"));
    expect(error).toMatchObject({
      message: "cannot reach http://10.0.0.1:8080/a/b?… through the proxy http://proxy.test:3128",
    });
  });
});

test.each([
  ["http://a.test", "http://a.test/"],
  ["http://a.test/x?token=1", "http://a.test/x?…"],
  ["http://me:pw@a.test/x#y", "http://a.test/x"],
])("%s is shown as %s", (text, shown) => {
  expect(showUrl(new URL(text))).toBe(shown);
});

test.each([
  [
    timedOut(url, 10_000),
    "timed-out",
    "no complete answer from http://10.0.0.1:8080/a/b?… within 10 s",
    null,
  ],
  [
    timedOut(url, 1_500),
    "timed-out",
    "no complete answer from http://10.0.0.1:8080/a/b?… within 1.5 s",
    null,
  ],
  [
    tooLong(url, 16 * 2 ** 20),
    "not-understood",
    "http://10.0.0.1:8080/a/b?… gave no usable answer",
    "the answer is longer than 16 MiB",
  ],
  [
    tooLong(url, 1_000),
    "not-understood",
    "http://10.0.0.1:8080/a/b?… gave no usable answer",
    "the answer is longer than 1000 bytes",
  ],
  [
    cutShort(url, 3),
    "not-understood",
    "http://10.0.0.1:8080/a/b?… gave no usable answer",
    "the answer was cut short after 3 bytes",
  ],
])("%s", (error, code, message, reason) => {
  expect(error).toMatchObject({ code, message, reason, exitCode: 9 });
});
