// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.parallel.Team;

/** The weight gradient's pass of a plan: a chosen {@link FloatBackwardWeight} and its threads. */
public final class FloatBackwardWeightPass {
  private final FloatBackwardWeight algorithm;
  private final FloatAlgorithms.Choice<FloatBackwardWeight> choice;
  private final long weightElements;
  private final double multiplyAdds;
  private final Team team;

  private FloatBackwardWeightPass(
      FloatAlgorithms.Choice<FloatBackwardWeight> choice, ConvShape shape, Team team) {
    algorithm = choice.algorithm();
    this.choice = choice;
    weightElements = shape.weight();
    multiplyAdds = shape.multiplyAdds();
    this.team = team;
  }

  /** The best algorithm for a shape. */
  public static FloatBackwardWeightPass of(ConvShape shape, Team team) {
    return new FloatBackwardWeightPass(FloatAlgorithms.backwardWeight(shape), shape, team);
  }

  /** The algorithm and why it was chosen, in words. */
  public String describe() {
    return algorithm.describe() + "; " + choice.why();
  }

  /** Elements of scratch that {@link #run} needs. */
  public int workspaceFloats() {
    return team.threads() * algorithm.workspaceFloats();
  }

  /** Overwrites the gradient or adds to it. */
  public void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      float[] workspace,
      int workspaceOffset) {
    boolean atOnce = overwrites && algorithm.canOverwrite();
    if (overwrites && !atOnce) {
      FloatMemory.fill(gradWeight, gradWeightOffset, weightElements, 0);
    }
    if (team.shares(multiplyAdds)
        && algorithm.parts() > 1
        && FloatMemory.isShared(images)
        && FloatMemory.isShared(filtered)
        && FloatMemory.isShared(gradWeight)) {
      FloatBackwardWeightRegion region =
          new FloatBackwardWeightRegion(
              algorithm,
              images,
              imagesOffset,
              filtered,
              filteredOffset,
              gradWeight,
              gradWeightOffset,
              atOnce,
              workspace,
              workspaceOffset,
              team.largeUnits());
      team.run(region, region.units());
      return;
    }
    algorithm.run(
        images,
        imagesOffset,
        filtered,
        filteredOffset,
        gradWeight,
        gradWeightOffset,
        atOnce,
        0,
        algorithm.parts(),
        workspace,
        workspaceOffset);
  }
}
