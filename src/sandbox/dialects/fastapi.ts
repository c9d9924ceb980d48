import {
  type AdminReply,
  type AdminRequest,
  isRecord,
  jsonReply,
  parseJson,
  segmentsOf,
} from "../admin-exchange.ts";

/** A path template with `*` for each parameter, the methods it takes, and what each does with its parameters. */
export interface Route {
  readonly path: string;
  readonly methods: Readonly<Record<string, (request: AdminRequest, ...parameters: string[]) => AdminReply>>;
}

/** Answers as FastAPI does: unknown path 404, known path with another method 405. The first matching route wins. */
export function route(routes: readonly Route[], request: AdminRequest): AdminReply {
  const segments = segmentsOf(request.path);
  let allowed: string | null = null;
  for (const { path, methods } of segments === null ? [] : routes) {
    const parameters = parametersOf(path, segments ?? []);
    if (parameters === null) continue;
    const handle = methods[request.method];
    if (handle !== undefined) return handle(request, ...parameters);
    allowed ??= Object.keys(methods).join(", ");
  }
  return allowed === null ? notFound() : jsonReply(405, { detail: "Method Not Allowed" }, { allow: allowed });
}

export function notFound(detail = "Not Found"): AdminReply {
  return jsonReply(404, { detail });
}

function parametersOf(template: string, segments: readonly string[]): string[] | null {
  const wanted = template.split("/").slice(1);
  if (wanted.length !== segments.length) return null;
  const parameters: string[] = [];
  for (const [index, part] of wanted.entries()) {
    const segment = segments[index] ?? "";
    if (part === "*" && segment !== "") parameters.push(segment);
    else if (part !== segment) return null;
  }
  return parameters;
}

export interface ValidationError {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
  readonly ctx?: Readonly<Record<string, unknown>>;
}

export function unprocessable(errors: readonly ValidationError[]): AdminReply {
  return jsonReply(422, { detail: errors });
}

/** Reads whole numbers of at least 1 from a body as pydantic does: `"7"` counts as 7, fields it does not know are ignored. */
export function readCounts(
  body: string,
  names: readonly string[],
): { readonly values: ReadonlyMap<string, number> } | { readonly errors: readonly ValidationError[] } {
  if (body === "")
    return { errors: [{ type: "missing", loc: ["body"], msg: "Field required", input: null }] };
  const given = parseJson(body);
  if (given === undefined) {
    const ctx = { error: "Expecting value" };
    return { errors: [{ type: "json_invalid", loc: ["body", 0], msg: "JSON decode error", input: {}, ctx }] };
  }
  if (!isRecord(given)) {
    const msg = "Input should be a valid dictionary or object to extract fields from";
    return { errors: [{ type: "model_attributes_type", loc: ["body"], msg, input: given }] };
  }
  const values = new Map<string, number>();
  const errors: ValidationError[] = [];
  for (const name of names) {
    if (given[name] === undefined || given[name] === null) continue;
    const count = readCount(given[name]);
    if (typeof count === "number") values.set(name, count);
    else errors.push(validationError(count, ["body", name], given[name]));
  }
  return errors.length > 0 ? { errors } : { values };
}

type Complaint = Pick<ValidationError, "type" | "msg" | "ctx">;

function validationError(
  { type, msg, ctx }: Complaint,
  loc: ValidationError["loc"],
  input: unknown,
): ValidationError {
  return { type, loc, msg, input, ...(ctx === undefined ? {} : { ctx }) };
}

function readCount(value: unknown): number | Complaint {
  const whole = "Input should be a valid integer";
  if (typeof value === "string" && !/^\s*[+-]?\d+\s*$/.test(value)) {
    return { type: "int_parsing", msg: `${whole}, unable to parse string as an integer` };
  }
  if (typeof value !== "string" && typeof value !== "number") return { type: "int_type", msg: whole };
  const count = Number(value);
  if (!Number.isInteger(count)) {
    return { type: "int_from_float", msg: `${whole}, got a number with a fractional part` };
  }
  if (count >= 1) return count;
  return { type: "greater_than_equal", msg: "Input should be greater than or equal to 1", ctx: { ge: 1 } };
}
