import { describe, expect, test } from "vitest";
import { findAlertRules } from "../../src/workspace/alerts.ts";
import { checkedDocuments } from "../../src/workspace/checked-documents.ts";
import { fakeHost } from "../support/fake-host.ts";

const OWN =
  "apiVersion: cbctl.dev/v1\nkind: AlertRule\nmetadata: { name: any-open, title: Mine }\nspec: { severity: info, per: breaker, condition: { ref: state, eq: open } }\n";

function find(names: readonly string[], files = new Map<string, string>()) {
  const { host } = fakeHost({ files });
  return findAlertRules(host, checkedDocuments(host, "1"), names);
}

describe("alert rules", () => {
  test("of the package are found by name, in the order asked for", async () => {
    expect(
      (await find(["unknown", "any-open"])).map(({ name, severity, per }) => [name, severity, per]),
    ).toEqual([
      ["unknown", "warning", "context"],
      ["any-open", "warning", "context"],
    ]);
    expect(await find([])).toEqual([]);
  });

  test("of the user go before the package's", async () => {
    expect(await find(["any-open"], new Map([["/config/alerts/any-open.yaml", OWN]]))).toMatchObject([
      { title: "Mine", per: "breaker" },
    ]);
  });

  test.each([
    ["any-opn", "did you mean any-open?"],
    ["zzz", "known: all-open, any-open, half-open, majority-open, not-closed, unknown"],
    ["../config", expect.anything()],
    ["", expect.anything()],
  ])("%o is none", async (name, hint) => {
    await expect(find([name])).rejects.toMatchObject({
      code: "unknown-name",
      message: `no alert rule "${name}"`,
      hint,
    });
  });

  test("a document of another kind is no rule", async () => {
    const files = new Map([
      ["/config/alerts/odd.yaml", "apiVersion: cbctl.dev/v1\nkind: Config\ncontexts: {}\n"],
    ]);
    await expect(find(["odd"], files)).rejects.toMatchObject({
      code: "invalid-document",
      message: expect.stringContaining("not a AlertRule"),
    });
  });
});
