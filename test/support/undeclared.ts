import { expect } from "vitest";
import { json } from "./cbctl.ts";
import type { SandboxPerson } from "./sandbox-person.ts";

/** Asks for a change that the system does not declare: refused with the system's own way, and nothing is sent. */
export async function expectUndeclared(
  person: SandboxPerson,
  verb: string,
  key: string,
  instead: RegExp,
): Promise<void> {
  const setting = verb === "patch" ? ["failureThreshold=7"] : [];
  const ran = await person.run(verb, key, ...setting, "--yes", "--hold", "0s", "-o", "json");
  expect(ran.code).toBe(4);
  expect(json(ran)).toMatchObject({
    error: { code: "unsupported", hint: expect.stringMatching(instead) },
  });
  for (const url of person.urls) expect(await person.writes(url)).toEqual([]);
}
