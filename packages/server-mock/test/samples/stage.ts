// The stage of one sample: a fresh world on the server, the phone that the sample runs on, and other people.
import { createNimClient, type NimClient, type NimPlatform } from "@nimkit/sdk";
import { DEFAULT_PASSWORD, type MockControl } from "@nimkit/server-mock";
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import type { Part } from "./cast.ts";
import { resolveFile } from "./files.ts";
import { createPhone, type Phone } from "./phone.ts";
import { sampleSeed } from "./seed.ts";

/** Only a sample that hangs reaches it. */
const WAIT_MS = 5000;
/** Where the clock of the samples stands. */
const START = 1_700_000_000_000;

/** What a part of the cast can do. */
export interface Stage {
  readonly control: MockControl;
  readonly platform: "ios" | "android";
  /** Calls an entry on the phone besides the sample. */
  ask(entry: string, params: object): Promise<unknown>;
  /** Another device, logged in. Default platform: a phone like the one of the sample. */
  user(account: string, platform?: NimPlatform): Promise<NimClient>;
  /** Waits until the sample was told this by an entry. */
  heard(entry: string, holds?: (ret: object) => boolean): Promise<void>;
  /** Waits for something that an answer or an entry of the server's log brings about. */
  until(holds: () => boolean, what: string): Promise<void>;
}

/** Where samples are played, one after the other. */
export interface Theatre {
  play(entry: string, file: string, platform: "ios" | "android", part: Part): Promise<Phone>;
  close(): Promise<void>;
}

/** Starts the server of all samples. */
export async function openTheatre(): Promise<Theatre> {
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of [...waiting]) look();
  };
  const server = await startMockServer({
    port: 0,
    seed: sampleSeed,
    clock: { frozenAt: START },
    onCommit: () => queueMicrotask(wake),
  });

  function until(holds: () => boolean, what: () => string): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer);
        waiting.delete(look);
      };
      const look = (): void => {
        if (!holds()) return;
        end();
        resolve();
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(what()));
      }, WAIT_MS);
      waiting.add(look);
    });
  }

  return {
    async play(entry, file, platform, part) {
      server.backend.control.reset();
      const people: NimClient[] = [];
      const phone = createPhone({ baseUrl: server.url, platform, resolveFile, onAnswer: wake });
      const stage: Stage = {
        control: server.backend.control,
        platform,
        ask: phone.ask,
        user: (account, other = platform) => join(server, account, other, people),
        heard: (name, holds = () => true) =>
          until(
            () => phone.answers.some(({ entry: heard, ret }) => heard === name && holds(Object(ret))),
            () => `the sample did not hear what it waits for from ${name}; it heard ${heardBy(phone)}`,
          ),
        until: (holds, what) => until(holds, () => what),
      };
      try {
        const account = part.account === undefined ? "1001" : part.account;
        if (account !== null) await phone.ask("login", { userId: account, password: DEFAULT_PASSWORD });
        await part.before?.(stage);
        phone.run(file);
        await part.meanwhile?.(stage);
        const isOver = (): boolean =>
          phone.open(entry).length === 0 && phone.answers.some(({ entry: heard }) => heard === entry);
        await until(isOver, () => `no last answer from ${phone.open(entry)}; the sample heard ${heardBy(phone)}`);
        return phone;
      } finally {
        phone.switchOff();
        for (const person of people) person.close();
      }
    },
    close: () => server.close(),
  };
}

function heardBy({ answers }: Phone): string {
  return JSON.stringify(answers);
}

async function join(
  server: MockServer,
  userId: string,
  platform: NimPlatform,
  people: NimClient[],
): Promise<NimClient> {
  const deviceId = `other-${userId}-${platform}`;
  const client = createNimClient({ baseUrl: server.url, platform, deviceId, resolveFile });
  people.push(client);
  await client.auth.login({ userId, password: DEFAULT_PASSWORD });
  return client;
}
