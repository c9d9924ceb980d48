import type { Demand } from "../operator.ts";

/** A change in a protected context wants a reason, and the context's name typed. */
export function protectedContext(context: {
  readonly name: string;
  readonly isProtected: boolean;
}): Demand[] {
  if (!context.isProtected) return [];
  const because = `context ${context.name} is protected`;
  return [
    { kind: "reason", because },
    { kind: "name", name: context.name, because },
  ];
}
