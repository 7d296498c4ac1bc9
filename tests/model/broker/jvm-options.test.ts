import { expect, test } from "vitest";
import { jvmOptions } from "../../../model/broker/jvm-options.ts";

const faultsOf = (...options: string[]) =>
  jvmOptions.safeParse(options).error?.issues.map(({ path, message }) => [path, message]) ?? [];

test("options of every kind are taken, in their order", () => {
  const options = ["-XX:TieredStopAtLevel=1", "-Xlog:gc:/tmp/gc.log", "-Dcom.sun.management=a,b"];
  expect(jvmOptions.parse(options)).toEqual(options);
  expect(jvmOptions.parse([])).toEqual([]);
});

test.each(["", "TieredStopAtLevel=1", "-XX:A -XX:B", "-Da=$(id)", "-Da=*", "-jar", "-XX:"])(
  "%j is no option",
  (option) => {
    expect(faultsOf("-Xint", option)).toEqual([
      [[1], "an option of Java that begins with -X or -D, without spaces"],
    ]);
  },
);

test.each(["-Xmx4g", "-Xms1g", "-XX:MaxRAMPercentage=80", "-XX:MaxHeapSize=1g"])(
  "%s is the platform's own",
  (option) => {
    expect(faultsOf(option)).toEqual([[[0], "no size of the heap: it follows cluster.memory"]]);
  },
);
