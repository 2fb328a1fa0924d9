// The runner itself: what it understands, and that a slip in a scenario never passes in silence.
import { runScenario, type Scenario, scenarioSchema } from "@nimkit/server-mock/scenarios";
import { describe, expect, test } from "vitest";
import { memory } from "./stages.ts";

const clients = {
  alice: { account: "1001", platform: "ios" },
  bob: { account: "1002", platform: "android" },
} as const;
const login = { call: "alice.auth.login", with: { userId: "1001", password: "1qaz2wsx" } };
const loginBob = { call: "bob.auth.login", with: { userId: "1002", password: "1qaz2wsx" } };
const send = (content: unknown) => ({ call: "alice.message.sendText", with: { sessionId: "1002", content } });

/** What stands in a scenario for the text of a kept value. */
const text = (path: string) => `\${${path}}`;

/** Runs steps that no type has checked, as they come from a file. */
async function play(steps: readonly object[], rest: object = {}) {
  const scenario = JSON.parse(JSON.stringify({ name: "a story", clients, steps, ...rest })) as Scenario;
  const stage = memory();
  try {
    return await runScenario(scenario, stage);
  } finally {
    await stage.close();
  }
}

describe("a slip", () => {
  test.each<readonly [string, object, RegExp]>([
    ["an unknown kind", { cal: "alice.auth.login" }, /exactly one of call, start/],
    ["two kinds", { call: "alice.auth.logout", quiet: "alice.message" }, /exactly one of/],
    ["an unknown key", { ...login, expects: {} }, /call has no "expects"/],
    ["a key of another kind", { event: "alice.message", error: 404 }, /event has no "error"/],
    ["a value of the wrong kind", { ...login, error: "302" }, /"error" is not of the kind integer/],
    ["a missing key", { start: "alice.audio.playAudio" }, /start needs "keep"/],
    ["leaving where the module cannot", { leave: "x" }, /leave needs "extension"/],
    ["an unknown client", { call: "carol.auth.login" }, /nobody is called carol/],
    ["an unknown rpc", { call: "alice.message.sendTxt" }, /there is no rpc alice.message.sendTxt/],
    ["an unknown event", { event: "alice.mesage" }, /there is no event mesage/],
    ["an unknown event that must be quiet", { quiet: "alice.mesage" }, /there is no event mesage/],
    ["an unknown synchronous entry", { ask: "alice.isLoggedIn", expect: true }, /no synchronous entry isLoggedIn/],
    ["an unknown policy", { policy: { unreadsync: "on" } }, /there is no policy unreadsync/],
    ["an unknown list of a seed", { seed: { users: [] } }, /a seed has no "users"/],
    ["starting what answers once", { start: "alice.auth.login", keep: "x" }, /answers once/],
    ["a result of what must fail", { ...login, error: 302, keep: "x" }, /no result to expect or keep/],
    ["a slip inside a repeat", { repeat: 2, steps: [{ quiet: "alice.x" }] }, /step 1.0 .*there is no event x/],
  ])("%s is found before anything runs, and named", async (_, step, message) => {
    // The first step would fail if it ran.
    const played = play([{ ask: "alice.isLogined", expect: true }, step]);
    await expect(played).rejects.toThrow(/^a story, step 1/);
    await expect(played).rejects.toThrow(message);
  });

  test("an unknown key of the scenario", async () => {
    await expect(play([], { seeds: {} })).rejects.toThrow('a story: a scenario has no "seeds"');
  });
});

describe("a step that does not hold fails and names its place", () => {
  test.each<readonly [string, readonly object[], RegExp]>([
    ["another result", [{ ...login, expect: { userId: "1002" } }], /step 0 .*"1001" instead of "1002"/],
    [
      "a field that the result cannot have",
      [{ ...login, expect: { user: "1001" } }],
      /LoginResponse has no field user/,
    ],
    ["success where an error must come", [{ ...login, error: 302 }], /step 0 .*instead of failing with 302/],
    ["another error", [{ ...send("hi"), error: 404 }], /failed with 13/],
    [
      "a set field that must be absent",
      [login, { ...send("x"), expect: { message: { text: { $absent: true } } } }],
      /is set/,
    ],
    [
      "an absent field that must be set",
      [login, { ...send("x"), expect: { message: { title: { $any: true } } } }],
      /is not set/,
    ],
    ["an unknown rule", [login, { ...send("x"), expect: { message: { text: { $is: 1 } } } }], /there is no rule \$is/],
    ["a value that nobody kept", [login, send("$nothing.text")], /no step kept "nothing"/],
    ["an answer that is the other one", [{ ask: "alice.isLogined", expect: true }], /the answer is false/],
    ["an event too many", [login, loginBob, send("x"), { quiet: "bob.message" }], /1 more message events/],
    ["a step in the second round", [{ repeat: 2, as: "i", steps: [{ ...send("x"), error: "$i" }] }], /not of the kind/],
  ])("%s", async (_, steps, message) => {
    await expect(play(steps)).rejects.toThrow(message);
  });
});

describe("values", () => {
  test("kept ones go into texts and fields, rounds are counted from 1", async () => {
    const { transcript } = await play([
      login,
      { repeat: 2, as: "i", steps: [{ ...send(`round ${text("i")} of 2`), keep: `m${text("i")}` }] },
      { ...send("$m2.message.text"), expect: { message: { text: "round 2 of 2", from: "1001" } } },
      send({ $times: 3, $of: "ab" }),
      {
        call: "alice.message.queryMessageHistory",
        with: { sessionId: "1002" },
        expect: {
          messages: {
            $count: 4,
            $ascending: "timestamp",
            $first: { messageId: "$m1.message.messageId", timestamp: { $gt: 0 } },
            $last: { text: "ababab" },
          },
        },
        keep: "page",
      },
      { ...send(`${text("page.messages.-1.text")} and ${text("page.messages.0.text")}`), keep: "last" },
      {
        call: "alice.session.allRecentSession",
        expect: { sessions: [{ lastMessage: { text: "ababab and round 1 of 2" } }] },
      },
    ]);
    expect(transcript.map(({ step }) => step)).toEqual(["0", "1.1.0", "1.2.0", "2", "3", "4", "5", "6"]);
  });

  test("policy, seed and kick work before and between steps", async () => {
    await play(
      [
        { call: "alice.auth.login", with: { userId: "dora", password: "p" } },
        { seed: { accounts: [{ userId: "1002", muted: true }] } },
        loginBob,
        { call: "bob.message.sendText", with: { sessionId: "dora", content: "x" }, error: 423 },
        { policy: { unreadSync: "off" } },
        { kick: "1002", client: "bob", reason: 3 },
        { event: "bob.kick", expect: { reason: 3 } },
      ],
      { policy: { unreadSync: "on" }, seed: { accounts: [{ userId: "dora", password: "p" }] } },
    );
  });
});

test("the schema for editors has every kind of step", () => {
  const schema = JSON.stringify(scenarioSchema());
  for (const kind of ["call", "start", "step", "end", "leave", "event", "quiet", "ask", "advance", "kick", "repeat"]) {
    expect(schema).toContain(`"required":["${kind}"`);
  }
});
