// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import static dev.lanewise.internal.simd.FloatLanes.LENGTH;

/** {@link FloatDepthwiseDots} of either stride, lane by lane. */
final class FloatDepthwiseDotsScalar implements FloatDepthwiseDots {
  /** Rows and columns of taps. */
  private static final int SIDE = 3;

  private final int step;
  private final int leastRows;

  FloatDepthwiseDotsScalar(int step, int leastRows) {
    this.step = step;
    this.leastRows = leastRows;
  }

  @Override
  public int step() {
    return step;
  }

  @Override
  public int windows() {
    return LENGTH / step;
  }

  @Override
  public int leastRows() {
    return leastRows;
  }

  @Override
  public void run(
      int rows,
      float[] above,
      int aboveOffset,
      float[] image,
      int imageOffset,
      int imagePitch,
      float[] below,
      int belowOffset,
      float[] filtered,
      int filteredOffset,
      int filteredPitch,
      long left,
      long middle,
      long right,
      float[] before,
      int beforeOffset,
      float[] sums,
      int sumsOffset) {
    for (int tap = 0; tap < SIDE * SIDE; tap++) {
      int kh = tap / SIDE;
      int kw = tap % SIDE;
      long kept = kw == 0 ? left : kw == 1 ? middle : right;
      for (int lane = 0; lane < LENGTH; lane++) {
        float sum = before[beforeOffset + tap * LENGTH + lane];
        if ((kept >> lane & 1) != 0) {
          float acc = 0;
          for (int r = 0; r < rows; r++) {
            // Counted from the row behind the one above.
            int row = r * step + kh - 1;
            boolean isLast = r == rows - 1 && kh == SIDE - 1;
            float x =
                row < 0
                    ? above[aboveOffset + kw + lane]
                    : isLast
                        ? below[belowOffset + kw + lane]
                        : image[imageOffset + row * imagePitch + kw + lane];
            acc = Math.fma(x, filtered[filteredOffset + r * filteredPitch + lane / step], acc);
          }
          sum += acc;
        }
        sums[sumsOffset + tap * LENGTH + lane] = sum;
      }
    }
  }
}
