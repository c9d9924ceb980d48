import type { Options } from "../commands/command.ts";
import type { ChangePlan } from "../domain/change-plan.ts";
import { CbctlError } from "../domain/errors.ts";
import { formatDuration } from "../domain/vocabulary/duration.ts";
import type { Demand, Operator } from "../engine/operator.ts";

/** What the operator needs of the world: whether someone can be asked, and how. */
export interface Asking {
  readonly canAsk: boolean;
  confirm(question: string): Promise<boolean>;
  input(question: string): Promise<string>;
  note(line: string): void;
  /** The plan as lines for a person. */
  show(plan: ChangePlan): Promise<void>;
}

/** The operator of a command line: its flags first, then the person at the terminal; without either the change is refused. */
export function commandLineOperator(options: Options, asking: Asking): Operator {
  const max = options.count("max");
  return {
    async approve(plan, demands) {
      if (asking.canAsk || !options.flag("yes")) await asking.show(plan);
      let reason: string | null = null;
      for (const demand of demands) {
        const refusal = refusalOf(demand, options, max);
        if (refusal === null) continue;
        if (!asking.canAsk) throw refusal;
        const given = await ask(demand, asking);
        if (given === null) throw declined(demand);
        if (demand.kind === "reason") reason = given;
      }
      return { reason };
    },
    notice(event) {
      if (event.kind === "holding" && event.forMs >= 1_000 && asking.canAsk) {
        asking.note(`watching it hold for ${formatDuration(Math.round(event.forMs))} …`);
      }
      if (event.kind === "interrupted") {
        asking.note(
          `interrupted: ${event.sent} of ${event.of} requests were sent; reading back what they did`,
        );
      }
    },
  };
}

/** Null when the flags give what is demanded; else the error to end with where nobody can be asked. */
function refusalOf(demand: Demand, options: Options, max: number | null): CbctlError | null {
  switch (demand.kind) {
    case "consent":
      if (options.flag("yes")) return null;
      return new CbctlError("no-consent", "nothing was changed: no one consented", {
        hint: "add --yes, or look first with --dry-run",
      });
    case "count": {
      if (max !== null && max >= demand.count) return null;
      const most = max === null ? "" : `, and --max allows ${max}`;
      return guard(`${demand.because}${most}`, `add --max ${demand.count} if that is meant`);
    }
    case "name": {
      const given = options.text("confirm");
      if (given === demand.name) return null;
      const wrong = given === null ? "" : `, and --confirm says "${given}"`;
      return guard(`${demand.because}${wrong}`, `add --confirm ${demand.name}`);
    }
    case "reason":
      return guard(`${demand.because}: a reason must be given`, 'add --reason "…"');
    case "key":
      if (options.flag("force")) return null;
      return guard(demand.because, "mend the cause, or pass this guard with --force");
  }
}

function guard(because: string, hint: string): CbctlError {
  return new CbctlError("guard", "nothing was changed", { reason: because, hint });
}

/** What the person gave; null when it is not what was demanded. The evidence stands above the question, not in it. */
async function ask(demand: Demand, asking: Asking): Promise<string | null> {
  if (demand.kind === "consent") return (await asking.confirm("Do it?")) ? "yes" : null;
  asking.note(demand.because);
  switch (demand.kind) {
    case "count":
      return typed(asking, "Type the number of breakers to go on:", String(demand.count));
    case "name":
      return typed(asking, "Type the context's name to go on:", demand.name);
    case "key":
      return typed(asking, "Type the breaker's name to go on all the same:", demand.key);
    case "reason":
      return (await asking.input("Why is this done?")).trim() || null;
  }
}

async function typed(asking: Asking, question: string, wanted: string): Promise<string | null> {
  return (await asking.input(question)).trim() === wanted ? wanted : null;
}

function declined(demand: Demand): CbctlError {
  if (demand.kind === "consent") return new CbctlError("no-consent", "nothing was changed: you said no");
  return new CbctlError("guard", "nothing was changed: what was typed is not what was asked for", {
    reason: demand.because,
  });
}
