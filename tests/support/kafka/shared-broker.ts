import { inject } from "vitest";
import type {} from "../../broker/shared-broker.ts";
import { RunningBroker } from "./running-broker.ts";

/** The broker that tests share: see tests/broker/shared-broker.ts for what they keep to. */
export const sharedBroker = (): RunningBroker => new RunningBroker(inject("sharedBroker"));
