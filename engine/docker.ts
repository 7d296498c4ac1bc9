/** What of the Docker drivers serves without a stack. */
export { type Build, buildImage } from "./drivers/docker/image-build.ts";
