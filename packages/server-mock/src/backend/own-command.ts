import { isTooDeep } from "../engine/message/user-json.ts";

/**
 * The backend's own copy of a command: what the caller does to his objects later changes neither the log nor the world,
 * and whoever gets the user's JSON back cannot change it either. Too deep JSON is left alone: the engine refuses it.
 */
export function ownCommand<T extends object>(command: T): T {
  const isFlat = Object.values(command).every((value) => value === null || typeof value !== "object");
  if (isFlat) return { ...command };
  return isTooDeep(command) ? command : frozen(structuredClone(command));
}

function frozen<T>(value: T): T {
  if (value === null || typeof value !== "object") return value;
  for (const child of Object.values(value)) frozen(child);
  return Object.freeze(value);
}
