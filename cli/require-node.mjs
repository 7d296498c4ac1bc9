// Preloaded before the program; plain JavaScript, so that the old Node it complains about can read it.
const WANTED = 24;
if (Number(process.versions.node.split(".")[0]) < WANTED) {
  console.error(
    `kafka-platform needs Node ${WANTED} or newer and was started by ${process.version}: ` +
      "use `npm run pulumi -- ...`, which brings its own, or put a newer Node on the PATH.",
  );
  process.exit(1);
}
