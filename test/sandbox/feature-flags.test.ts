import { afterEach, expect, it } from "vitest";
import { createFeatureFlags, type FlagServer, startFlagServer } from "../../src/sandbox/feature-flags.ts";
import { adminRequest } from "./admin-request.ts";

const path = "/api/v1/flags/payment-api-integration";

let server: FlagServer | undefined;
afterEach(() => server?.stop());

function someFlags() {
  const flags = createFeatureFlags();
  const set = (body: unknown, authorization = `Bearer ${flags.token}`) =>
    flags.answer(adminRequest("POST", path, { authorization }, body));
  const get = () => JSON.parse(flags.answer(adminRequest("GET", path)).body);
  return { flags, set, get };
}

it("a flag is on until someone switches it off, and on again", () => {
  const { flags, set, get } = someFlags();
  expect(get()).toEqual({ name: "payment-api-integration", enabled: true });
  expect(set({ enabled: false }).status).toBe(200);
  expect([get().enabled, flags.isEnabled("payment-api-integration"), flags.isEnabled("other")]).toEqual([
    false,
    false,
    true,
  ]);
  set({ enabled: true });
  expect(get().enabled).toBe(true);
});

it.each([
  { body: { enabled: "no" }, authorization: undefined, status: 400 },
  { body: "{", authorization: undefined, status: 400 },
  { body: { enabled: false }, authorization: "", status: 401 },
  { body: { enabled: false }, authorization: "Bearer other", status: 401 },
])("stays on after $body with '$authorization': $status", ({ body, authorization, status }) => {
  const { set, get } = someFlags();
  expect(set(body, authorization).status).toBe(status);
  expect(get().enabled).toBe(true);
});

it.each([
  { method: "DELETE", target: path, status: 405 },
  { method: "GET", target: "/api/v1/flags/", status: 404 },
  { method: "GET", target: `${path}/more`, status: 404 },
])("$method $target answers $status", ({ method, target, status }) => {
  expect(someFlags().flags.answer(adminRequest(method, target)).status).toBe(status);
});

it("counts what its server was asked", async () => {
  server = await startFlagServer();
  const headers = { authorization: `Bearer ${server.token}` };
  await fetch(server.url + path, { method: "POST", headers, body: '{"enabled": false}' });
  expect(server.isEnabled("payment-api-integration")).toBe(false);
  const counted = await (await fetch(`${server.url}/__sandbox/requests`)).json();
  expect(counted).toMatchObject({ POST: 1, writes: [{ method: "POST", path }] });
});
