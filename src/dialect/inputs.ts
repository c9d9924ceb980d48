import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { System } from "../domain/system.ts";
import type { Call } from "../domain/vocabulary/call.ts";

type Given = Readonly<Record<string, string | number | boolean>>;

/** A system with the inputs that its document declares filled into its calls, once, before anything is asked. */
export function fillInputs(system: System, given: Given): System {
  const declared = Object.keys(system.inputs);
  for (const [name, value] of Object.entries(given)) {
    if (!declared.includes(name)) {
      throw new CbctlError("unknown-name", `system ${system.name} has no input "${name}"`, {
        hint: nearNamesHint(name, declared),
      });
    }
    if (String(value).includes("${"))
      throw new CbctlError("usage", `input ${name} must not hold \${…}`, { where: `inputs.${name}` });
  }
  if (declared.length === 0) return system;
  const values = new Map(declared.map((name) => [name, given[name] ?? system.inputs[name]?.default]));
  const fill = (text: string): string =>
    text.replace(/\$\{(\w+)\}/g, (hole, name: string) => {
      if (!values.has(name)) return hole;
      const value = values.get(name);
      if (value !== undefined) return String(value);
      throw new CbctlError("usage", `system ${system.name} wants its input ${name}`, {
        hint: `set inputs.${name} in the context`,
      });
    });
  const fillCall = (call: Call): Call =>
    JSON.parse(JSON.stringify(call), (_, value) => (typeof value === "string" ? fill(value) : value));
  const change = Object.entries(system.change).map(([verb, reaches]) => [
    verb,
    Object.fromEntries(
      Object.entries(reaches ?? {}).map(([reach, way]) => [
        reach,
        { ...way, calls: way.calls.map(fillCall) },
      ]),
    ),
  ]);
  return {
    ...system,
    read: system.read && { ...system.read, call: fillCall(system.read.call) },
    change: Object.fromEntries(change),
    health: system.health && { ...system.health, call: fillCall(system.health.call) },
    checks: Object.fromEntries(
      Object.entries(system.checks).map(([name, check]) => [name, { ...check, call: fillCall(check.call) }]),
    ),
  };
}
