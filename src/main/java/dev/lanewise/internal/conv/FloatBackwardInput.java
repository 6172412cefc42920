// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * One way to run a filter backwards: images[n] = bias + col2im(weightᵀ · filtered[n]), for each
 * group.
 *
 * <p>Of use to two operators: backwardInput of a convolution, forward of a transposed one, which
 * alone has a bias.
 */
public interface FloatBackwardInput {
  /** Elements of scratch that {@link #run} needs. */
  int workspaceFloats();

  /** What it does, in words, with its tile and blocking. */
  String describe();

  /**
   * Overwrites the images.
   *
   * @param bias memory of one value per channel of the images; null for none
   */
  void run(
      Object filtered,
      long filteredOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object images,
      long imagesOffset,
      float[] workspace,
      int workspaceOffset);
}
