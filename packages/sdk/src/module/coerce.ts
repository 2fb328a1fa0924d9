import { type JsonObject, ScalarType } from "@bufbuild/protobuf";
import { ShapeError } from "./shape-error.ts";

const MAX_UINT32 = 2 ** 32 - 1;
const MIN_INT32 = -(2 ** 31);
const MAX_INT32 = 2 ** 31 - 1;

/** True for `{…}`, not for arrays and null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toNumber(value: unknown, path: string): number {
  if (typeof value === "number") return value;
  const parsed = typeof value === "string" && value.trim() !== "" ? Number(value) : Number.NaN;
  if (Number.isNaN(parsed)) throw new ShapeError(path, "a number");
  return parsed;
}

function toInteger(value: unknown, path: string, min: number, max: number): number {
  const number = toNumber(value, path);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new ShapeError(path, `a whole number from ${min} to ${max}`, true);
}

function toBoolean(value: unknown, path: string): boolean {
  if (typeof value === "boolean") return value;
  if (value === "true" || value === 1) return true;
  if (value === "false" || value === 0) return false;
  throw new ShapeError(path, "true or false");
}

function toText(value: unknown, path: string): string {
  if (typeof value === "string") return value;
  // The native bridges turn numbers into text: apps pass ids like 1001 without quotes.
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  throw new ShapeError(path, "a string");
}

/** A scalar of the field's type; numbers may come as text, booleans as `"true"` or 1. @throws {ShapeError} */
export function toScalar(type: ScalarType, value: unknown, path: string): string | number | boolean {
  switch (type) {
    case ScalarType.STRING:
      return toText(value, path);
    case ScalarType.BOOL:
      return toBoolean(value, path);
    case ScalarType.UINT32:
      return toInteger(value, path, 0, MAX_UINT32);
    case ScalarType.INT32:
      return toInteger(value, path, MIN_INT32, MAX_INT32);
    case ScalarType.DOUBLE:
    case ScalarType.FLOAT:
      return toNumber(value, path);
    default:
      throw new ShapeError(path, "a value that the module can carry");
  }
}

/** The text itself, or the JSON text of an object. @throws {ShapeError} */
export function toJsonText(value: unknown, path: string): string {
  return isObject(value) ? JSON.stringify(toJsonObject(value, path)) : toText(value, path);
}

/** A plain copy of a JSON object, which may also come as JSON text. @throws {ShapeError} */
export function toJsonObject(value: unknown, path: string): JsonObject {
  const expected = "a JSON object or its text";
  try {
    const copy: unknown = JSON.parse(typeof value === "string" ? value : JSON.stringify(value));
    if (isObject(copy)) return copy as JsonObject;
  } catch {
    // Not JSON, or it refers to itself.
  }
  throw new ShapeError(path, expected);
}
