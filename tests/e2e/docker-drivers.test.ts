/** The Docker drivers against a real daemon. In one file, because at its end nothing of all may be left. */
import "./docker-drivers/volume-and-network.ts";
import "./docker-drivers/container.ts";
import "./docker-drivers/container-faults.ts";
import "./docker-drivers/image.ts";
