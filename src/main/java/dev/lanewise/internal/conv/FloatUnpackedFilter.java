// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv;

/**
 * A {@link FloatFilter} that packs its weight while it runs, as the blocked matrix product does:
 * the weight is one block, taken as it is, and each image is one part.
 */
abstract class FloatUnpackedFilter implements FloatFilter {
  private final int batch;

  FloatUnpackedFilter(ConvShape shape) {
    batch = shape.batch();
  }

  @Override
  public final int weightBlocks() {
    return 1;
  }

  @Override
  public final int weightBlockFloats() {
    return 0;
  }

  @Override
  public final void packWeight(
      Object weight, long weightOffset, int block, float[] packed, int packedOffset) {
    throw new UnsupportedOperationException("the weight is taken as it is");
  }

  @Override
  public final int parts() {
    return batch;
  }

  @Override
  public final void run(
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
      int workspaceOffset) {
    run(
        source,
        sourceOffset + firstPart * sourceElements(),
        weight,
        weightOffset,
        bias,
        biasOffset,
        target,
        targetOffset + firstPart * targetElements(),
        endPart - firstPart,
        workspace,
        workspaceOffset);
    epilogue()
        .apply(
            target,
            targetOffset + firstPart * targetElements(),
            residual,
            residualOffset + firstPart * targetElements(),
            (endPart - firstPart) * targetElements());
  }

  abstract FloatEpilogue epilogue();

  /** Elements of one source. */
  abstract long sourceElements();

  /** Elements of one target. */
  abstract long targetElements();

  /** Overwrites {@code images} targets. */
  abstract void run(
      Object source,
      long sourceOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object target,
      long targetOffset,
      int images,
      float[] workspace,
      int workspaceOffset);
}
