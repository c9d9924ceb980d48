import type { OptionSpec, Options } from "../commands/command.ts";
import { CbctlError } from "../domain/errors.ts";
import { parseDuration } from "../domain/vocabulary/duration.ts";

/** Options of every command. */
export const GLOBAL_OPTIONS: readonly OptionSpec[] = [
  { flags: "--context <name>", description: "context of the config to use" },
  { flags: "--config <file>", description: "config file (default: $XDG_CONFIG_HOME/cbctl/config.yaml)" },
  {
    flags: "--system <name>",
    description: "system to speak, without a config: a name or a path to its document",
  },
  { flags: "--admin-url <url>", description: "admin API of an instance, without a config", repeatable: true },
  { flags: "--prometheus-url <url>", description: "Prometheus to use" },
  { flags: "--timeout <duration>", description: "of one round of requests", default: "10s" },
  { flags: "--no-color", description: "no colour (also NO_COLOR; FORCE_COLOR turns it on)" },
  { flags: "--no-input", description: "never ask, even at a terminal" },
  { flags: "-v, --verbose", description: "say on stderr what is asked of whom" },
];

/** Options of every command that changes something. */
export const CHANGE_OPTIONS: readonly OptionSpec[] = [
  { flags: "--yes", description: "consent to the change (answers no question that must be typed)" },
  { flags: "--confirm <name>", description: "the context's name, typed: for protected contexts" },
  { flags: "--reason <text>", description: "why, for the journal" },
  { flags: "--incident <id>", description: "the incident it belongs to, for the journal" },
  { flags: "--dry-run", description: "show what would be done and send nothing (-v: as curl)" },
  { flags: "--hold <duration>", description: "how long to watch the change hold", default: "3s" },
  { flags: "--max <count>", description: "how many breakers a pattern or --all may change at most" },
  { flags: "--force", description: "pass the guards of repeated resets and failing upstreams, nothing else" },
];

/** Reads parsed values by type; a value that has the wrong type is a usage error that names the option. */
export function optionsOf(values: Readonly<Record<string, unknown>>): Options {
  const text = (name: string): string | null => {
    const value = values[name];
    return typeof value === "string" ? value : null;
  };
  return {
    flag: (name) => values[name] === true,
    off: (name) => values[name] === false,
    text,
    list: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    duration(name) {
      const given = text(name);
      if (given === null) return null;
      const ms = given === "0" ? 0 : parseDuration(given);
      if (ms !== null) return ms;
      throw new CbctlError("usage", `--${dashed(name)}: "${given}" is not a duration`, {
        hint: "give a number with its unit, such as 500ms, 10s or 2m",
      });
    },
    count(name) {
      const given = text(name);
      if (given === null) return null;
      if (/^\d{1,9}$/.test(given)) return Number(given);
      throw new CbctlError("usage", `--${dashed(name)}: "${given}" is not a whole number`);
    },
  };
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
