import { create, type DescMessage, type Message } from "@bufbuild/protobuf";
import type { NimClient } from "../client/create-nim-client.ts";
import { isolate } from "../events/listeners.ts";
import { type NimEventMap, nimEventNames } from "../gen/events.ts";
import type { ModuleEntry } from "../gen/module-table.ts";
import { KickReason, LoginStep } from "../gen/nim/v1/auth_pb.ts";
import { LoginStepChangedSchema } from "../gen/nim/v1/event_pb.ts";
import type { EntryFunction, ModuleContext } from "./call-entry.ts";
import { payloadOf } from "./entries.ts";
import { isOnPlatform } from "./enum-shapes.ts";
import { fieldShapes } from "./field-shapes.ts";
import type { ModulePlatform } from "./platform.ts";
import { ANDROID_KICKED_BY_CLIENT, FIRST_LOGIN_STEP, replaysLoginStep } from "./quirks.ts";
import { type ModuleObject, toModule } from "./shape.ts";

/** Where the client stands, as a login step, for a listener that comes late. */
export interface LoginWatch {
  /** The last step. */
  step(): LoginStep;
  /** The step's payload, with what Android says more than the schema: who kicked. */
  payload(step: LoginStep): ModuleObject;
}

const STEP_OF_STATE: Readonly<Record<NimClient["state"], LoginStep>> = {
  loggedOut: FIRST_LOGIN_STEP,
  connecting: LoginStep.CONNECTING,
  syncing: LoginStep.SYNCING,
  online: LoginStep.SYNCED,
  offline: LoginStep.OFFLINE,
  replaced: LoginStep.OFFLINE,
  kicked: LoginStep.KICKED,
  expired: LoginStep.AUTH_FAILED,
};

/** Follows the client's login from now on; a client that is passed in may already be logged in. */
export function watchLogin(client: NimClient, platform: ModulePlatform): LoginWatch {
  let current = STEP_OF_STATE[client.state];
  let kickedBy: KickReason = KickReason.UNSPECIFIED;
  client.on("loginStep", ({ step }) => {
    current = step;
  });
  client.on("kick", ({ reason }) => {
    kickedBy = reason;
  });
  return {
    step: () => current,
    payload(step) {
      const byHand = platform === "android" && step === LoginStep.KICKED && kickedBy === KickReason.CLIENT;
      if (byHand) return { step: ANDROID_KICKED_BY_CLIENT };
      return toModule(LoginStepChangedSchema, create(LoginStepChangedSchema, { step }), platform);
    },
  };
}

/** False for an event that says something this platform has no number for. */
function hasNumbers(schema: DescMessage, value: Message, platform: ModulePlatform): boolean {
  return fieldShapes(schema, platform).every(
    ({ field }) =>
      field.fieldKind !== "enum" || isOnPlatform(field.enum, Number(Reflect.get(value, field.localName)), platform),
  );
}

function eventName(entry: ModuleEntry): keyof NimEventMap {
  const name = nimEventNames.find((candidate) => candidate === entry.target);
  if (name === undefined) throw new Error(`module entry ${entry.name} names the unknown event ${entry.target}`);
  return name;
}

/**
 * An entry that registers a callback. The module's document does not say what a second registration does, so each
 * one adds a callback, except that the same function counts once; there is no way to take one back.
 */
export function createListenerEntry(entry: ModuleEntry, context: ModuleContext, login: LoginWatch): EntryFunction {
  const { client, platform, report } = context;
  const schema = payloadOf(entry);
  const name = eventName(entry);
  const status: ModuleObject = entry.status ? { status: true } : {};
  const callbacks = new Set<(ret: ModuleObject) => void>();

  /** A fresh object per callback: one that changes its argument does not disturb the others. */
  const payload = (value: Message): ModuleObject =>
    name === "loginStep"
      ? { ...status, ...login.payload(Number(Reflect.get(value, "step")) as LoginStep) }
      : { ...status, ...toModule(schema, value, platform) };

  client.on(name, (value) => {
    if (!hasNumbers(schema, value, platform)) return;
    for (const callback of [...callbacks]) isolate(() => callback(payload(value)), report);
  });

  return (callback) => {
    if (typeof callback !== "function" || callbacks.has(callback as (ret: ModuleObject) => void)) return;
    const listener = callback as (ret: ModuleObject) => void;
    callbacks.add(listener);
    if (name !== "loginStep" || !replaysLoginStep(platform)) return;
    const value = create(LoginStepChangedSchema, { step: login.step() });
    if (hasNumbers(schema, value, platform)) isolate(() => listener(payload(value)), report);
  };
}
