// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.plan;

import dev.lanewise.internal.conv.FloatBackwardWeight;
import dev.lanewise.internal.parallel.Region;

/** One call of a {@link FloatBackwardWeight} cut into stretches of its parts. */
final class FloatBackwardWeightRegion extends Region {
  private final FloatBackwardWeight algorithm;
  private final int units;
  private final long imagesOffset;
  private final long filteredOffset;
  private final long gradWeightOffset;
  private final boolean overwrites;
  private final int workspaceOffset;
  private Object images;
  private Object filtered;
  private Object gradWeight;
  private float[] workspace;

  /**
   * @param workspace holds {@link FloatBackwardWeight#workspaceFloats()} for each slot
   * @param wanted how many units there should be
   */
  FloatBackwardWeightRegion(
      FloatBackwardWeight algorithm,
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      float[] workspace,
      int workspaceOffset,
      int wanted) {
    this.algorithm = algorithm;
    this.images = images;
    this.imagesOffset = imagesOffset;
    this.filtered = filtered;
    this.filteredOffset = filteredOffset;
    this.gradWeight = gradWeight;
    this.gradWeightOffset = gradWeightOffset;
    this.overwrites = overwrites;
    this.workspace = workspace;
    this.workspaceOffset = workspaceOffset;
    units = Math.min(algorithm.parts(), wanted);
  }

  int units() {
    return units;
  }

  @Override
  protected void unit(int unit, int slot) {
    algorithm.run(
        images,
        imagesOffset,
        filtered,
        filteredOffset,
        gradWeight,
        gradWeightOffset,
        overwrites,
        share(algorithm.parts(), unit, units),
        share(algorithm.parts(), unit + 1, units),
        workspace,
        workspaceOffset + slot * algorithm.workspaceFloats());
  }

  @Override
  protected void release() {
    images = null;
    filtered = null;
    gradWeight = null;
    workspace = null;
  }
}
