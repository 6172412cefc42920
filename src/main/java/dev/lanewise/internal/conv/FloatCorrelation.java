// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/** The weight gradient's pass of a plan: a chosen {@link FloatBackwardWeight}. */
public final class FloatCorrelation {
  private final FloatBackwardWeight algorithm;
  private final String why;

  private FloatCorrelation(FloatAlgorithms.Choice<FloatBackwardWeight> choice) {
    algorithm = choice.algorithm();
    why = choice.why();
  }

  /** The best algorithm for a shape. */
  public static FloatCorrelation of(ConvShape shape) {
    return new FloatCorrelation(FloatAlgorithms.backwardWeight(shape));
  }

  /** The algorithm and why it was chosen, in words. */
  public String describe() {
    return algorithm.describe() + "; " + why;
  }

  /** Elements of scratch that {@link #run} needs. */
  public int workspaceFloats() {
    return algorithm.workspaceFloats();
  }

  /** Adds to the gradient. */
  public void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      float[] workspace,
      int workspaceOffset) {
    algorithm.run(
        images,
        imagesOffset,
        filtered,
        filteredOffset,
        gradWeight,
        gradWeightOffset,
        0,
        algorithm.parts(),
        workspace,
        workspaceOffset);
  }
}
