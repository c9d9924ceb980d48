import type { ExitCodeList } from "../../domain/answers.ts";
import type { ViewOptions } from "../view.ts";
import { drawWhole } from "./table.ts";

/** `help exit-codes`. */
export function viewExitCodes({ exitCodes }: ExitCodeList, options: ViewOptions): Iterable<string> {
  const columns = [{ title: "CODE", align: "right" as const }, { title: "NAME" }, { title: "MEANING" }];
  return drawWhole(
    { columns, rows: exitCodes.map(({ code, name, meaning }) => [String(code), name, meaning]) },
    options,
  );
}
