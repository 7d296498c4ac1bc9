"""Draws what was accepted second by second in each scenario. Reads results as JSON; the argument is the PNG to write."""

import json
import math
import sys

import matplotlib

matplotlib.use("agg")
matplotlib.rcParams.update({"font.size": 7})

from matplotlib import pyplot  # noqa: E402

COLUMNS = 3
TOP = 2500  # what was held up comes in a burst, and is cut off


def main():
    results = json.load(sys.stdin)
    rows = max(1, math.ceil(len(results) / COLUMNS))
    figure, axes = pyplot.subplots(rows, COLUMNS, figsize=(10, 1.35 * rows), squeeze=False)
    for panel in axes.flat[len(results) :]:
        panel.axis("off")
    for panel, result in zip(axes.flat, results):
        timeline = result["timeline"]
        accepted = timeline["accepted"]
        panel.axvspan(timeline["harmed"], timeline["healed"], color="#f6dcd6", linewidth=0)
        panel.step(range(len(accepted)), accepted, where="post", color="#1f4e79", linewidth=0.8)
        panel.set_title(result["name"], loc="left", fontsize=7)
        panel.set_ylim(0, TOP)
        panel.set_xlim(0, len(accepted))
        panel.spines[["top", "right"]].set_visible(False)
    figure.supylabel("records accepted in a second")
    figure.supxlabel("seconds; shaded: from the harm until the cluster is whole again")
    figure.tight_layout()
    figure.savefig(sys.argv[1], dpi=100, metadata={"Software": None})


if __name__ == "__main__":
    main()
