import { readSettings } from "../../src/dialect/settings.ts";
import type { Verb } from "../../src/domain/vocabulary/change.ts";
import { applyChange } from "../../src/engine/apply-change.ts";
import type { ChangeRequest } from "../../src/engine/change-request.ts";
import type { ContextPort } from "../../src/engine/context-port.ts";
import type { Operator } from "../../src/engine/operator.ts";
import { readFleet } from "../../src/engine/read-fleet.ts";
import { selectBreakers } from "../../src/engine/select-breakers.ts";
import { fakeOperator } from "./fake-context.ts";

interface Asked extends Partial<ChangeRequest> {
  readonly keys?: readonly string[];
  readonly set?: readonly string[];
}

/** Carries a verb out as a command does: read, select, apply. No keys: all. */
export async function change(
  context: ContextPort,
  verb: Verb,
  asked: Asked = {},
  operator: Operator = fakeOperator(),
) {
  const { keys = [], set = [], ...more } = asked;
  const fleet = await readFleet(context);
  const selected = selectBreakers(fleet, { patterns: keys, groups: [], all: keys.length === 0 });
  const settings = readSettings(context.system, set);
  return applyChange(
    context,
    {
      action: verb,
      verb,
      fleet,
      selected,
      settingsOf: () => settings,
      undoes: null,
      dryRun: false,
      reason: null,
      incident: null,
      holdMs: 3_000,
      ...more,
    },
    operator,
  );
}

/** Each result as `key@instance outcome`. */
export const outcomes = ({ results }: Awaited<ReturnType<typeof change>>) =>
  results.map(({ key, instance, outcome }) => `${key}@${instance} ${outcome}`);
