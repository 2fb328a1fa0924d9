import { MAX_ROOM_ANNOUNCEMENT, MAX_ROOM_BROADCAST_URL, MAX_ROOM_EXT, MAX_ROOM_NAME } from "../limits.ts";
import { characters, jsonRefusal } from "../message/user-json.ts";
import type { RoomInfo } from "./room.ts";

/** The first part of a room's information that is too long or that a room does not have; undefined when all is fine. */
export function wrongInfo(info: Partial<RoomInfo>): string | undefined {
  const { name, announcement, broadcastUrl, extension, ...others } = info;
  if (name !== undefined && characters(name) > MAX_ROOM_NAME) return "name";
  if (announcement !== undefined && characters(announcement) > MAX_ROOM_ANNOUNCEMENT) return "announcement";
  if (broadcastUrl !== undefined && characters(broadcastUrl) > MAX_ROOM_BROADCAST_URL) return "broadcastUrl";
  if (extension !== undefined && jsonRefusal(extension, MAX_ROOM_EXT) !== undefined) return "extension";
  return Object.keys(others)[0];
}
