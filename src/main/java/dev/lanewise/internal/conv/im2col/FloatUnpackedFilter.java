// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.im2col;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.FloatFilter;
import dev.lanewise.internal.gemm.Blocking;

/**
 * A {@link FloatFilter} that packs its weight while it runs, as the blocked matrix product does:
 * the weight is one block, taken as it is. A part is an image, or of one whose pixels are the
 * columns of the product a stretch of columns.
 */
abstract class FloatUnpackedFilter implements FloatFilter {
  /** Columns of a part of a large image: 13 blocks of 56x56 are uneven shares of two threads. */
  private static final int STRETCH = Blocking.NC / 2;

  private final FloatEpilogue epilogue;
  private final int batch;
  private final int channels;
  private final int plane;
  private final int stretch;
  private final int stretches;

  /**
   * A filter.
   *
   * @param channels of the target
   * @param plane elements of each
   * @param cuts whether {@link #run} may be asked for a part of an image
   */
  FloatUnpackedFilter(
      ConvShape shape, FloatEpilogue epilogue, int channels, int plane, boolean cuts) {
    this.epilogue = epilogue;
    this.channels = channels;
    this.plane = plane;
    batch = shape.batch();
    stretch = !cuts ? plane : plane > 4 * Blocking.NC ? STRETCH : Blocking.NC;
    stretches = cuts ? Math.ceilDiv(plane, stretch) : 1;
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
    return batch * stretches;
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
    for (int part = firstPart; part < endPart; ) {
      int first = part % stretches;
      // All whole images together, so that what is packed of the weight serves them all.
      int whole = first == 0 ? (endPart - part) / stretches : 0;
      int images = Math.max(whole, 1);
      int end = whole > 0 ? stretches : Math.min(first + endPart - part, stretches);
      long image = part / stretches;
      long targetAt = targetOffset + image * channels * plane;
      long residualAt = residualOffset + image * channels * plane;
      int firstPixel = first * stretch;
      int endPixel = Math.min(end * stretch, plane);
      run(
          source,
          sourceOffset + image * sourceElements(),
          weight,
          weightOffset,
          bias,
          biasOffset,
          target,
          targetAt,
          images,
          firstPixel,
          endPixel,
          workspace,
          workspaceOffset);
      if (whole > 0) {
        epilogue.apply(target, targetAt, residual, residualAt, (long) images * channels * plane);
      } else {
        for (int c = 0; c < channels; c++) {
          long at = (long) c * plane + firstPixel;
          epilogue.apply(target, targetAt + at, residual, residualAt + at, endPixel - firstPixel);
        }
      }
      part += whole > 0 ? whole * stretches : end - first;
    }
  }

  /** Elements of one source. */
  abstract long sourceElements();

  /** Overwrites {@code images} targets, a stretch of pixels of each of their channels. */
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
      int firstPixel,
      int endPixel,
      float[] workspace,
      int workspaceOffset);
}
