import * as v from "valibot";
import { oneOf, shape, withHint } from "./shape.ts";
import { text } from "./vocabulary.ts";

/** Where a secret comes from; never the secret. */
export const secret = oneOf(
  {
    env: shape({
      env: v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, "must be the name of an environment variable")),
    }),
    file: shape({ file: text }),
    command: shape({ command: v.pipe(v.array(text), v.minLength(1, "must name a program")) }),
  },
  withHint(
    "a secret is never written in the config",
    "say where it is: {env: NAME}, {file: PATH} or {command: [PROGRAM, …]}",
  ),
);

export const auth = oneOf({
  bearer: shape({ bearer: secret }),
  basic: shape({ basic: shape({ user: text, password: secret }) }),
  header: shape({
    header: shape({
      name: v.pipe(v.string(), v.regex(/^[!#$%&'*+.^_`|~\w-]+$/, "must be the name of a header")),
      value: secret,
    }),
  }),
  mtls: shape({ mtls: shape({ cert: text, key: text }) }),
});
