import { expect, test } from "vitest";
import { cbctl } from "../support/cbctl.ts";

const DEMO = new URL("../../scripts/demo.mjs", import.meta.url).pathname;

/** The incident of `npm run demo`, without its build, and without a terminal. */
test("the demo plays its incident in a sandbox, and ends well", async () => {
  const play = `"${process.execPath}" "${DEMO}" --inside`;
  const ran = await cbctl(["sandbox", "--scenario", "one-open", "--time-scale", "1m=1s", "--exec", play]);
  expect({ code: ran.code, stderr: ran.stderr }).toEqual({
    code: 0,
    stderr: expect.not.stringContaining("demo:"),
  });
  const [before = "", after = ""] = ran.stdout.split("$ cbctl reset deepseek-2 --yes");
  expect(before).toMatch(/\$ cbctl status\nSTATE .*\n✖ open +deepseek\/deepseek-2 +3\/3/);
  expect(before).toContain("planned 3/3, nothing was sent");
  expect(after).toMatch(/applied 3\/3[\s\S]*failureThreshold 5 → 7[\s\S]*applied 3\/3/);
  expect(after).toMatch(/\$ cbctl status\nSTATE .*\n● closed/);
  expect(after).toMatch(/4 events, unbroken\n$/);
  expect(ran.stdout).not.toContain("\u001b");
});
