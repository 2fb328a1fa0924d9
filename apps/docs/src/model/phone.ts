// One phone: who is signed in on it, and why no longer.
import type { NimClient, NimState } from "@nimkit/sdk";
import type { Kick } from "@nimkit/sdk/protocol";
import { type Chat, createChat } from "./chat.ts";
import { describeEvent } from "./describe-event.ts";
import type { Journal } from "./journal.ts";
import { type Problem, problemOf } from "./problem.ts";
import { randomId } from "./random-id.ts";

export type Platform = "ios" | "android" | "web";

/** Why a phone is no longer signed in. */
export type Notice = { readonly kind: "kicked"; readonly reason: Kick["reason"] } | { readonly kind: "expired" };

export interface Credentials {
  readonly account: string;
  readonly password: string;
  readonly platform: Platform;
}

export interface PhoneState {
  readonly credentials: Credentials;
  readonly phase: "signedOut" | "signingIn" | "signedIn";
  /** State of the client's connection. */
  readonly connection: NimState;
  readonly chat?: Chat;
  readonly notice?: Notice;
  readonly problem?: Problem;
}

export interface Phone {
  readonly state: PhoneState;
  signIn(credentials: Credentials): Promise<void>;
  signOut(): Promise<void>;
  /** Signs the same account in on one more device of the same kind, which kicks this phone. */
  signInElsewhere(): Promise<void>;
  /** Lets go of every connection without a word to the server, as for a change of servers. */
  disconnect(): Promise<void>;
}

export interface PhoneOptions {
  /** Index on the page. */
  readonly index: number;
  readonly credentials: Credentials;
  readonly journal: Journal;
  readonly connect: (device: { readonly platform: Platform; readonly deviceId: string }) => NimClient;
  readonly deviceId: string;
  readonly onChange: () => void;
}

/** A phone that nobody is signed in on yet. */
export function createPhone({ index, credentials: preset, journal, connect, deviceId, onChange }: PhoneOptions): Phone {
  let credentials = preset;
  let phase: PhoneState["phase"] = "signedOut";
  let nim: NimClient | undefined;
  let other: NimClient | undefined;
  let chat: Chat | undefined;
  let notice: Notice | undefined;
  let problem: Problem | undefined;

  const leave = async (why?: { readonly notice?: Notice; readonly problem?: Problem }) => {
    const leaving = nim;
    nim = undefined;
    chat = undefined;
    phase = "signedOut";
    notice = why?.notice;
    problem = why?.problem;
    onChange();
    await leaving?.close();
  };

  const follow = (client: NimClient) => {
    client.onAny((event) => {
      journal.add({
        phone: index,
        account: credentials.account,
        name: event.name,
        time: Date.now(),
        detail: describeEvent(event),
      });
    });
    client.on("kick", ({ reason }) => {
      if (client === nim) void leave({ notice: { kind: "kicked", reason } });
    });
    client.onState((state) => {
      if (client !== nim) return;
      if ((state === "expired" || state === "replaced") && phase === "signedIn")
        void leave({ notice: { kind: "expired" } });
      else onChange();
    });
  };

  const closeOther = async () => {
    const closing = other;
    other = undefined;
    await closing?.close();
  };

  return {
    get state(): PhoneState {
      return {
        credentials,
        phase,
        connection: nim?.state ?? "loggedOut",
        ...(chat ? { chat } : {}),
        ...(notice ? { notice } : {}),
        ...(problem ? { problem } : {}),
      };
    },
    async signIn(next) {
      credentials = next;
      phase = "signingIn";
      notice = undefined;
      problem = undefined;
      const client = connect({ platform: next.platform, deviceId });
      nim = client;
      follow(client);
      onChange();
      try {
        await client.auth.login({ userId: next.account, password: next.password });
        if (client !== nim) return;
        chat = createChat({ nim: client, account: next.account, onChange, ids: randomId, now: () => Date.now() });
        phase = "signedIn";
        onChange();
        await chat.refresh();
      } catch (error) {
        if (client === nim) await leave({ problem: problemOf(error) });
      }
      await closeOther();
    },
    async signOut() {
      try {
        await nim?.auth.logout({});
        await leave();
      } catch (error) {
        await leave({ problem: problemOf(error) });
      }
    },
    async signInElsewhere() {
      const { account, password, platform } = credentials;
      await closeOther();
      const client = connect({ platform, deviceId: `${deviceId}-elsewhere` });
      other = client;
      try {
        await client.auth.login({ userId: account, password });
      } catch (error) {
        await closeOther();
        problem = problemOf(error);
        onChange();
      }
    },
    async disconnect() {
      await Promise.all([leave(), closeOther()]);
    },
  };
}
