import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { createJournal } from "../../src/backends/apicloud/journal.ts";
import { EventSchema, SubscribeRequestSchema } from "../../src/protocol.ts";

const position = (epoch?: string, offset?: number) =>
  create(SubscribeRequestSchema, epoch === undefined || offset === undefined ? {} : { epoch, offset });

function journalOf(events: number, limit?: number) {
  let ids = 0;
  const nextId = (): string => {
    ids += 1;
    return `e${ids}`;
  };
  const journal = createJournal(nextId, limit);
  for (let i = 0; i < events; i += 1) journal.append(create(EventSchema));
  return journal;
}

describe("the journal of native events", () => {
  it("gives a first stream everything since the login", () => {
    const journal = journalOf(3);
    journal.begin(1);
    const { opened, backlog } = journal.start(position());
    expect(opened).toMatchObject({ epoch: "e2", offset: 1, recovered: true });
    expect(backlog.map(({ offset }) => offset)).toEqual([2, 3]);
  });

  it("goes on where the last stream stopped", () => {
    const { opened, backlog } = journalOf(3).start(position("e1", 2));
    expect(opened).toMatchObject({ offset: 2, recovered: true });
    expect(backlog).toHaveLength(1);
  });

  it.each([
    ["another epoch", "e0", 2],
    ["an offset that never was", "e1", 9],
    ["an offset that is too old", "e1", 0],
  ])("says that events may be missing for %s", (_, epoch, offset) => {
    const { opened, backlog } = journalOf(3, 2).start(position(epoch, offset));
    expect(opened).toMatchObject({ epoch: "e1", offset: 3, recovered: false });
    expect(backlog).toEqual([]);
  });
});
