// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * One way to compute a weight's gradient: gradWeight += Σ_n filtered[n] · col[n]ᵀ, for each group.
 *
 * <p>Of use to both operators; for a transposed convolution the images are the gradient of its
 * output and the filtered images its input.
 *
 * <p>The gradient is cut into parts that threads can share: every element belongs to one part and
 * is summed in an order that does not depend on who computes what.
 */
public interface FloatBackwardWeight {
  /** What it does, in words, with its tile and blocking. */
  String describe();

  /** Parts of the gradient. */
  int parts();

  /** Elements of scratch that {@link #run} needs, one for each thread. */
  int workspaceFloats();

  /** Whether {@link #run} can overwrite the gradient, which saves to fill and to read it. */
  default boolean canOverwrite() {
    return false;
  }

  /**
   * Adds to the parts {@code firstPart ≤ p < endPart} of the gradient.
   *
   * @param overwrites whether it overwrites them instead; only if it can
   */
  void run(
      Object images,
      long imagesOffset,
      Object filtered,
      long filteredOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset);
}
