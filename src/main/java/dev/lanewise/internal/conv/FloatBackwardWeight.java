// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * One way to compute a weight's gradient: gradWeight += Σ_n filtered[n] · col[n]ᵀ, for each group.
 *
 * <p>Of use to both operators; for a transposed convolution the images are the gradient of its
 * output and the filtered images its input.
 */
public interface FloatBackwardWeight {
  /** Elements of scratch that {@link #run} needs. */
  int workspaceFloats();

  /** What it does, in words, with its tile and blocking. */
  String describe();

  /** Adds to the gradient. */
  void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      float[] workspace,
      int workspaceOffset);
}
