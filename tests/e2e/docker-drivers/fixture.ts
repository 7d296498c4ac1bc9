import { DockerFixture } from "../../support/docker/docker-fixture.ts";

/** What the parts of the suite share: its hooks hold for all of them. */
export const docker = new DockerFixture();
