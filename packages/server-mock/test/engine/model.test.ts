import { EndReason, SessionType } from "@nimkit/sdk/protocol/enums";
import fc from "fast-check";
import { expect, test } from "vitest";
import { apply } from "../../src/engine/apply.ts";
import type { Actor } from "../../src/engine/entry.ts";
import { digest } from "../../src/engine/snapshot.ts";
import { emptyWorld } from "../../src/engine/world.ts";
import type { MessageData, SubscribeReply } from "../../src/gen/commands.ts";
import { codeOf, type TestBackend, testBackend } from "./kit.ts";

// The promises P1 to P4 and P7 of reliability.md, tried from outside by random scripts against a model of plain data.

const USERS = ["1001", "1002", "1003"] as const;
const TEAM = "64430396";
const DEVICES = [
  { suffix: "phone", platform: "ios" },
  { suffix: "web", platform: "web" },
] as const;

interface Sent {
  readonly id: string;
  readonly from: string;
  readonly conversation: string;
  readonly text: string;
  readonly seq: number;
  revoked: boolean;
}

interface DeviceModel {
  readonly actor: Actor;
  live: boolean;
  /** Read mark by conversation: count of messages that were read. */
  readonly read: Map<string, number>;
  /** What an application on the device saw. */
  cursor: { epoch: string; offset: number } | undefined;
  stream: AsyncIterator<SubscribeReply> | undefined;
  readonly shown: Set<string>;
}

interface Model {
  readonly devices: readonly DeviceModel[];
  readonly conversations: Map<string, Sent[]>;
  readonly byId: Map<string, Sent>;
  /** Highest read mark of an account, for new devices. */
  readonly accountRead: Map<string, number>;
}

interface Real {
  readonly b: TestBackend;
}

type Command = fc.AsyncCommand<Model, Real>;

const conversationOf = (a: string, to: string): string => (to === TEAM ? TEAM : [a, to].sort().join("+"));
const isMember = (user: string, conversation: string): boolean =>
  conversation === TEAM || conversation.split("+").includes(user);
const target = (to: string) => ({
  sessionId: to,
  sessionType: to === TEAM ? SessionType.TEAM : SessionType.P2P,
});

/** Takes every frame that is there, and checks the order of offsets (P1, P2). */
async function drain(device: DeviceModel, model: Model): Promise<void> {
  while (device.stream && device.cursor) {
    const frame = await Promise.race([device.stream.next(), idle()]);
    if (!frame) return;
    if (frame.done) {
      device.stream = undefined;
      return;
    }
    note(device, frame.value, model);
  }
}

/** Undefined after the microtasks that a stream needs to hand over a frame that waits already. */
async function idle(): Promise<undefined> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  return undefined;
}
