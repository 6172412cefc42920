// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * One way to filter images: filtered[n][f][w] = bias[f] + Σ_r weight[f][r] · col[n][r][w], with r
 * the rows of the col matrix and w its windows, for each group.
 *
 * <p>Of use to two operators: forward of a convolution, backwardInput of a transposed one.
 */
public interface FloatForward {
  /** Elements of scratch that {@link #run} needs. */
  int workspaceFloats();

  /** What it does, in words, with its tile and blocking. */
  String describe();

  /**
   * Overwrites the filtered images.
   *
   * @param bias memory of one value per filter; null for none
   */
  void run(
      Object images,
      long imagesOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object filtered,
      long filteredOffset,
      float[] workspace,
      int workspaceOffset);
}
