// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * One way to run a weight over a batch: target[n] = epilogue(bias + weight ∘ source[n]).
 *
 * <p>There are two kinds. Forwards the sources are images and the targets filtered images;
 * backwards the sources are filtered images and the targets images. A convolution's forward and a
 * transposed one's backwardInput are of the first kind, a convolution's backwardInput and a
 * transposed one's forward of the second.
 *
 * <p>The work is cut along two axes, which the plan walks:
 *
 * <ul>
 *   <li>the weight is packed in blocks, each the weights of a few channels of the target, so that
 *       weights of any size can be packed in a bounded workspace, or once for all calls;
 *   <li>the batch is cut into parts, each a stretch of target rows of one image or several whole
 *       images, so that threads can share the work. Every element of the target belongs to one
 *       block and one part and is computed in an order that depends on neither the batch nor on who
 *       computes what, but for zero terms.
 * </ul>
 */
public interface FloatFilter {
  /**
   * The most that one block may take, and blocks together in a workspace; with the scratch of a
   * filter below 8 MiB. A filter with larger ones does not apply.
   */
  int MOST_PACKED_BLOCK = (5 << 20) / Float.BYTES;

  /** What the scratch of one filter may take for each thread. */
  int MOST_SCRATCH = (2 << 20) / Float.BYTES;

  /** What it does, in words, with its tile and blocking. */
  String describe();

  /**
   * Whether it multiplies weights by zeros that are no operands, as where a gradient is padded:
   * then infinite weights need another algorithm.
   */
  default boolean addsZeros() {
    return false;
  }

  /** Blocks of the weight; block b holds channels of the target that block b + 1 follows. */
  int weightBlocks();

  /** Elements of one packed block; 0 if the weight is taken as it is. */
  int weightBlockFloats();

  /** Packs one block. */
  void packWeight(Object weight, long weightOffset, int block, float[] packed, int packedOffset);

  /** Packs the blocks {@code firstBlock ≤ b < endBlock}, one behind the other. */
  default void packWeights(
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      float[] packed,
      int packedOffset) {
    for (int block = firstBlock; block < endBlock; block++) {
      int at = packedOffset + (block - firstBlock) * weightBlockFloats();
      packWeight(weight, weightOffset, block, packed, at);
    }
  }

  /**
   * Whether a call of {@link #run} first prepares the source of each part, for all the blocks it is
   * asked for: then it does so again for other blocks.
   */
  default boolean preparesSource() {
    return true;
  }

  /** Parts of the whole batch; those of one image are neighbours. */
  int parts();

  /** Elements of scratch that {@link #run} needs, one for each thread. */
  int workspaceFloats();

  /**
   * Overwrites what the blocks {@code firstBlock ≤ b < endBlock} and the parts {@code firstPart ≤ p
   * < endPart} have in common.
   *
   * @param weight the packed blocks, from firstBlock on, one behind the other; the weight as it is
   *     if {@link #weightBlockFloats()} is 0
   * @param bias memory of one value per channel of the target; null for none
   * @param residual memory of the target's shape that the epilogue adds; null for none
   */
  void run(
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      int firstBlock,
      int endBlock,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object target,
      long targetOffset,
      int firstPart,
      int endPart,
      float[] workspace,
      int workspaceOffset);
}
