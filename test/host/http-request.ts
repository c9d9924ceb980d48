import { expect } from "vitest";
import { CbctlError, type ErrorCode } from "../../src/domain/errors.ts";
import type { HttpRequest } from "../../src/host/http.ts";

/** A GET with nothing special; a case changes what it is about. */
export function requestTo(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: "GET",
    url,
    headers: {},
    credentials: {},
    body: null,
    timeoutMs: 10_000,
    maxBytes: 2 ** 20,
    tls: null,
    signal: new AbortController().signal,
    ...changes,
  };
}

/** The CbctlError that a promise fails with. */
async function failureOf(work: Promise<unknown>): Promise<CbctlError> {
  const error = await work.then(
    (value) => expect.unreachable(`it succeeded: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CbctlError)) throw error;
  return error;
}

export async function expectFailure(
  work: Promise<unknown>,
  code: ErrorCode,
  words: RegExp,
): Promise<CbctlError> {
  const error = await failureOf(work);
  expect({ code: error.code, words: `${error.message}: ${error.reason}` }).toEqual({
    code,
    words: expect.stringMatching(words),
  });
  return error;
}
