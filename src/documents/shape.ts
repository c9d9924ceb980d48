import * as v from "valibot";
import { nearNamesHint } from "../domain/near-names.ts";

/** Any schema with these two types; what is inside it does not matter to its user. */
export type Schema<Written, Read = Written> = v.GenericSchema<Written, Read>;

type Entries = v.ObjectEntries;

/** Begins the message of an unknown key, which then lists the names that are known there. */
export const KNOWN = "known: ";

/** Joins what is wrong with what to do about it, in the one message that valibot carries. */
export function withHint(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message}\n${hint}`;
}

/** A map with these keys and no others; every unknown key is reported, not the first alone. */
export function shape<const E extends Entries>(
  entries: E,
): Schema<
  v.InferInput<v.StrictObjectSchema<E, undefined>>,
  v.InferOutput<v.StrictObjectSchema<E, undefined>>
> {
  const names = Object.keys(entries).join(" ");
  return mapOnly(v.objectWithRest(entries, v.never(`${KNOWN}${names}`))) as never;
}

/** A map from any name to values of one kind. */
export function mapOf<S extends Schema<unknown>>(
  values: S,
): Schema<Record<string, v.InferInput<S>>, Record<string, v.InferOutput<S>>> {
  return mapOnly(v.record(v.string(), values)) as never;
}

/** Valibot takes a list for an object with the keys 0, 1, 2; here it is a mistake. */
function mapOnly(schema: v.GenericSchema): v.GenericSchema {
  const run: v.GenericSchema["~run"] = (dataset, config) => {
    if (!Array.isArray(dataset.value)) return schema["~run"](dataset, config);
    v._addIssue(schema as never, "type", dataset as never, config as never);
    return dataset as never;
  };
  return Object.assign(Object.create(Object.getPrototypeOf(schema)), schema, { "~run": run });
}

type Branches = Readonly<Record<string, Schema<unknown>>>;
type Chosen<B extends Branches> = Schema<v.InferInput<B[keyof B]>, v.InferOutput<B[keyof B]>>;

function wrong(message: string): v.GenericSchema {
  return v.custom(() => false, message);
}

/**
 * A choice that is made before anything is validated, so that a mistake is reported inside the branch that was meant.
 * JSON Schema sees the union of all branches.
 */
export function choose<const B extends Branches>(
  branches: B,
  pick: (value: unknown) => Schema<unknown>,
): Chosen<B> {
  const all = v.union(Object.values(branches));
  return v.lazy((value) => (value === undefined ? all : pick(value))) as never;
}

/**
 * A map whose one tag, a key among `branches`, says what it is.
 * @param instead What to say of a value that has none of the tags.
 */
export function oneOf<const B extends Branches>(branches: B, instead?: string): Chosen<B> {
  const tags = Object.keys(branches);
  return choose(branches, (value) => {
    const names = isMap(value) ? Object.keys(value) : [];
    const [tag, second] = tags.filter((known) => names.includes(known));
    if (tag === undefined) {
      const near = names.length === 1 ? nearNamesHint(names[0] ?? "", tags) : undefined;
      return wrong(withHint(instead ?? `must have one of ${tags.join(", ")}`, near));
    }
    if (second !== undefined) return wrong(`must have ${tag} or ${second}, not both`);
    return branches[tag] as Schema<unknown>;
  });
}

type Form = "text" | "list" | "map";

/** A short form and a long one: what the value is decides which schema judges it. */
export function byForm<const B extends Branches & { readonly [form in Form]?: Schema<unknown> }>(
  branches: B,
): Chosen<B> {
  const last = Object.values(branches).at(-1) as Schema<unknown>;
  return choose(branches, (value) => {
    const form: Form = Array.isArray(value) ? "list" : isMap(value) ? "map" : "text";
    return branches[form] ?? last;
  });
}

/** One value, or a list of at least one. */
export function oneOrMany<S extends Schema<unknown>>(
  one: S,
): Schema<v.InferInput<S> | v.InferInput<S>[], v.InferOutput<S> | v.InferOutput<S>[]> {
  const many = v.pipe(v.array(one), v.minLength(1, "must hold at least one"));
  return choose({ one, many }, (value) => (Array.isArray(value) ? many : one)) as never;
}

export function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
