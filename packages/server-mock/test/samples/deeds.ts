// What other people do while a sample runs.
import type { NimClient } from "@nimkit/sdk";
import { SessionType } from "@nimkit/sdk/protocol/enums";
import type { Stage } from "./stage.ts";

/** The team and the room of the samples. */
export const TEAM = "64430396";
export const FLOOR = "64430400";
export const ROOM = "3002";

const ext = { from: "a friend" };
const picture = { filePath: "fs://pictures/harbour.png", displayName: "Harbour", ext };
const clip = { filePath: "fs://clips/kite.mp4", displayName: "Kite", ext };
const recording = { filePath: "fs://voice/hello.wav", ext };
const place = { title: "Harbour", latitude: 30.2, longitude: 120.1, ext };

/** Sends one message of each kind that somebody can send. */
export async function sendAllKinds(
  { message }: NimClient,
  sessionId: string,
  sessionType: SessionType = SessionType.P2P,
): Promise<void> {
  const to = { sessionId, sessionType };
  await message.sendText({ ...to, content: "Hello", ext });
  await message.sendImage({ ...to, ...picture });
  await message.sendAudio({ ...to, ...recording });
  await message.sendVideo({ ...to, ...clip });
  await message.sendLocationMsg({ ...to, ...place });
  await message.sendFile({ ...to, filePath: "fs://papers/minutes.txt", displayName: "Minutes", ext });
  await message.sendTips({ ...to, content: "A hint", ext });
  await message.sendCustom({ ...to, attachment: { card: "ace" }, ext });
}

/** Leaves the phone one conversation for each kind of last message. */
export async function sendOneKindEach(stage: Stage): Promise<void> {
  const to = { sessionId: "1001" };
  const [ben, cleo, dora, finn] = await Promise.all(["1002", "1003", "1004", "1006"].map((id) => stage.user(id)));
  await ben?.message.sendText({ ...to, content: "Hello", ext });
  await cleo?.message.sendImage({ ...to, ...picture });
  await dora?.message.sendVideo({ ...to, ...clip });
  await finn?.message.sendLocationMsg({ ...to, ...place });
  // A recording is fetched by itself: it has a path.
  await stage.ask("sendAudio", { sessionId: "1001", filePath: recording.filePath });
  await ben?.team.updateTeamName({ teamId: TEAM, teamName: "Tea" });
}

/** Gives a team the app's own text, the one field of a team that no seed sets. */
export async function customise(stage: Stage, teamId: string, owner: string): Promise<void> {
  await (await stage.user(owner)).team.updateTeamCustomInfo({ teamId, clientCustomInfo: '{"theme":"tea"}' });
}

/** Makes Ben a member who was invited and has a name. The phone is his. */
export async function inviteBenAgain(stage: Stage): Promise<void> {
  const { team } = await stage.user("1001");
  await team.kickUsers({ teamId: TEAM, userIds: ["1002"] });
  await team.addUsers({ teamId: TEAM, userIds: ["1002"] });
  await team.updateUserNick({ teamId: TEAM, userId: "1002", nickname: "Ben, invited" });
}

/** Dora asks Ann, whose phone it is, to be her friend. */
export async function askForFriendship(stage: Stage): Promise<void> {
  const { friend } = await stage.user("1004");
  await friend.requestFriend({ userId: "1001", operation: 2, message: "Hello neighbour" });
}

/** Somebody enters the room, with all that can be said on entering. */
export async function enterRoom(stage: Stage, account: string): Promise<NimClient> {
  const client = await stage.user(account);
  const shown = { nickname: `Guest ${account}`, avatarUrl: "https://img.example.com/guest.png" };
  await client.chatRoom.enterChatRoom({ roomId: ROOM, ...shown, extension: { level: 1 } });
  return client;
}

/** The phone enters the room, in the same way. */
export async function enterRoomByPhone(stage: Stage): Promise<void> {
  const shown = { nickName: "Captain", avatar: "https://img.example.com/captain.png", extension: { level: 9 } };
  await stage.ask("enterChatRoom", { roomId: ROOM, ...shown });
}

/** Lets an answer go that comes too late: a sample may be over before the others have done all they wanted. */
export function unlessOver(deed: Promise<unknown>): void {
  deed.catch(() => undefined);
}

/** Somebody is there who takes every call. */
export async function takeCalls(stage: Stage, account = "1002", platform?: "web"): Promise<NimClient> {
  const client = await stage.user(account, platform);
  client.on("callReceived", ({ callId, type }) => {
    const views = { remoteRect: { x: 0, y: 0 }, localRect: { x: 0, y: 0 } };
    const taken = client.callMedia
      .initCallRemoteView(views)
      .then(() => client.call.responseCall({ callId, accept: true, type }));
    unlessOver(taken);
  });
  return client;
}

/** Ben calls the phone. */
export async function callPhone(stage: Stage): Promise<void> {
  const { call } = await stage.user("1002");
  await call.startCall({ callees: ["1001"], type: 1, ext: '{"topic":"tea"}' });
}
