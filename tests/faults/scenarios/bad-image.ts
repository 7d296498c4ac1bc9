import { badRoll } from "../bad-roll.ts";
import { derivedImage } from "../injection/images.ts";
import type { Scenario } from "../scenario.ts";

export const badImage: Scenario = {
  name: "bad-image",
  title: "`up` with an image that crashes, then the right one",
  kind: "planned",
  async run(cluster) {
    const { stack } = cluster;
    const right = stack.imageReference;
    const image = await derivedImage(stack.image, 'ENTRYPOINT ["false"]');
    try {
      await badRoll(
        cluster,
        () => stack.set("image", image.reference),
        () => stack.set("image", right),
      );
    } finally {
      stack.set("image", right);
      image.remove();
    }
    return [];
  },
};
