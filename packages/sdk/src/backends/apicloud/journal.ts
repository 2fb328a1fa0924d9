import { create } from "@bufbuild/protobuf";
import type { Event } from "../../gen/nim/v1/event_pb.ts";
import {
  type Delivery,
  DeliverySchema,
  type Opened,
  OpenedSchema,
  type SubscribeRequest,
} from "../../gen/nim/v1/event_service_pb.ts";

/** Events kept for a stream that resumes, as many as the mock's server keeps at least. */
export const KEPT_EVENTS = 10_000;

/** Where a stream begins and what it missed. */
export interface Start {
  readonly opened: Opened;
  readonly backlog: readonly Delivery[];
}

/** The events that the native listeners told, numbered. The phone itself knows no numbers. */
export interface Journal {
  /** Numbers an event and keeps it. */
  append(event: Event): Delivery;
  /** The last number so far. */
  last(): number;
  epoch(): string;
  /** Begins a new epoch, whose first stream gets everything after `offset`. */
  begin(offset: number): void;
  /** Where a stream that asks for this position begins. */
  start(position: SubscribeRequest): Start;
}

/** Makes an empty journal. */
export function createJournal(ids: () => string, limit: number = KEPT_EVENTS): Journal {
  const kept: Delivery[] = [];
  let last = 0;
  let epoch = ids();
  let first = 0;

  /** True when nothing after `offset` was thrown away. */
  const hasAllAfter = (offset: number): boolean => offset >= last - kept.length;

  return {
    append(event) {
      last += 1;
      const delivery = create(DeliverySchema, { offset: last, event });
      kept.push(delivery);
      if (kept.length > limit) kept.shift();
      return delivery;
    },
    last: () => last,
    epoch: () => epoch,
    begin(offset) {
      epoch = ids();
      first = offset;
    },
    start(position) {
      const fresh = !position.epoch;
      const wanted = fresh ? first : position.offset;
      const known = fresh || (position.epoch === epoch && wanted <= last);
      const recovered = known && hasAllAfter(wanted);
      // A device that logs in again after its login ended still asks by the old epoch: it gets what a first stream gets.
      const from = known || position.epoch === epoch ? wanted : first;
      const offset = from <= last && hasAllAfter(from) ? from : last;
      return {
        opened: create(OpenedSchema, { epoch, offset, recovered }),
        backlog: kept.filter((delivery) => delivery.offset > offset),
      };
    },
  };
}
