export type { ClockOptions, MockClock } from "./clock.ts";
export type { MockControl } from "./control.ts";
export { type Backend, type BackendOptions, createBackend } from "./create-backend.ts";
export type { RoomControl } from "./room-control.ts";
export { RuleError } from "./rule-error.ts";
export { systemTimers, type Timers } from "./timers.ts";
