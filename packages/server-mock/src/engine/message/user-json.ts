import type { JsonObject } from "@bufbuild/protobuf";
import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { MAX_JSON_DEPTH } from "../limits.ts";

/** Characters as people count them: code points, as protovalidate does. */
export function characters(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}

/** Whether a user's JSON nests deeper than 64 levels. It keeps its own stack: hostile input must not use up ours. */
export function isTooDeep(value: unknown): boolean {
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.value === null || typeof top.value !== "object") continue;
    if (top.depth > MAX_JSON_DEPTH) return true;
    for (const child of Object.values(top.value)) stack.push({ value: child, depth: top.depth + 1 });
  }
  return false;
}

/** The code that a user's JSON deserves: 414 when nested too deep, 405 when too long, undefined when fine. */
export function jsonRefusal(value: JsonObject, maxCharacters: number): ErrorCode | undefined {
  if (isTooDeep(value)) return ErrorCode.BAD_PARAMETER;
  return characters(JSON.stringify(value)) > maxCharacters ? ErrorCode.PARAMETER_TOO_LONG : undefined;
}
