import { badImage } from "./scenarios/bad-image.ts";
import { badPassword } from "./scenarios/bad-password.ts";
import { badProperty } from "./scenarios/bad-property.ts";
import { expiredAuthority } from "./scenarios/expired-authority.ts";
import { fullDisk } from "./scenarios/full-disk.ts";
import { interruptedCreation } from "./scenarios/interrupted-creation.ts";
import { upgradeImage } from "./scenarios/upgrade-image.ts";
import { killBroker, killController } from "./scenarios/kill-broker.ts";
import {
  partitionBetweenBrokers,
  partitionBroker,
  partitionController,
} from "./scenarios/partition.ts";
import { pauseBroker, pauseController } from "./scenarios/pause-broker.ts";
import { rotateAccount } from "./scenarios/rotate-account.ts";
import { rotateAuthority } from "./scenarios/rotate-authority.ts";
import { rotateCertificates } from "./scenarios/rotate-certificates.ts";
import { rotateAdmin, rotateBrokers, rotateControllers } from "./scenarios/rotate-users.ts";
import { rollingRestart } from "./scenarios/rolling-restart.ts";
import { killAllBrokers, stopAll } from "./scenarios/whole-cluster.ts";
import { clockSkew } from "./scenarios/clock-skew.ts";
import { interruptedUp } from "./scenarios/interrupted-up.ts";
import { expiredCertificate, sickPod0 } from "./scenarios/sick-pod.ts";
import { takenBack } from "./scenarios/taken-back.ts";
import { wipedDisk } from "./scenarios/wiped-disk.ts";
import type { Scenario } from "./scenario.ts";

/** Every scenario, in the order in which they are run. */
export const SCENARIOS: readonly Scenario[] = [
  ...killBroker,
  killController,
  rollingRestart,
  pauseBroker,
  pauseController,
  badPassword,
  badProperty,
  badImage,
  sickPod0,
  wipedDisk,
  fullDisk,
  partitionBroker,
  partitionController,
  partitionBetweenBrokers,
  stopAll,
  killAllBrokers,
  interruptedUp,
  takenBack,
  expiredCertificate,
  clockSkew,
  rotateCertificates,
  rotateBrokers,
  rotateControllers,
  rotateAdmin,
  rotateAccount,
  rotateAuthority,
  expiredAuthority,
  interruptedCreation,
  upgradeImage,
];
