import { StructureKind } from "ts-morph";

import { messageIndex } from "../model/select-packages.ts";
import { lowerCamel } from "../names.ts";
import { deprecation, docs } from "../print/comments.ts";
import { printTable } from "../print/literal.ts";
import { type Emitter, exportedConst } from "./emitter.ts";

/** Writes `events.ts`: the payload of every event, by its name. */
export const emitEvents: Emitter = (model, out) => {
  if (model.events.length === 0) return;
  const messages = messageIndex(model);
  const file = out.file("events.ts");
  const map = file.names.claim(`${out.prefix}EventMap`);
  const name = file.names.claim(`${out.prefix}EventName`);
  const list = file.names.claim(`${lowerCamel(out.prefix)}EventNames`);
  file.add(
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: map,
      docs: docs(["Payload of every event, by the name that `on()` takes."]),
      properties: model.events.flatMap((event) => {
        const message = messages.get(event.message);
        if (!message) return [];
        return [
          {
            name: event.localName,
            type: file.shape(message),
            isReadonly: true,
            docs: docs([event.text.en], deprecation(event)),
          },
        ];
      }),
    },
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name,
      type: `keyof ${map}`,
      docs: docs(["Name of an event."]),
    },
    exportedConst(
      list,
      "Names of all events, in the order of the schema.",
      `${printTable(model.events.map((event) => event.localName))} as const`,
    ),
  );
};
